package cognilint.rules.threat_protection.client_risk_not_weaker_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.threat_protection.client_risk_not_weaker as rule

_of_pool := {
	"CompromisedCredentialsRiskConfiguration": {"Actions": {"EventAction": "BLOCK"}, "EventFilter": []},
	"AccountTakeoverRiskConfiguration": {"Actions": {
		"HighAction": {"EventAction": "BLOCK", "Notify": true},
		"MediumAction": {"EventAction": "MFA_REQUIRED", "Notify": true},
		"LowAction": {"EventAction": "NO_ACTION", "Notify": false},
	}},
	"RiskExceptionConfiguration": {"SkippedIPRangeList": ["192.0.2.0/25", "192.0.2.128/25", "2001:db8::/64"]},
}

_of_client := object.union(_of_pool, {"ClientId": "1example"})

# The configuration of the client with a patch, beside that of the pool.
_with(risk_of_pool, patches) := object.union(
	fixtures.pool([
		{"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": "ENFORCED"}},
		{"op": "replace", "path": "/RiskConfigurations", "value": [ours, risk_of_pool]},
	]),
	{"RiskConfiguration": ours},
) if {
	ours := json.patch(_of_client, patches)
}

_client(patches) := _with(_of_pool, patches)

_action(level) := ["RiskConfiguration", "AccountTakeoverRiskConfiguration", "Actions", level]

_set_action(level, action) := {"op": "replace", "path": sprintf("/AccountTakeoverRiskConfiguration/Actions/%s/EventAction", [level]), "value": action}

_credentials := ["RiskConfiguration", "CompromisedCredentialsRiskConfiguration", "Actions", "EventAction"]

_set_credentials(action) := {"op": "replace", "path": "/CompromisedCredentialsRiskConfiguration/Actions/EventAction", "value": action}

_filter := ["RiskConfiguration", "CompromisedCredentialsRiskConfiguration", "EventFilter"]

_set_filter(events) := {"op": "replace", "path": "/CompromisedCredentialsRiskConfiguration/EventFilter", "value": events}

_ranges := ["RiskConfiguration", "RiskExceptionConfiguration", "SkippedIPRangeList"]

_set_ranges(ranges) := {"op": "replace", "path": "/RiskExceptionConfiguration/SkippedIPRangeList", "value": ranges}

_all_events := ["PASSWORD_CHANGE", "SIGN_IN", "SIGN_UP"]

test_equal_configuration_passes if {
	rule.applies with input as _client([])
	count(rule.deny) == 0 with input as _client([])
	count(rule.unknown) == 0 with input as _client([])
}

test_stronger_configuration_passes if {
	count(rule.deny) == 0 with input as _client([
		_set_action("MediumAction", "BLOCK"),
		_set_action("LowAction", "MFA_IF_CONFIGURED"),
		_set_ranges([]),
		_set_filter(_all_events),
	])
	count(rule.deny) == 0 with input as _client([{"op": "remove", "path": "/RiskExceptionConfiguration"}])
}

test_weaker_answer_fails_and_is_raised if {
	pool := _client([_set_action("HighAction", "NO_ACTION")])
	path := array.concat(_action("HighAction"), ["EventAction"])
	rule.deny == {{
		"msg": "client 1example answers HighAction with NO_ACTION, expected the BLOCK of the pool",
		"path": path,
		"actual": "NO_ACTION",
		"expected": "BLOCK",
	}} with input as pool
	rule.fix == {{"op": "replace", "path": path, "value": "BLOCK"}} with input as pool
}

test_answers_are_ranked if {
	weaker := {"HighAction": ["NO_ACTION", "MFA_IF_CONFIGURED", "MFA_REQUIRED"], "MediumAction": ["NO_ACTION", "MFA_IF_CONFIGURED"], "LowAction": []}
	every level, actions in weaker {
		every action in ["NO_ACTION", "MFA_IF_CONFIGURED", "MFA_REQUIRED", "BLOCK"] {
			facts := {v.path | some v in rule.deny} with input as _client([_set_action(level, action)])
			facts == {array.concat(_action(level), ["EventAction"]) | action in actions}
		}
	}
}

test_absent_answer_fails_and_is_set_whole if {
	pool := _client([{"op": "remove", "path": "/AccountTakeoverRiskConfiguration"}])
	{[v.path, v.actual] | some v in rule.deny} == {
		[array.concat(_action("HighAction"), ["EventAction"]), null],
		[array.concat(_action("MediumAction"), ["EventAction"]), null],
	} with input as pool
	rule.fix == {
		{"op": "replace", "path": _action("HighAction"), "value": {"EventAction": "BLOCK", "Notify": false}},
		{"op": "replace", "path": _action("MediumAction"), "value": {"EventAction": "MFA_REQUIRED", "Notify": false}},
	} with input as pool
}

test_answers_of_the_future_are_not_ranked if {
	count(rule.deny) == 0 with input as _client([_set_action("HighAction", "FUTURE")])
	future := json.patch(_of_pool, [_set_action("HighAction", "FUTURE")])
	count(rule.deny) == 0 with input as _with(future, [])
}

test_leaked_passwords_that_pass_fail_and_are_blocked if {
	every patches in [
		[_set_credentials("NO_ACTION")],
		[{"op": "remove", "path": "/CompromisedCredentialsRiskConfiguration"}],
	] {
		some violation in rule.deny with input as _client(patches)
		violation.path == _credentials
		violation.expected == "BLOCK"
		rule.fix == {{"op": "replace", "path": _credentials, "value": "BLOCK"}} with input as _client(patches)
	}
}

test_fewer_events_fail_and_are_completed if {
	pool := _client([_set_filter(["SIGN_IN"])])
	rule.deny == {{
		"msg": "client 1example does not look for leaked passwords at PASSWORD_CHANGE, SIGN_UP, expected the events of the pool",
		"path": _filter,
		"actual": ["SIGN_IN"],
		"expected": _all_events,
	}} with input as pool
	rule.fix == {{"op": "replace", "path": _filter, "value": _all_events}} with input as pool
}

test_answer_and_events_are_repaired_together if {
	pool := _client([_set_credentials("NO_ACTION"), _set_filter(["SIGN_IN"])])
	count(rule.deny) == 1 with input as pool
	rule.fix == {
		{"op": "replace", "path": _credentials, "value": "BLOCK"},
		{"op": "replace", "path": _filter, "value": _all_events},
	} with input as pool
}

test_other_events_than_the_pool_are_kept if {
	sign_up := json.patch(_of_pool, [_set_filter(["SIGN_UP"])])
	count(rule.deny) == 0 with input as _with(sign_up, [])
	rule.fix == {{"op": "replace", "path": _filter, "value": ["SIGN_IN", "SIGN_UP"]}} with input as _with(sign_up, [_set_filter(["SIGN_IN"])])
}

test_events_do_not_matter_where_the_pool_does_not_block if {
	idle := json.patch(_of_pool, [_set_credentials("NO_ACTION")])
	count(rule.deny) == 0 with input as _with(idle, [_set_filter(["SIGN_IN"])])
	count(rule.deny) == 0 with input as _with(idle, [_set_credentials("NO_ACTION")])
}

test_wider_ranges_fail_and_are_removed if {
	pool := _client([_set_ranges(["192.0.2.0/26", "0.0.0.0/0", "2001:db8::/32", "198.51.100.7", "2001:db9::1"])])
	{[v.path, v.actual] | some v in rule.deny} == {
		[array.concat(_ranges, [1]), "0.0.0.0/0"],
		[array.concat(_ranges, [2]), "2001:db8::/32"],
		[array.concat(_ranges, [3]), "198.51.100.7"],
		[array.concat(_ranges, [4]), "2001:db9::1"],
	} with input as pool
	rule.fix == {{"op": "remove", "path": _ranges, "value": range} |
		some range in ["0.0.0.0/0", "2001:db8::/32", "198.51.100.7", "2001:db9::1"]
	} with input as pool
}

test_ranges_that_the_pool_skips_pass if {
	every ranges in [
		["192.0.2.0/24"],
		["192.0.2.7/32", "192.0.2.7", "192.0.2.130"],
		["2001:db8::1", "2001:db8:0:0:1::/80"],
	] {
		count(rule.deny) == 0 with input as _client([_set_ranges(ranges)])
	}
}

test_each_family_covers_itself_only if {
	everything := json.patch(_of_pool, [_set_ranges(["::/0", "192.0.2.0/24"])])
	count(rule.deny) == 0 with input as _with(everything, [_set_ranges(["192.0.2.0/24", "2001:db8::/32"])])
	count(rule.deny) == 1 with input as _with(everything, [_set_ranges(["198.51.100.0/24"])])
}

test_text_that_is_no_range_is_not_judged if {
	texts := ["", "office", "300.0.0.0/8", "192.0.2.0/33", "/", "::/200", "192.0.2.0/24/24"]
	count(rule.deny) == 0 with input as _client([_set_ranges(texts)])
	odd := json.patch(_of_pool, [_set_ranges(texts)])
	count(rule.deny) == 1 with input as _with(odd, [_set_ranges(["192.0.2.0/24"])])
}

test_parts_of_a_range_do_not_cover_it if {
	half := json.patch(_of_pool, [_set_ranges(["192.0.2.0/25"])])
	count(rule.deny) == 1 with input as _with(half, [_set_ranges(["192.0.2.0/24"])])

	quarters := json.patch(_of_pool, [_set_ranges(["192.0.2.0/25", "192.0.2.128/26", "192.0.2.192/27"])])
	count(rule.deny) == 1 with input as _with(quarters, [_set_ranges(["192.0.2.0/24"])])
	complete := json.patch(_of_pool, [_set_ranges(["192.0.2.0/25", "192.0.2.128/26", "192.0.2.192/26"])])
	count(rule.deny) == 0 with input as _with(complete, [_set_ranges(["192.0.2.0/24"])])
}

test_mapped_ranges_are_no_error if {
	mapped := ["::ffff:192.0.2.0/120", "::ffff:0:0/96", "::ffff:192.0.2.1", "fe80::1%eth0/64"]
	pool := json.patch(_of_pool, [_set_ranges(mapped)])
	count(rule.deny) == 0 with input as _with(pool, [_set_ranges(mapped)])
}

test_pool_without_ranges_covers_nothing if {
	without := json.patch(_of_pool, [{"op": "remove", "path": "/RiskExceptionConfiguration"}])
	count(rule.deny) == 3 with input as _with(without, [])
}

test_answers_that_ask_for_mfa_are_not_set_while_it_is_off if {
	weak := _client([_set_action("MediumAction", "NO_ACTION"), _set_credentials("NO_ACTION")])
	count(rule.fix) == 2 with input as weak
	every patch in [{"op": "replace", "path": "/UserPool/MfaConfiguration", "value": "OFF"}, {"op": "remove", "path": "/UserPool/MfaConfiguration"}] {
		count(rule.fix) == 0 with input as json.patch(weak, [patch])
	}
	block := json.patch(_client([_set_action("HighAction", "NO_ACTION")]), [{"op": "remove", "path": "/UserPool/MfaConfiguration"}])
	count(rule.fix) == 1 with input as block
}

test_only_clients_beside_a_pool_are_compared if {
	not rule.applies with input as _client([{"op": "remove", "path": "/ClientId"}])
	not rule.applies with input as json.patch(_client([]), [{"op": "remove", "path": "/RiskConfigurations/1"}])
	not rule.applies with input as json.patch(_client([]), [{"op": "replace", "path": "/UserPool/UserPoolAddOns/AdvancedSecurityMode", "value": "OFF"}])
	not rule.applies with input as json.patch(_client([]), [{"op": "remove", "path": "/UserPool/UserPoolAddOns"}])
}

test_unread_configuration_of_the_pool_is_unknown if {
	unread := json.patch(_client([_set_action("HighAction", "NO_ACTION")]), [
		{"op": "remove", "path": "/RiskConfigurations/1"},
		{"op": "add", "path": "/unknown/-", "value": {"path": "/RiskConfigurations/-", "reason": "denied"}},
	])
	rule.applies with input as unread
	rule.unknown == {["RiskConfigurations", "-"]} with input as unread
	count(rule.deny) == 0 with input as unread
}
