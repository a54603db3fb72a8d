package cognilint.rules.signup.signup_disabled_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.signup.signup_disabled as rule

_path := ["UserPool", "AdminCreateUserConfig", "AllowAdminCreateUserOnly"]

_edit := {"op": "replace", "path": _path, "value": true}

_open(patches) := fixtures.pool(array.concat(
	[{"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": false}],
	patches,
))

_clients(clients) := {"op": "replace", "path": "/Clients", "value": clients}

test_closed_pool_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.fix) == 0 with input as fixtures.good
}

test_open_pool_fails_and_is_closed if {
	rule.deny == {{
		"msg": "anyone can sign up, expected users created by administrators only (local passwords: client \"web\")",
		"path": _path,
		"actual": false,
		"expected": true,
	}} with input as _open([])
	rule.fix == {_edit} with input as _open([])
}

test_absent_setting_means_open if {
	every path in ["/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "/UserPool/AdminCreateUserConfig"] {
		pool := fixtures.pool([{"op": "remove", "path": path}])
		some violation in rule.deny with input as pool
		violation.actual == null
		contains(violation.msg, "not set, which means open")
		rule.fix == {_edit} with input as pool
	}
}

test_pools_without_local_users_are_exempt if {
	not rule.applies with input as _open([_clients([fixtures.sso_client])])
	not rule.applies with input as _open([_clients([fixtures.machine_client])])
}

test_custom_sign_in_is_local if {
	custom := json.patch(fixtures.sso_client, [{"op": "replace", "path": "/ExplicitAuthFlows", "value": ["ALLOW_CUSTOM_AUTH"]}])
	not rule.applies with input as _open([_clients([custom])])
	rule.applies with input as _open([
		_clients([custom]),
		{"op": "add", "path": "/UserPool/LambdaConfig/DefineAuthChallenge", "value": "arn:aws:lambda:eu-west-1:111122223333:function:define"},
	])
}

test_pool_without_clients_is_being_set_up if {
	rule.applies with input as _open([_clients([])])
}

test_unread_clients_exempt_nothing if {
	unread := _open([{"op": "remove", "path": "/Clients"}])
	rule.applies with input as unread
	some violation in rule.deny with input as unread
	contains(violation.msg, "was not tested")
}
