package cognilint.rules.signup.signup_verifies_contact_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.signup.signup_verifies_contact as rule

_path := ["UserPool", "AutoVerifiedAttributes"]

_open(patches) := fixtures.pool(array.concat(
	[{"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": false}],
	patches,
))

_verifies(names) := {"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": names}

_edit := {"op": "add", "path": _path, "value": "email"}

test_any_verified_address_passes if {
	rule.applies with input as _open([])
	every names in [["email"], ["phone_number"], ["phone_number", "email"]] {
		count(rule.deny) == 0 with input as _open([_verifies(names)])
		count(rule.fix) == 0 with input as _open([_verifies(names)])
	}
}

test_empty_list_fails_and_gets_email if {
	rule.deny == {{
		"msg": "anyone can sign up and no address is verified, expected email or phone_number among AutoVerifiedAttributes (local passwords: client \"web\")",
		"path": _path,
		"actual": [],
		"expected": "email or phone_number among them",
	}} with input as _open([_verifies([])])
	rule.fix == {_edit} with input as _open([_verifies([])])
}

test_absent_list_is_empty if {
	absent := _open([{"op": "remove", "path": "/UserPool/AutoVerifiedAttributes"}])
	some violation in rule.deny with input as absent
	violation.actual == null
	rule.fix == {_edit} with input as absent
}

test_users_of_administrators_need_no_verification if {
	not rule.applies with input as fixtures.pool([
		_verifies([]),
		{"op": "replace", "path": "/UserPool/UserAttributeUpdateSettings/AttributesRequireVerificationBeforeUpdate", "value": []},
		{"op": "remove", "path": "/UserPool/UsernameAttributes"},
	])
}

test_absent_sign_up_setting_means_open if {
	rule.applies with input as fixtures.pool([{"op": "remove", "path": "/UserPool/AdminCreateUserConfig"}])
}

test_pools_without_local_users_are_exempt if {
	every clients in [[fixtures.sso_client], [fixtures.machine_client]] {
		not rule.applies with input as _open([_verifies([]), {"op": "replace", "path": "/Clients", "value": clients}])
	}
}

test_unread_clients_exempt_nothing if {
	unread := _open([_verifies([]), {"op": "remove", "path": "/Clients"}])
	rule.applies with input as unread
	some violation in rule.deny with input as unread
	contains(violation.msg, "was not tested")
}
