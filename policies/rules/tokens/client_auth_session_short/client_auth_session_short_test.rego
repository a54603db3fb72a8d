package cognilint.rules.tokens.client_auth_session_short_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.tokens.client_auth_session_short as rule

_path := ["Client", "AuthSessionValidity"]

_validity(minutes) := {"op": "add", "path": "/AuthSessionValidity", "value": minutes}

test_good_client_passes if {
	rule.applies with input as fixtures.client([])
	count(rule.deny) == 0 with input as fixtures.client([])
	count(rule.fix) == 0 with input as fixtures.client([])
}

test_long_session_fails_and_is_shortened if {
	rule.deny == {{
		"msg": "client \"web\" gives users 15 minutes to answer a challenge, expected at most 5",
		"path": _path,
		"actual": 15,
		"expected": 5,
	}} with input as fixtures.client([_validity(15)])
	rule.fix == {{"op": "replace", "path": _path, "value": 5}} with input as fixtures.client([_validity(15)])
}

test_limit_is_inclusive if {
	count(rule.deny) == 0 with input as fixtures.client([_validity(5)])
	count(rule.deny) == 1 with input as fixtures.client([_validity(6)])
}

test_parameter_can_be_overridden if {
	strict := {"client-auth-session-short": {"max_minutes": 3}}
	count(rule.deny) == 1 with input as fixtures.client([_validity(5)]) with data.params as strict
	count(rule.deny) == 0 with input as fixtures.client([]) with data.params as strict
	count(rule.deny) == 0 with input as fixtures.client([_validity(15)]) with data.params as {"client-auth-session-short": {"max_minutes": 15}}
}

test_clients_without_local_users_are_exempt if {
	every c in [fixtures.sso_client, fixtures.machine_client] {
		not rule.applies with input as object.union(fixtures.good, {"Client": json.patch(c, [_validity(15)])})
	}
}
