package cognilint.rules.tokens.client_long_refresh_controlled_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.tokens.client_long_refresh_controlled as rule

_set(path, value) := {"op": "add", "path": path, "value": value}

_long(patches) := fixtures.client(array.concat([_set("/RefreshTokenValidity", 3650)], patches))

_rotation(feature) := _set("/RefreshTokenRotation", {"Feature": feature})

_revocation := ["Client", "EnableTokenRevocation"]

_feature := ["Client", "RefreshTokenRotation", "Feature"]

_paths(violations) := {violation.path | some violation in violations}

test_tokens_of_usual_length_are_exempt if {
	not rule.applies with input as fixtures.client([])
	not rule.applies with input as fixtures.client([{"op": "remove", "path": "/RefreshTokenValidity"}])
	not rule.applies with input as fixtures.client([_set("/RefreshTokenValidity", 90)])
	rule.applies with input as fixtures.client([_set("/RefreshTokenValidity", 91)])
}

test_long_revocable_and_rotated_tokens_pass if {
	rule.applies with input as _long([_rotation("ENABLED")])
	count(rule.deny) == 0 with input as _long([_rotation("ENABLED")])
	count(rule.unknown) == 0 with input as _long([_rotation("ENABLED")])
}

test_revocation_alone_is_not_enough if {
	rule.deny == {{
		"msg": "client \"web\" has refresh tokens that are valid for 3650 days and are not rotated, expected rotation for more than 90 days",
		"path": _feature,
		"actual": null,
		"expected": "ENABLED",
	}} with input as _long([])
	some violation in rule.deny with input as _long([_rotation("DISABLED")])
	violation.actual == "DISABLED"
}

test_rotation_alone_is_not_enough if {
	every patch in [_set("/EnableTokenRevocation", false), {"op": "remove", "path": "/EnableTokenRevocation"}] {
		found := rule.deny with input as _long([_rotation("ENABLED"), patch])
		_paths(found) == {_revocation}
	}
}

test_neither_gives_two_violations if {
	found := rule.deny with input as _long([_set("/EnableTokenRevocation", false)])
	_paths(found) == {_revocation, _feature}
}

test_parameter_can_be_overridden if {
	params := {"client-long-refresh-controlled": {"long_minutes": 1440}}
	rule.applies with input as fixtures.client([]) with data.params as params
	count(rule.deny) == 1 with input as fixtures.client([]) with data.params as params

	longest := {"client-long-refresh-controlled": {"long_minutes": 5256000}}
	not rule.applies with input as _long([]) with data.params as longest
}

test_unit_that_the_api_does_not_have_exempts_nothing if {
	client := fixtures.client([_set("/TokenValidityUnits/RefreshToken", "weeks")])
	rule.applies with input as client
	rule.unknown == {["Client", "TokenValidityUnits", "RefreshToken"]} with input as client
	count(rule.deny) == 0 with input as client
}

test_federated_clients_count if {
	sso := json.patch(fixtures.sso_client, [_set("/RefreshTokenValidity", 365)])
	rule.applies with input as object.union(fixtures.good, {"Client": sso})
	count(rule.deny) == 2 with input as object.union(fixtures.good, {"Client": sso})
}

test_clients_without_users_are_exempt if {
	machine := json.patch(fixtures.machine_client, [_set("/RefreshTokenValidity", 3650)])
	not rule.applies with input as object.union(fixtures.good, {"Client": machine})
	not rule.applies with input as _long([_set("/ExplicitAuthFlows", ["ALLOW_REFRESH_TOKEN_AUTH"])])
}
