package cognilint.rules.threat_protection.risk_notify_has_sender_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.threat_protection.risk_notify_has_sender as rule

_source_arn := "arn:aws:ses:eu-west-1:111122223333:identity/example.com"

_good := {
	"UserPoolId": "eu-west-1_Example01",
	"AccountTakeoverRiskConfiguration": {
		"NotifyConfiguration": {"SourceArn": _source_arn, "From": "login@example.com"},
		"Actions": {
			"LowAction": {"Notify": false, "EventAction": "NO_ACTION"},
			"HighAction": {"Notify": true, "EventAction": "MFA_REQUIRED"},
		},
	},
}

_with(patches) := object.union(fixtures.good, {"RiskConfiguration": json.patch(_good, patches)})

test_notification_with_sender_passes if {
	rule.applies with input as _with([])
	count(rule.deny) == 0 with input as _with([])
}

test_notification_without_sender_fails if {
	rule.deny == {{
		"msg": "the risk configuration of the pool notifies users (HighAction) without a sender, expected the ARN of an SES identity",
		"path": ["RiskConfiguration", "AccountTakeoverRiskConfiguration", "NotifyConfiguration", "SourceArn"],
		"actual": null,
		"expected": "the ARN of an SES identity",
	}} with input as _with([{"op": "remove", "path": "/AccountTakeoverRiskConfiguration/NotifyConfiguration/SourceArn"}])
}

test_absent_notify_configuration_fails if {
	count(rule.deny) == 1 with input as _with([{"op": "remove", "path": "/AccountTakeoverRiskConfiguration/NotifyConfiguration"}])
}

test_empty_sender_fails if {
	some violation in rule.deny with input as _with([{"op": "replace", "path": "/AccountTakeoverRiskConfiguration/NotifyConfiguration/SourceArn", "value": ""}])
	violation.actual == ""
}

test_entry_of_a_client_is_named if {
	some violation in rule.deny with input as _with([
		{"op": "add", "path": "/ClientId", "value": "1example"},
		{"op": "remove", "path": "/AccountTakeoverRiskConfiguration/NotifyConfiguration"},
		{"op": "replace", "path": "/AccountTakeoverRiskConfiguration/Actions/LowAction/Notify", "value": true},
	])
	contains(violation.msg, "client 1example notifies users (HighAction, LowAction)")
}

test_configuration_without_notifications_is_exempt if {
	every patch in [
		{"op": "replace", "path": "/AccountTakeoverRiskConfiguration/Actions/HighAction/Notify", "value": false},
		{"op": "remove", "path": "/AccountTakeoverRiskConfiguration/Actions/HighAction/Notify"},
		{"op": "remove", "path": "/AccountTakeoverRiskConfiguration/Actions"},
		{"op": "remove", "path": "/AccountTakeoverRiskConfiguration"},
	] {
		not rule.applies with input as _with([patch])
		count(rule.deny) == 0 with input as _with([patch])
	}
}
