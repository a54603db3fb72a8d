package cognilint.rules.threat_protection.account_takeover_lower_risk_answered_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.threat_protection.account_takeover_lower_risk_answered as rule

_actions := ["RiskConfigurations", 0, "AccountTakeoverRiskConfiguration", "Actions"]

_path(level) := array.concat(_actions, [level, "EventAction"])

_edit := {"op": "replace", "path": _path("MediumAction"), "value": "MFA_IF_CONFIGURED"}

_risk(actions) := {"AccountTakeoverRiskConfiguration": {"Actions": actions}}

_with(mode, risks) := fixtures.pool([
	{"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": mode}},
	{"op": "replace", "path": "/RiskConfigurations", "value": risks},
])

_pool(medium, low) := _with("ENFORCED", [_risk({
	"MediumAction": {"EventAction": medium, "Notify": true},
	"LowAction": {"EventAction": low, "Notify": false},
})])

_strict := {"account-takeover-lower-risk-answered": {"medium": ["BLOCK"], "low": ["BLOCK"]}}

test_accepted_answers_pass if {
	every action in ["BLOCK", "MFA_REQUIRED", "MFA_IF_CONFIGURED"] {
		rule.applies with input as _pool(action, "NO_ACTION")
		count(rule.deny) == 0 with input as _pool(action, "NO_ACTION")
		count(rule.unknown) == 0 with input as _pool(action, "NO_ACTION")
	}
}

test_no_action_at_medium_risk_fails_and_asks_for_mfa if {
	rule.deny == {{
		"msg": "the answer to sign-ins of medium risk is NO_ACTION, expected BLOCK or MFA_REQUIRED or MFA_IF_CONFIGURED",
		"path": _path("MediumAction"),
		"actual": "NO_ACTION",
		"expected": "BLOCK or MFA_REQUIRED or MFA_IF_CONFIGURED",
	}} with input as _pool("NO_ACTION", "NO_ACTION")
	rule.fix == {_edit} with input as _pool("NO_ACTION", "NO_ACTION")
}

test_absent_answer_at_medium_risk_fails_and_is_set_whole if {
	every risk in [_risk({"HighAction": {"EventAction": "BLOCK", "Notify": true}}), {"CompromisedCredentialsRiskConfiguration": {}}] {
		some violation in rule.deny with input as _with("ENFORCED", [risk])
		violation.path == _path("MediumAction")
		violation.actual == null
		contains(violation.msg, "not set explicitly")
		rule.fix == {{
			"op": "replace",
			"path": array.concat(_actions, ["MediumAction"]),
			"value": {"EventAction": "MFA_IF_CONFIGURED", "Notify": false},
		}} with input as _with("ENFORCED", [risk])
	}
}

test_pool_without_a_configuration_fails_and_is_left_to_the_owner if {
	some violation in rule.deny with input as _with("ENFORCED", [])
	violation.path == ["RiskConfigurations"]
	violation.actual == null
	count(rule.fix) == 0 with input as _with("ENFORCED", [])
}

test_fix_needs_mfa if {
	every patch in [
		{"op": "replace", "path": "/UserPool/MfaConfiguration", "value": "OFF"},
		{"op": "remove", "path": "/UserPool/MfaConfiguration"},
	] {
		pool := json.patch(_pool("NO_ACTION", "NO_ACTION"), [patch])
		count(rule.deny) == 1 with input as pool
		count(rule.fix) == 0 with input as pool
	}
}

test_low_risk_can_be_included if {
	{v.path | some v in rule.deny} == {_path("LowAction")} with input as _pool("BLOCK", "MFA_REQUIRED") with data.params as _strict
	{v.path | some v in rule.deny} == {_path("LowAction"), _path("MediumAction")} with input as _pool("MFA_REQUIRED", "NO_ACTION") with data.params as _strict
	count(rule.deny) == 0 with input as _pool("BLOCK", "BLOCK") with data.params as _strict
	some violation in rule.deny with input as _with("ENFORCED", [_risk({"MediumAction": {"EventAction": "BLOCK"}})]) with data.params as _strict
	violation.path == _path("LowAction")
	violation.actual == null
}

test_fix_repairs_the_whole_rule_or_nothing if {
	low := {"account-takeover-lower-risk-answered": {"low": ["BLOCK"]}}
	count(rule.fix) == 0 with input as _pool("NO_ACTION", "NO_ACTION") with data.params as low
	rule.fix == {_edit} with input as _pool("NO_ACTION", "BLOCK") with data.params as low
	count(rule.fix) == 0 with input as _pool("NO_ACTION", "BLOCK") with data.params as _strict
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
