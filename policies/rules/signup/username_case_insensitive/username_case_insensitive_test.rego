package cognilint.rules.signup.username_case_insensitive_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.signup.username_case_insensitive as rule

_path := ["UserPool", "UsernameConfiguration", "CaseSensitive"]

_sensitive(patches) := fixtures.pool(array.concat(
	[{"op": "replace", "path": "/UserPool/UsernameConfiguration/CaseSensitive", "value": true}],
	patches,
))

test_good_pool_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
}

test_case_sensitive_names_fail if {
	rule.deny == {{
		"msg": "user names differ by letter case, expected names that ignore it (local passwords: client \"web\")",
		"path": _path,
		"actual": true,
		"expected": false,
	}} with input as _sensitive([])
}

test_absent_setting_means_case_sensitive if {
	every path in ["/UserPool/UsernameConfiguration/CaseSensitive", "/UserPool/UsernameConfiguration"] {
		some violation in rule.deny with input as fixtures.pool([{"op": "remove", "path": path}])
		violation.path == _path
		violation.actual == null
		contains(violation.msg, "is not set")
	}
}

test_pools_without_local_users_are_exempt if {
	every clients in [[fixtures.sso_client], [fixtures.machine_client]] {
		not rule.applies with input as _sensitive([{"op": "replace", "path": "/Clients", "value": clients}])
	}
}

test_pool_without_clients_is_being_set_up if {
	rule.applies with input as _sensitive([{"op": "replace", "path": "/Clients", "value": []}])
}

test_unread_clients_exempt_nothing if {
	unread := _sensitive([{"op": "remove", "path": "/Clients"}])
	rule.applies with input as unread
	some violation in rule.deny with input as unread
	contains(violation.msg, "was not tested")
}
