package remediate

import "testing"

func TestRefusalsSetRiskConfiguration(t *testing.T) {
	const (
		pool     = "/RiskConfigurations/0"
		takeover = pool + "/AccountTakeoverRiskConfiguration"
		high     = takeover + "/Actions/HighAction"
	)
	mfaOffPool := values{"/MfaConfig": objectOf("MfaConfiguration", "OFF"), up + "/MfaConfiguration": "OFF"}
	checkRefusals(t, "SetRiskConfiguration", Part{Section: "RiskConfigurations"}, []refusalCase{
		{"a safe change", nil, values{high + "/EventAction": "MFA_REQUIRED"}, ""},
		{"the pool's first one", values{"/RiskConfigurations": listOf()}, values{"/RiskConfigurations": listOf(objectOf("CompromisedCredentialsRiskConfiguration", objectOf("Actions", objectOf("EventAction", "BLOCK"))))}, ""},
		{"none afterwards", nil, values{"/RiskConfigurations": listOf()}, "no state for the pool's risk configuration"},
		{"threat protection off", values{up + "/UserPoolAddOns/AdvancedSecurityMode": "OFF"}, nil, "UserPoolAddOnNotEnabledException"},
		{"threat protection absent", values{up + "/UserPoolAddOns": nil}, nil, "AdvancedSecurityMode is absent"},
		{"threat protection switched on before", values{up + "/UserPoolAddOns": nil}, values{up + "/UserPoolAddOns/AdvancedSecurityMode": "AUDIT"}, ""},
		{"notifies without a sender", nil, values{high + "/Notify": true}, "names no sender"},
		{"notifies with a sender", nil, values{high + "/Notify": true, takeover + "/NotifyConfiguration/SourceArn": "arn"}, ""},
		{"unknown action", nil, values{high + "/EventAction": "WARN"}, "the API takes BLOCK, MFA_IF_CONFIGURED, MFA_REQUIRED or NO_ACTION"},
		{"action of another place", nil, values{pool + "/CompromisedCredentialsRiskConfiguration/Actions/EventAction": "MFA_REQUIRED"}, "the API takes BLOCK or NO_ACTION"},
		{"compromised credentials blocked", nil, values{pool + "/CompromisedCredentialsRiskConfiguration/Actions/EventAction": "BLOCK"}, ""},
		{"MFA asked for while OFF", mfaOffPool, values{high + "/EventAction": "MFA_IF_CONFIGURED"}, "would be MFA_IF_CONFIGURED while MFA is OFF"},
		{"blocked while MFA is OFF", merged(mfaOffPool, values{high + "/EventAction": "NO_ACTION"}), values{high + "/EventAction": "BLOCK"}, ""},
		{"MFA asked for already while OFF", merged(mfaOffPool, values{high + "/EventAction": "MFA_REQUIRED"}), values{high + "/Notify": false}, ""},
		{"the date", nil, values{pool + "/LastModifiedDate": "x"}, "changes LastModifiedDate of the pool's risk configuration"},
	})
	own := objectOf("ClientId", "1web", "CompromisedCredentialsRiskConfiguration", objectOf("Actions", objectOf("EventAction", "NO_ACTION")))
	checkRefusals(t, "SetRiskConfiguration", Part{Section: "RiskConfigurations", ID: "1web"}, []refusalCase{
		{"a client's own", values{"/RiskConfigurations/0": own}, values{"/RiskConfigurations/0/CompromisedCredentialsRiskConfiguration/Actions/EventAction": "BLOCK"}, ""},
		{"a client's first", nil, values{"/RiskConfigurations": listOf(own)}, "gives client web a risk configuration of its own"},
		{"a client without one", nil, nil, "no state for the risk configuration of client web"},
	})
}

func TestRefusalsSetLogDeliveryConfiguration(t *testing.T) {
	const logs = "/LogDeliveryConfiguration/LogConfigurations"
	cloudWatch := objectOf("LogGroupArn", "arn")
	notification := objectOf("EventSource", "userNotification", "LogLevel", "ERROR", "CloudWatchLogsConfiguration", cloudWatch)
	events := objectOf("EventSource", "userAuthEvents", "LogLevel", "INFO", "S3Configuration", objectOf("BucketArn", "arn"))
	checkRefusals(t, "SetLogDeliveryConfiguration", Part{Section: "LogDeliveryConfiguration"}, []refusalCase{
		{"both logs", nil, values{logs: listOf(notification, events)}, ""},
		{"no logs", nil, values{logs: listOf()}, ""},
		{"three logs", values{logs: listOf(notification, events)}, values{logs: listOf(notification, events, events)}, "3 entries"},
		{"three logs that the pool has", values{logs: listOf(notification, events, events)}, nil, ""},
		{"notifications at INFO", nil, values{logs: listOf(objectOf("EventSource", "userNotification", "LogLevel", "INFO", "CloudWatchLogsConfiguration", cloudWatch))}, "ERROR only"},
		{"notifications to a bucket", nil, values{logs: listOf(objectOf("EventSource", "userNotification", "LogLevel", "ERROR", "S3Configuration", objectOf()))}, "would go to S3Configuration"},
		{"events at ERROR", nil, values{logs: listOf(objectOf("EventSource", "userAuthEvents", "LogLevel", "ERROR", "CloudWatchLogsConfiguration", cloudWatch))}, "INFO only"},
		{"events below PLUS", values{up + "/UserPoolTier": "LITE"}, values{logs: listOf(events)}, "needs the tier PLUS"},
		{"events below PLUS that the pool has", values{up + "/UserPoolTier": "LITE", logs: listOf(events)}, values{logs: listOf(events, notification)}, ""},
		{"unknown events", nil, values{logs: listOf(objectOf("EventSource", "all"))}, "userNotification or userAuthEvents"},
	})
}
