package cognilint.rules.signup.signup_enumeration_limited_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.signup.signup_enumeration_limited as rule

# Anyone can sign up with an email address, and there is no web ACL.
_open(patches) := fixtures.pool(array.concat(
	[{"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": false}],
	patches,
))

_aliases(names) := [
	{"op": "remove", "path": "/UserPool/UsernameAttributes"},
	{"op": "add", "path": "/UserPool/AliasAttributes", "value": names},
]

test_addresses_as_user_names_fail if {
	rule.applies with input as _open([])
	rule.deny == {{
		"msg": "anyone can ask SignUp which addresses have an account (assumed: its answer is documented for user names only), and no web ACL limits the requests, expected one (local passwords: client \"web\")",
		"path": ["WebACL"],
		"actual": null,
		"expected": "a web ACL with a rate rule or a challenge",
	}} with input as _open([])
}

test_user_names_fail if {
	every patches in [
		[{"op": "remove", "path": "/UserPool/UsernameAttributes"}],
		_aliases([]),
		_aliases(["preferred_username"]),
	] {
		some violation in rule.deny with input as _open(patches)
		contains(violation.msg, "which user names exist,")
	}
}

test_address_as_alias_passes if {
	every names in [["email"], ["preferred_username", "phone_number"]] {
		count(rule.deny) == 0 with input as _open(_aliases(names))
	}
}

test_web_acl_is_a_limit if {
	count(rule.deny) == 0 with input as _open([{"op": "replace", "path": "/WebACL", "value": {"Name": "edge"}}])
}

test_unread_web_acl_is_not_none if {
	count(rule.deny) == 0 with input as _open([{"op": "remove", "path": "/WebACL"}])
}

test_closed_sign_up_is_exempt if {
	not rule.applies with input as fixtures.good
}

test_pools_without_local_users_are_exempt if {
	every clients in [[fixtures.sso_client], [fixtures.machine_client]] {
		not rule.applies with input as _open([{"op": "replace", "path": "/Clients", "value": clients}])
	}
}

test_unread_clients_exempt_nothing if {
	unread := _open([{"op": "remove", "path": "/Clients"}])
	rule.applies with input as unread
	some violation in rule.deny with input as unread
	contains(violation.msg, "was not tested")
}
