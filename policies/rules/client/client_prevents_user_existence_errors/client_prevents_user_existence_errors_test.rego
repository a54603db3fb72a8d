package cognilint.rules.client.client_prevents_user_existence_errors_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.client.client_prevents_user_existence_errors as rule

_path := ["Client", "PreventUserExistenceErrors"]

_legacy := {"op": "add", "path": "/PreventUserExistenceErrors", "value": "LEGACY"}

test_good_client_passes if {
	rule.applies with input as fixtures.client([])
	count(rule.deny) == 0 with input as fixtures.client([])
	count(rule.fix) == 0 with input as fixtures.client([])
}

test_legacy_fails_and_is_enabled if {
	rule.deny == {{
		"msg": "client \"web\" tells which users exist (LEGACY), expected ENABLED",
		"path": _path,
		"actual": "LEGACY",
		"expected": "ENABLED",
	}} with input as fixtures.client([_legacy])
	rule.fix == {{"op": "replace", "path": _path, "value": "ENABLED"}} with input as fixtures.client([_legacy])
}

test_absent_means_legacy if {
	client := fixtures.client([{"op": "remove", "path": "/PreventUserExistenceErrors"}])
	some violation in rule.deny with input as client
	violation.actual == null
	contains(violation.msg, "unset, which means LEGACY")
	rule.fix == {{"op": "replace", "path": _path, "value": "ENABLED"}} with input as client
}

test_clients_without_local_users_are_exempt if {
	every c in [fixtures.sso_client, fixtures.machine_client] {
		not rule.applies with input as object.union(fixtures.good, {"Client": json.patch(c, [_legacy])})
	}
}
