package cognilint.rules.threat_protection.compromised_credentials_blocked_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.threat_protection.compromised_credentials_blocked as rule

_answer(action) := {"CompromisedCredentialsRiskConfiguration": {"Actions": {"EventAction": action}, "EventFilter": []}}

_of_client := object.union(_answer("BLOCK"), {"ClientId": "1example"})

_pool(mode, risks) := fixtures.pool([
	{"op": "replace", "path": "/UserPool/UserPoolTier", "value": "PLUS"},
	{"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": mode}},
	{"op": "replace", "path": "/RiskConfigurations", "value": risks},
])

_path(i) := ["RiskConfigurations", i, "CompromisedCredentialsRiskConfiguration", "Actions", "EventAction"]

_edit(i) := {"op": "replace", "path": _path(i), "value": "BLOCK"}

_params := {"compromised-credentials-blocked": {"require_plus": true}}

test_block_passes if {
	every mode in ["AUDIT", "ENFORCED"] {
		rule.applies with input as _pool(mode, [_answer("BLOCK")])
		count(rule.deny) == 0 with input as _pool(mode, [_answer("BLOCK")])
		count(rule.unknown) == 0 with input as _pool(mode, [_answer("BLOCK")])
	}
}

test_no_action_fails_and_is_blocked if {
	pool := _pool("ENFORCED", [_of_client, _answer("NO_ACTION")])
	rule.deny == {{
		"msg": `the answer to leaked passwords is NO_ACTION, expected BLOCK (local passwords: client "web")`,
		"path": _path(1),
		"actual": "NO_ACTION",
		"expected": "BLOCK",
	}} with input as pool
	rule.fix == {_edit(1)} with input as pool
}

test_answer_that_is_not_set_fails if {
	every risk in [
		{"AccountTakeoverRiskConfiguration": {}},
		{"CompromisedCredentialsRiskConfiguration": {"EventFilter": ["SIGN_IN"]}},
	] {
		pool := _pool("ENFORCED", [risk])
		some violation in rule.deny with input as pool
		contains(violation.msg, "not set explicitly")
		violation.path == _path(0)
		violation.actual == null
		rule.fix == {_edit(0)} with input as pool
	}
}

test_pool_without_a_configuration_fails_and_is_left_to_the_owner if {
	every risks in [[], [_of_client]] {
		pool := _pool("ENFORCED", risks)
		some violation in rule.deny with input as pool
		contains(violation.msg, "not set explicitly")
		violation.path == ["RiskConfigurations"]
		violation.actual == null
		count(rule.fix) == 0 with input as pool
	}
}

test_unread_configuration_is_unknown if {
	denied := {"op": "add", "path": "/unknown/-", "value": {"path": "/RiskConfigurations/-", "reason": "denied"}}
	unread := json.patch(_pool("ENFORCED", []), [denied])
	rule.unknown == {["RiskConfigurations", "-"]} with input as unread
	count(rule.deny) == 0 with input as unread

	known := json.patch(_pool("ENFORCED", [_answer("NO_ACTION")]), [denied])
	count(rule.unknown) == 0 with input as known
	count(rule.deny) == 1 with input as known
}

test_pools_without_threat_protection_are_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as _pool("OFF", [_answer("NO_ACTION")])
}

test_plus_can_be_required if {
	count(rule.deny) == 0 with input as _pool("ENFORCED", [_answer("BLOCK")]) with data.params as _params

	rule.applies with input as fixtures.good with data.params as _params
	some off in rule.deny with input as fixtures.good with data.params as _params
	off.path == ["UserPool", "UserPoolAddOns", "AdvancedSecurityMode"]
	contains(off.msg, "(the plan ESSENTIALS does not have it)")
	count(rule.deny) == 1 with input as fixtures.good with data.params as _params

	audit := _pool("AUDIT", [_answer("NO_ACTION")])
	count(rule.deny) == 2 with input as audit with data.params as _params
	count(rule.fix) == 0 with input as audit with data.params as _params
	count(rule.fix) == 1 with input as audit
}

test_pool_with_federated_sign_in_only_is_exempt if {
	sso := json.patch(_pool("ENFORCED", []), [{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
	not rule.applies with input as sso
	not rule.applies with input as sso with data.params as _params
}
