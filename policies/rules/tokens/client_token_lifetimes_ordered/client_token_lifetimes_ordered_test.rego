package cognilint.rules.tokens.client_token_lifetimes_ordered_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.tokens.client_token_lifetimes_ordered as rule

_path := ["Client", "RefreshTokenValidity"]

_set(path, value) := {"op": "add", "path": path, "value": value}

_units(refresh, access, id) := _set("/TokenValidityUnits", {"RefreshToken": refresh, "AccessToken": access, "IdToken": id})

# Access and ID tokens are valid for 60 of their units, refresh tokens for 30.
_client(refresh, access, id) := fixtures.client([_units(refresh, access, id)])

test_good_client_passes if {
	rule.applies with input as fixtures.client([])
	count(rule.deny) == 0 with input as fixtures.client([])
	count(rule.unknown) == 0 with input as fixtures.client([])
}

test_refresh_token_that_ends_first_fails if {
	rule.deny == {{
		"msg": "refresh tokens of client \"web\" are valid for 30 minutes, access tokens for 1 hour, expected refresh tokens to last longer",
		"path": _path,
		"actual": 30,
		"expected": "at least 1 hour",
	}} with input as _client("minutes", "minutes", "seconds")
}

test_each_token_is_named if {
	found := rule.deny with input as _client("minutes", "minutes", "minutes")
	count(found) == 2
	some violation in found
	contains(violation.msg, "ID tokens for 1 hour")
	count(rule.deny) == 1 with input as _client("minutes", "seconds", "minutes")
}

test_equal_lifetimes_pass if {
	count(rule.deny) == 0 with input as fixtures.client([
		_set("/RefreshTokenValidity", 60),
		_units("minutes", "minutes", "minutes"),
	])
}

test_defaults_are_in_order if {
	count(rule.deny) == 0 with input as fixtures.client([
		{"op": "remove", "path": "/RefreshTokenValidity"},
		{"op": "remove", "path": "/AccessTokenValidity"},
		{"op": "remove", "path": "/IdTokenValidity"},
		{"op": "remove", "path": "/TokenValidityUnits"},
	])
}

test_default_of_the_other_token_counts if {
	short := _set("/RefreshTokenValidity", 30)
	found := rule.deny with input as fixtures.client([short, _units("minutes", "minutes", "minutes"), _set("/AccessTokenValidity", 0), {"op": "remove", "path": "/IdTokenValidity"}])
	count(found) == 2
}

test_units_that_the_api_does_not_have_are_unknown if {
	every unit, client in {
		"RefreshToken": _client("weeks", "minutes", "minutes"),
		"AccessToken": _client("days", "weeks", "minutes"),
		"IdToken": _client("days", "minutes", "weeks"),
	} {
		rule.unknown == {["Client", "TokenValidityUnits", unit]} with input as client
		count(rule.deny) == 0 with input as client
	}
}

test_federated_clients_count if {
	sso := json.patch(fixtures.sso_client, [_set("/RefreshTokenValidity", 30), _set("/TokenValidityUnits", {"RefreshToken": "minutes"})])
	rule.applies with input as object.union(fixtures.good, {"Client": sso})
	count(rule.deny) == 2 with input as object.union(fixtures.good, {"Client": sso})
}

test_clients_without_users_are_exempt if {
	not rule.applies with input as object.union(fixtures.good, {"Client": fixtures.machine_client})
	not rule.applies with input as fixtures.client([_set("/ExplicitAuthFlows", ["ALLOW_REFRESH_TOKEN_AUTH"])])
}
