package cognilint.rules.threat_protection.account_takeover_high_risk_answered_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.threat_protection.account_takeover_high_risk_answered as rule

_high := ["RiskConfigurations", 0, "AccountTakeoverRiskConfiguration", "Actions", "HighAction"]

_path := array.concat(_high, ["EventAction"])

_risk(actions) := {"AccountTakeoverRiskConfiguration": {"Actions": actions}}

_with(mode, risks) := fixtures.pool([
	{"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": mode}},
	{"op": "replace", "path": "/RiskConfigurations", "value": risks},
])

_pool(action) := _with("ENFORCED", [_risk({"HighAction": {"EventAction": action, "Notify": true}})])

test_accepted_answers_pass if {
	every action in ["BLOCK", "MFA_REQUIRED"] {
		rule.applies with input as _pool(action)
		count(rule.deny) == 0 with input as _pool(action)
		count(rule.unknown) == 0 with input as _pool(action)
	}
}

test_weaker_answers_fail_and_become_block if {
	every action in ["NO_ACTION", "MFA_IF_CONFIGURED"] {
		rule.deny == {{
			"msg": sprintf("the answer to sign-ins of high risk is %s, expected BLOCK or MFA_REQUIRED", [action]),
			"path": _path,
			"actual": action,
			"expected": "BLOCK or MFA_REQUIRED",
		}} with input as _pool(action)
		rule.fix == {{"op": "replace", "path": _path, "value": "BLOCK"}} with input as _pool(action)
	}
}

test_absent_answer_fails_and_is_set_whole if {
	every risk in [_risk({"LowAction": {"EventAction": "BLOCK", "Notify": true}}), _risk({}), {"CompromisedCredentialsRiskConfiguration": {}}] {
		some violation in rule.deny with input as _with("ENFORCED", [risk])
		violation.path == _path
		violation.actual == null
		contains(violation.msg, "not set explicitly")
		rule.fix == {{"op": "replace", "path": _high, "value": {"EventAction": "BLOCK", "Notify": false}}} with input as _with("ENFORCED", [risk])
	}
}

test_pool_without_a_configuration_fails_and_is_left_to_the_owner if {
	every risks in [[], [object.union(_risk({"HighAction": {"EventAction": "BLOCK"}}), {"ClientId": "1example"})]] {
		some violation in rule.deny with input as _with("ENFORCED", risks)
		violation.path == ["RiskConfigurations"]
		violation.actual == null
		count(rule.fix) == 0 with input as _with("ENFORCED", risks)
	}
}

test_accepted_answers_can_be_changed if {
	only_block := {"account-takeover-high-risk-answered": {"accepted": ["BLOCK"]}}
	count(rule.deny) == 1 with input as _pool("MFA_REQUIRED") with data.params as only_block
	rule.fix == {{"op": "replace", "path": _path, "value": "BLOCK"}} with input as _pool("MFA_REQUIRED") with data.params as only_block

	only_mfa := {"account-takeover-high-risk-answered": {"accepted": ["MFA_REQUIRED"]}}
	count(rule.deny) == 1 with input as _pool("BLOCK") with data.params as only_mfa
	count(rule.fix) == 0 with input as _pool("BLOCK") with data.params as only_mfa
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
