package cognilint.rules.tokens.client_refresh_token_lifetime_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.tokens.client_refresh_token_lifetime as rule

_path := ["Client", "RefreshTokenValidity"]

_unit_path := ["Client", "TokenValidityUnits", "RefreshToken"]

_set(path, value) := {"op": "add", "path": path, "value": value}

_lifetime(value, unit) := fixtures.client([
	_set("/RefreshTokenValidity", value),
	_set("/TokenValidityUnits/RefreshToken", unit),
])

_edits(value, unit) := {
	{"op": "replace", "path": _path, "value": value},
	{"op": "replace", "path": _unit_path, "value": sprintf("%s", [unit])},
}

_limit(minutes) := {"client-refresh-token-lifetime": {"max_minutes": minutes}}

test_good_client_passes if {
	rule.applies with input as fixtures.client([])
	count(rule.deny) == 0 with input as fixtures.client([])
	count(rule.unknown) == 0 with input as fixtures.client([])
	count(rule.fix) == 0 with input as fixtures.client([])
}

test_long_lifetime_fails_and_is_shortened_with_its_unit if {
	rule.deny == {{
		"msg": "refresh tokens of client \"web\" are valid for 3650 days, expected at most 30 days",
		"path": _path,
		"actual": 3650,
		"expected": "at most 30 days",
	}} with input as _lifetime(3650, "days")
	rule.fix == _edits(30, "days") with input as _lifetime(3650, "days")
}

test_limit_is_inclusive_in_every_unit if {
	every lifetime in [[30, "days"], [720, "hours"], [43200, "minutes"], [2592000, "seconds"]] {
		count(rule.deny) == 0 with input as _lifetime(lifetime[0], lifetime[1])
		count(rule.deny) == 1 with input as _lifetime(lifetime[0] + 1, lifetime[1])
	}
}

test_without_unit_the_number_means_days if {
	client := fixtures.client([_set("/RefreshTokenValidity", 31), {"op": "remove", "path": "/TokenValidityUnits"}])
	count(rule.deny) == 1 with input as client
	rule.fix == _edits(30, "days") with input as client
}

test_unset_and_zero_mean_thirty_days if {
	every patch in [{"op": "remove", "path": "/RefreshTokenValidity"}, _set("/RefreshTokenValidity", 0)] {
		count(rule.deny) == 0 with input as fixtures.client([patch])

		some violation in rule.deny with input as fixtures.client([patch]) with data.params as _limit(1440)
		contains(violation.msg, "are valid for 30 days by default, expected at most 1 day")
	}
}

test_parameter_can_be_overridden if {
	count(rule.deny) == 0 with input as _lifetime(90, "days") with data.params as _limit(129600)

	rule.fix == _edits(1, "days") with input as fixtures.client([]) with data.params as _limit(1440)
	rule.fix == _edits(720, "minutes") with input as fixtures.client([]) with data.params as _limit(720)
}

test_refresh_token_must_not_end_first if {
	every name in ["AccessToken", "IdToken"] {
		client := fixtures.client([
			_set(sprintf("/%sValidity", [name]), 24),
			_set(sprintf("/TokenValidityUnits/%s", [name]), "hours"),
		])
		count(rule.deny) == 1 with input as client with data.params as _limit(720)
		count(rule.fix) == 0 with input as client with data.params as _limit(720)
		rule.fix == _edits(1, "days") with input as client with data.params as _limit(1440)
	}
}

test_unit_that_the_api_does_not_have_is_unknown if {
	rule.applies with input as _lifetime(24, "weeks")
	rule.unknown == {_unit_path} with input as _lifetime(24, "weeks")
	count(rule.deny) == 0 with input as _lifetime(24, "weeks")
}

test_federated_clients_count if {
	sso := json.patch(fixtures.sso_client, [_set("/RefreshTokenValidity", 90)])
	rule.applies with input as object.union(fixtures.good, {"Client": sso})
	count(rule.deny) == 1 with input as object.union(fixtures.good, {"Client": sso})
}

test_clients_without_users_are_exempt if {
	machine := json.patch(fixtures.machine_client, [_set("/RefreshTokenValidity", 3650)])
	not rule.applies with input as object.union(fixtures.good, {"Client": machine})
	not rule.applies with input as fixtures.client([_set("/ExplicitAuthFlows", ["ALLOW_REFRESH_TOKEN_AUTH"])])
}
