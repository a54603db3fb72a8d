package remediate

import "testing"

func TestRefusalsSetRiskConfiguration(t *testing.T) {
	const (
		pool     = "/RiskConfigurations/0"
		takeover = pool + "/AccountTakeoverRiskConfiguration"
		high     = takeover + "/Actions/HighAction"
	)
	mfaOffPool := values{"/MfaConfig": object("MfaConfiguration", "OFF"), up + "/MfaConfiguration": "OFF"}
	checkRefusals(t, "SetRiskConfiguration", Part{Section: "RiskConfigurations"}, []refusalCase{
		{"a safe change", nil, values{high + "/EventAction": "MFA_REQUIRED"}, ""},
		{"the pool's first one", values{"/RiskConfigurations": list()}, values{"/RiskConfigurations": list(object("CompromisedCredentialsRiskConfiguration", object("Actions", object("EventAction", "BLOCK"))))}, ""},
		{"none afterwards", nil, values{"/RiskConfigurations": list()}, "no state for the pool's risk configuration"},
		{"threat protection off", values{up + "/UserPoolAddOns/AdvancedSecurityMode": "OFF"}, nil, "UserPoolAddOnNotEnabledException"},
		{"threat protection absent", values{up + "/UserPoolAddOns": nil}, nil, "AdvancedSecurityMode is absent"},
		{"threat protection switched on before", values{up + "/UserPoolAddOns": nil}, values{up + "/UserPoolAddOns/AdvancedSecurityMode": "AUDIT"}, ""},
		{"notifies without a sender", nil, values{high + "/Notify": true}, "names no sender"},
		{"notifies with a sender", nil, values{high + "/Notify": true, takeover + "/NotifyConfiguration/SourceArn": "arn"}, ""},
		{"unknown action", nil, values{high + "/EventAction": "WARN"}, "the API takes BLOCK, MFA_IF_CONFIGURED, MFA_REQUIRED or NO_ACTION"},
		{"action of another place", nil, values{pool + "/CompromisedCredentialsRiskConfiguration/Actions/EventAction": "MFA_REQUIRED"}, "the API takes BLOCK or NO_ACTION"},
		{"compromised credentials blocked", nil, values{pool + "/CompromisedCredentialsRiskConfiguration/Actions/EventAction": "BLOCK"}, ""},
		{"MFA asked for while OFF", mfaOffPool, values{high + "/EventAction": "MFA_IF_CONFIGURED"}, "while MFA is OFF"},
		{"MFA asked for already while OFF", merged(mfaOffPool, values{high + "/EventAction": "MFA_REQUIRED"}), values{high + "/Notify": false}, ""},
		{"the date", nil, values{pool + "/LastModifiedDate": "x"}, "changes LastModifiedDate of the pool's risk configuration"},
	})
	own := object("ClientId", "1web", "CompromisedCredentialsRiskConfiguration", object("Actions", object("EventAction", "NO_ACTION")))
	checkRefusals(t, "SetRiskConfiguration", Part{Section: "RiskConfigurations", ID: "1web"}, []refusalCase{
		{"a client's own", values{"/RiskConfigurations/0": own}, values{"/RiskConfigurations/0/CompromisedCredentialsRiskConfiguration/Actions/EventAction": "BLOCK"}, ""},
		{"a client's first", nil, values{"/RiskConfigurations": list(own)}, "gives client web a risk configuration of its own"},
		{"a client without one", nil, nil, "no state for the risk configuration of client web"},
	})
}

func TestRefusalsSetLogDeliveryConfiguration(t *testing.T) {
	const logs = "/LogDeliveryConfiguration/LogConfigurations"
	cloudWatch := object("LogGroupArn", "arn")
	notification := object("EventSource", "userNotification", "LogLevel", "ERROR", "CloudWatchLogsConfiguration", cloudWatch)
	events := object("EventSource", "userAuthEvents", "LogLevel", "INFO", "S3Configuration", object("BucketArn", "arn"))
	checkRefusals(t, "SetLogDeliveryConfiguration", Part{Section: "LogDeliveryConfiguration"}, []refusalCase{
		{"both logs", nil, values{logs: list(notification, events)}, ""},
		{"no logs", nil, values{logs: list()}, ""},
		{"three logs", values{logs: list(notification, events)}, values{logs: list(notification, events, events)}, "3 entries"},
		{"three logs that the pool has", values{logs: list(notification, events, events)}, nil, ""},
		{"notifications at INFO", nil, values{logs: list(object("EventSource", "userNotification", "LogLevel", "INFO", "CloudWatchLogsConfiguration", cloudWatch))}, "ERROR only"},
		{"notifications to a bucket", nil, values{logs: list(object("EventSource", "userNotification", "LogLevel", "ERROR", "S3Configuration", object()))}, "would go to S3Configuration"},
		{"events at ERROR", nil, values{logs: list(object("EventSource", "userAuthEvents", "LogLevel", "ERROR", "CloudWatchLogsConfiguration", cloudWatch))}, "INFO only"},
		{"events below PLUS", values{up + "/UserPoolTier": "LITE"}, values{logs: list(events)}, "needs the tier PLUS"},
		{"events below PLUS that the pool has", values{up + "/UserPoolTier": "LITE", logs: list(events)}, values{logs: list(events, notification)}, ""},
		{"unknown events", nil, values{logs: list(object("EventSource", "all"))}, "userNotification or userAuthEvents"},
	})
}
