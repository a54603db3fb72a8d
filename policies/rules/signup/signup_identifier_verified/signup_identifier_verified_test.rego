package cognilint.rules.signup.signup_identifier_verified_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.signup.signup_identifier_verified as rule

_path := ["UserPool", "AutoVerifiedAttributes"]

# Anyone can sign up; the pool of the fixtures signs in with email.
_with(usernames, aliases, verified, patches) := fixtures.pool(array.concat(
	[
		{"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": false},
		{"op": "replace", "path": "/UserPool/UsernameAttributes", "value": usernames},
		{"op": "add", "path": "/UserPool/AliasAttributes", "value": aliases},
		{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": verified},
	],
	patches,
))

_edit(name) := {"op": "add", "path": _path, "value": name}

_sms := {"op": "add", "path": "/UserPool/SmsConfiguration", "value": {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}}

test_verified_names_pass if {
	rule.applies with input as _with(["email"], [], ["email"], [])
	every pool in [
		_with(["email"], [], ["email"], []),
		_with([], ["email", "preferred_username"], ["phone_number", "email"], []),
		_with(["email", "phone_number"], [], ["phone_number", "email"], []),
	] {
		count(rule.deny) == 0 with input as pool
		count(rule.fix) == 0 with input as pool
	}
}

test_user_name_of_its_own_needs_no_proof if {
	count(rule.deny) == 0 with input as _with([], [], [], [])
	count(rule.deny) == 0 with input as _with([], ["preferred_username"], [], [])
	count(rule.deny) == 0 with input as json.patch(_with([], [], [], []), [
		{"op": "remove", "path": "/UserPool/UsernameAttributes"},
		{"op": "remove", "path": "/UserPool/AliasAttributes"},
	])
}

test_other_address_that_is_verified_does_not_help if {
	rule.deny == {{
		"msg": "users sign in with email, which nobody proved to own, expected email among AutoVerifiedAttributes (local passwords: client \"web\")",
		"path": _path,
		"actual": ["phone_number"],
		"expected": "email among them",
	}} with input as _with(["email"], [], ["phone_number"], [])
	rule.fix == {_edit("email")} with input as _with(["email"], [], ["phone_number"], [])
}

test_alias_never_works if {
	some violation in rule.deny with input as _with([], ["email"], [], [])
	startswith(violation.msg, "users cannot sign in with the alias email, which nothing verifies")
	violation.actual == []
}

test_absent_list_verifies_nothing if {
	absent := _with(["email"], [], ["email"], [{"op": "remove", "path": "/UserPool/AutoVerifiedAttributes"}])
	some violation in rule.deny with input as absent
	violation.actual == null
	rule.fix == {_edit("email")} with input as absent
}

test_each_address_is_named if {
	both := _with(["phone_number", "email"], [], [], [])
	violations := rule.deny with input as both
	{violation.expected | some violation in violations} == {"email among them", "phone_number among them"}
}

test_address_that_is_both_is_no_error if {
	both := _with(["email"], ["email"], [], [])
	count(rule.deny) == 2 with input as both
	rule.fix == {_edit("email")} with input as both
}

test_phone_is_added_only_where_sms_works if {
	every usernames in [["phone_number"], ["email", "phone_number"]] {
		count(rule.fix) == 0 with input as _with(usernames, [], [], [])
		rule.fix == {_edit(name) | some name in usernames} with input as _with(usernames, [], [], [_sms])
	}
}

test_sms_settings_of_any_kind_are_enough if {
	future := [object.union(_sms, {"value": {"EumsSms": {}}})]
	rule.fix == {_edit("phone_number")} with input as _with(["phone_number"], [], [], future)
}

test_closed_sign_up_is_exempt if {
	not rule.applies with input as fixtures.pool([{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": []}])
}

test_pools_without_local_users_are_exempt if {
	every clients in [[fixtures.sso_client], [fixtures.machine_client]] {
		not rule.applies with input as _with(["email"], [], [], [{"op": "replace", "path": "/Clients", "value": clients}])
	}
}

test_unread_clients_exempt_nothing if {
	unread := _with(["email"], [], [], [{"op": "remove", "path": "/Clients"}])
	rule.applies with input as unread
	some violation in rule.deny with input as unread
	contains(violation.msg, "was not tested")
}
