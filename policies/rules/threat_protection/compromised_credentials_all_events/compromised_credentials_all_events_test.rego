package cognilint.rules.threat_protection.compromised_credentials_all_events_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.threat_protection.compromised_credentials_all_events as rule

_all := ["PASSWORD_CHANGE", "SIGN_IN", "SIGN_UP"]

_risk(action, filter) := {"CompromisedCredentialsRiskConfiguration": {"Actions": {"EventAction": action}, "EventFilter": filter}}

_pool(mode, risks) := fixtures.pool([
	{"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": mode}},
	{"op": "replace", "path": "/RiskConfigurations", "value": risks},
])

_path(i) := ["RiskConfigurations", i, "CompromisedCredentialsRiskConfiguration", "EventFilter"]

test_all_events_pass_in_any_order if {
	absent := {"CompromisedCredentialsRiskConfiguration": {"Actions": {"EventAction": "BLOCK"}}}
	every risk in [absent, _risk("BLOCK", []), _risk("BLOCK", _all), _risk("BLOCK", array.reverse(_all)), _risk("BLOCK", array.concat(_all, ["FUTURE"]))] {
		rule.applies with input as _pool("AUDIT", [risk])
		count(rule.deny) == 0 with input as _pool("AUDIT", [risk])
		count(rule.unknown) == 0 with input as _pool("AUDIT", [risk])
	}
}

test_missing_events_fail_and_are_added if {
	pool := _pool("ENFORCED", [{"ClientId": "1example"}, _risk("BLOCK", ["SIGN_IN"])])
	rule.deny == {{
		"msg": "leaked passwords are not looked for at PASSWORD_CHANGE, SIGN_UP, expected every event",
		"path": _path(1),
		"actual": ["SIGN_IN"],
		"expected": _all,
	}} with input as pool
	rule.fix == {{"op": "replace", "path": _path(1), "value": _all}} with input as pool
}

test_pools_that_do_not_block_are_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as _pool("OFF", [_risk("BLOCK", ["SIGN_IN"])])
	not rule.applies with input as _pool("ENFORCED", [_risk("NO_ACTION", ["SIGN_IN"])])
	not rule.applies with input as _pool("ENFORCED", [{"CompromisedCredentialsRiskConfiguration": {"EventFilter": ["SIGN_IN"]}}])
	not rule.applies with input as _pool("ENFORCED", [])
}

test_configuration_of_a_client_is_not_its_business if {
	not rule.applies with input as _pool("ENFORCED", [object.union(_risk("BLOCK", ["SIGN_IN"]), {"ClientId": "1example"})])
}

test_unread_configuration_is_unknown if {
	unread := json.patch(_pool("ENFORCED", []), [{"op": "add", "path": "/unknown/-", "value": {"path": "/RiskConfigurations/-", "reason": "denied"}}])
	rule.applies with input as unread
	rule.unknown == {["RiskConfigurations", "-"]} with input as unread
	count(rule.deny) == 0 with input as unread
}
