package cognilint.rules.tokens.client_public_refresh_rotation_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.tokens.client_public_refresh_rotation as rule

_set(path, value) := {"op": "add", "path": path, "value": value}

_public(patches) := fixtures.client(array.concat([_set("/HasClientSecret", false)], patches))

_flows(flows) := _set("/ExplicitAuthFlows", flows)

_rotation(feature) := _set("/RefreshTokenRotation", {"Feature": feature})

_feature := ["Client", "RefreshTokenRotation", "Feature"]

_rotate := {
	{"op": "replace", "path": _feature, "value": "ENABLED"},
	{"op": "replace", "path": ["Client", "RefreshTokenRotation", "RetryGracePeriodSeconds"], "value": 10},
}

_remove := {"op": "remove", "path": ["Client", "ExplicitAuthFlows"], "value": "ALLOW_REFRESH_TOKEN_AUTH"}

test_public_client_with_rotation_passes if {
	client := _public([_rotation("ENABLED"), _flows(["ALLOW_USER_SRP_AUTH"])])
	rule.applies with input as client
	count(rule.deny) == 0 with input as client
	count(rule.fix) == 0 with input as client
}

test_public_client_without_rotation_fails_and_rotates if {
	rule.applies with input as _public([])
	rule.deny == {{
		"msg": "client \"web\" has no secret and does not rotate refresh tokens (off by default), expected rotation",
		"path": _feature,
		"actual": null,
		"expected": "ENABLED",
	}} with input as _public([])
	rule.fix == _rotate | {_remove} with input as _public([])
}

test_disabled_rotation_fails if {
	some violation in rule.deny with input as _public([_rotation("DISABLED")])
	violation.actual == "DISABLED"
	contains(violation.msg, "does not rotate refresh tokens, expected")
}

test_default_set_becomes_a_list_without_refresh if {
	list := {"op": "replace", "path": ["Client", "ExplicitAuthFlows"], "value": ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH"]}
	every patch in [{"op": "remove", "path": "/ExplicitAuthFlows"}, _flows([])] {
		count(rule.deny) == 1 with input as _public([patch])
		rule.fix == _rotate | {list} with input as _public([patch])
	}
}

test_list_must_not_become_empty if {
	sso := json.patch(fixtures.sso_client, [_set("/HasClientSecret", false)])
	rule.applies with input as object.union(fixtures.good, {"Client": sso})
	count(rule.deny) == 1 with input as object.union(fixtures.good, {"Client": sso})
	count(rule.fix) == 0 with input as object.union(fixtures.good, {"Client": sso})
}

test_legacy_flows_imply_refresh_and_forbid_the_fix if {
	client := _public([_flows(["USER_PASSWORD_AUTH"])])
	rule.applies with input as client
	count(rule.deny) == 1 with input as client
	count(rule.fix) == 0 with input as client
}

test_lite_plan_has_no_rotation if {
	lite := json.patch(_public([]), [_set("/UserPool/UserPoolTier", "LITE")])
	count(rule.deny) == 1 with input as lite
	count(rule.fix) == 0 with input as lite

	untold := json.patch(_public([]), [{"op": "remove", "path": "/UserPool/UserPoolTier"}])
	count(rule.fix) == 3 with input as untold
}

test_confidential_clients_are_exempt if {
	not rule.applies with input as fixtures.client([])
	not rule.applies with input as object.union(fixtures.good, {"Client": fixtures.sso_client})
}

test_clients_that_cannot_refresh_are_exempt if {
	not rule.applies with input as _public([_flows(["ALLOW_USER_SRP_AUTH"])])

	implicit := json.patch(fixtures.sso_client, [_set("/HasClientSecret", false), _set("/AllowedOAuthFlows", ["implicit"])])
	not rule.applies with input as object.union(fixtures.good, {"Client": implicit})
}

test_clients_without_users_are_exempt if {
	machine := json.patch(fixtures.machine_client, [_set("/HasClientSecret", false)])
	not rule.applies with input as object.union(fixtures.good, {"Client": machine})
	not rule.applies with input as _public([_flows(["ALLOW_REFRESH_TOKEN_AUTH"])])
}
