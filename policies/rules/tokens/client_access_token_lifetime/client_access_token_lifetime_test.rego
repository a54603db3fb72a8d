package cognilint.rules.tokens.client_access_token_lifetime_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.tokens.client_access_token_lifetime as rule

_path := ["Client", "AccessTokenValidity"]

_unit_path := ["Client", "TokenValidityUnits", "AccessToken"]

_set(path, value) := {"op": "add", "path": path, "value": value}

_lifetime(value, unit) := fixtures.client([
	_set("/AccessTokenValidity", value),
	_set("/TokenValidityUnits/AccessToken", unit),
])

_edits(minutes) := {
	{"op": "replace", "path": _path, "value": minutes},
	{"op": "replace", "path": _unit_path, "value": "minutes"},
}

test_good_client_passes if {
	rule.applies with input as fixtures.client([])
	count(rule.deny) == 0 with input as fixtures.client([])
	count(rule.unknown) == 0 with input as fixtures.client([])
	count(rule.fix) == 0 with input as fixtures.client([])
}

test_long_lifetime_fails_and_is_shortened_with_its_unit if {
	rule.deny == {{
		"msg": "access tokens of client \"web\" are valid for 1 day, expected at most 1 hour",
		"path": _path,
		"actual": 24,
		"expected": "at most 1 hour",
	}} with input as _lifetime(24, "hours")
	rule.fix == _edits(60) with input as _lifetime(24, "hours")
}

test_limit_is_inclusive if {
	count(rule.deny) == 0 with input as _lifetime(60, "minutes")
	count(rule.deny) == 0 with input as _lifetime(1, "hours")
	count(rule.deny) == 0 with input as _lifetime(3600, "seconds")
	count(rule.deny) == 1 with input as _lifetime(3660, "seconds")
	count(rule.deny) == 1 with input as _lifetime(61, "minutes")
}

test_units_are_heeded if {
	count(rule.deny) == 0 with input as _lifetime(45, "minutes")
	count(rule.deny) == 0 with input as _lifetime(300, "seconds")
	count(rule.deny) == 1 with input as _lifetime(1, "days")
}

test_without_unit_the_number_means_hours if {
	every patch in [
		{"op": "remove", "path": "/TokenValidityUnits"},
		{"op": "remove", "path": "/TokenValidityUnits/AccessToken"},
	] {
		some violation in rule.deny with input as fixtures.client([_set("/AccessTokenValidity", 24), patch])
		violation.actual == 24
		rule.fix == _edits(60) with input as fixtures.client([_set("/AccessTokenValidity", 24), patch])
	}
}

test_unset_and_zero_mean_one_hour if {
	every patch in [{"op": "remove", "path": "/AccessTokenValidity"}, _set("/AccessTokenValidity", 0)] {
		count(rule.deny) == 0 with input as fixtures.client([patch])

		params := {"client-access-token-lifetime": {"max_minutes": 15}}
		some violation in rule.deny with input as fixtures.client([patch]) with data.params as params
		contains(violation.msg, "are valid for 1 hour by default, expected at most 15 minutes")
		rule.fix == _edits(15) with input as fixtures.client([patch]) with data.params as params
	}
}

test_parameter_can_be_overridden if {
	params := {"client-access-token-lifetime": {"max_minutes": 1440}}
	count(rule.deny) == 0 with input as _lifetime(24, "hours") with data.params as params
}

test_unit_that_the_api_does_not_have_is_unknown if {
	rule.applies with input as _lifetime(24, "weeks")
	rule.unknown == {_unit_path} with input as _lifetime(24, "weeks")
	count(rule.deny) == 0 with input as _lifetime(24, "weeks")
}

test_federated_clients_count if {
	sso := json.patch(fixtures.sso_client, [_set("/AccessTokenValidity", 24)])
	rule.applies with input as object.union(fixtures.good, {"Client": sso})
	count(rule.deny) == 1 with input as object.union(fixtures.good, {"Client": sso})
}

test_machine_clients_count if {
	machine := json.patch(fixtures.machine_client, [_set("/AccessTokenValidity", 24)])
	rule.applies with input as object.union(fixtures.good, {"Client": machine})
	count(rule.deny) == 1 with input as object.union(fixtures.good, {"Client": machine})
}

test_clients_that_nobody_can_use_are_exempt if {
	not rule.applies with input as fixtures.client([_set("/ExplicitAuthFlows", ["ALLOW_REFRESH_TOKEN_AUTH"])])
}
