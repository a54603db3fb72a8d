package cognilint.rules.threat_protection.account_takeover_notifies_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.threat_protection.account_takeover_notifies as rule

_risk := {"AccountTakeoverRiskConfiguration": {
	"NotifyConfiguration": {"SourceArn": "arn:aws:ses:eu-west-1:111122223333:identity/example.com"},
	"Actions": {
		"HighAction": {"EventAction": "BLOCK", "Notify": true},
		"MediumAction": {"EventAction": "MFA_REQUIRED", "Notify": true},
		"LowAction": {"EventAction": "NO_ACTION", "Notify": false},
	},
}}

_with(mode, risks) := fixtures.pool([
	{"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": mode}},
	{"op": "replace", "path": "/RiskConfigurations", "value": risks},
])

_pool(patches) := _with("ENFORCED", [json.patch(_risk, patches)])

_path(level) := ["RiskConfigurations", 0, "AccountTakeoverRiskConfiguration", "Actions", level, "Notify"]

_edit(level) := {"op": "replace", "path": _path(level), "value": true}

_silent(level) := {"op": "replace", "path": sprintf("/AccountTakeoverRiskConfiguration/Actions/%s/Notify", [level]), "value": false}

test_notified_risks_pass if {
	rule.applies with input as _pool([])
	count(rule.deny) == 0 with input as _pool([])
	count(rule.unknown) == 0 with input as _pool([])
}

test_silent_levels_fail_and_are_notified if {
	rule.deny == {{
		"msg": "users are not told about sign-ins of high risk, expected a notification",
		"path": _path("HighAction"),
		"actual": false,
		"expected": true,
	}} with input as _pool([_silent("HighAction")])
	both := _pool([_silent("HighAction"), _silent("MediumAction")])
	{v.path | some v in rule.deny} == {_path("HighAction"), _path("MediumAction")} with input as both
	rule.fix == {_edit("HighAction"), _edit("MediumAction")} with input as both
}

test_absent_member_is_silent if {
	some violation in rule.deny with input as _pool([{"op": "remove", "path": "/AccountTakeoverRiskConfiguration/Actions/MediumAction/Notify"}])
	violation.path == _path("MediumAction")
	violation.actual == null
}

test_levels_without_an_action_pass if {
	every patch in [
		{"op": "remove", "path": "/AccountTakeoverRiskConfiguration/Actions/MediumAction"},
		{"op": "remove", "path": "/AccountTakeoverRiskConfiguration/Actions"},
		{"op": "remove", "path": "/AccountTakeoverRiskConfiguration"},
	] {
		count(rule.deny) == 0 with input as _pool([patch])
	}
	count(rule.deny) == 0 with input as _with("ENFORCED", [])
}

test_fix_needs_a_sender if {
	every patch in [
		{"op": "remove", "path": "/AccountTakeoverRiskConfiguration/NotifyConfiguration/SourceArn"},
		{"op": "replace", "path": "/AccountTakeoverRiskConfiguration/NotifyConfiguration/SourceArn", "value": ""},
		{"op": "remove", "path": "/AccountTakeoverRiskConfiguration/NotifyConfiguration"},
	] {
		count(rule.deny) == 1 with input as _pool([patch, _silent("HighAction")])
		count(rule.fix) == 0 with input as _pool([patch, _silent("HighAction")])
	}
}

test_configuration_of_a_client_is_not_its_business if {
	of_client := json.patch(_risk, [_silent("HighAction"), {"op": "add", "path": "/ClientId", "value": "1example"}])
	count(rule.deny) == 0 with input as _with("ENFORCED", [of_client])
	some violation in rule.deny with input as _with("ENFORCED", [of_client, json.patch(_risk, [_silent("HighAction")])])
	violation.path[1] == 1
}

test_pools_that_do_not_enforce_are_exempt if {
	not rule.applies with input as fixtures.good
	every mode in ["OFF", "AUDIT"] {
		not rule.applies with input as _with(mode, [])
	}
}

test_unread_configuration_is_unknown if {
	unread := json.patch(_with("ENFORCED", []), [{"op": "add", "path": "/unknown/-", "value": {"path": "/RiskConfigurations/-", "reason": "denied"}}])
	rule.unknown == {["RiskConfigurations", "-"]} with input as unread
	count(rule.deny) == 0 with input as unread
}
