package cognilint.rules.signup.signup_enabled_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.signup.signup_enabled as rule

_path := ["UserPool", "AdminCreateUserConfig", "AllowAdminCreateUserOnly"]

_edit := {"op": "replace", "path": _path, "value": false}

# The good pool is closed; with a web ACL it may be opened.
_guarded(patches) := fixtures.pool(array.concat(
	[{"op": "replace", "path": "/WebACL", "value": {"Name": "acl"}}],
	patches,
))

_custom := {"op": "add", "path": "/UserPool/SchemaAttributes/-", "value": {"Name": "custom:role", "Mutable": true}}

_writes(names) := {"op": "add", "path": "/Clients/0/WriteAttributes", "value": names}

test_open_pool_passes if {
	every patch in [
		{"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": false},
		{"op": "remove", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly"},
		{"op": "remove", "path": "/UserPool/AdminCreateUserConfig"},
	] {
		count(rule.deny) == 0 with input as fixtures.pool([patch])
		count(rule.fix) == 0 with input as _guarded([patch])
	}
}

test_closed_pool_fails if {
	some violation in rule.deny with input as fixtures.good
	violation.path == _path
	violation.actual == true
	violation.expected == false
}

test_guarded_pool_is_opened if {
	rule.fix == {_edit} with input as _guarded([])
}

test_fix_needs_a_web_acl if {
	count(rule.fix) == 0 with input as fixtures.good
	count(rule.fix) == 0 with input as fixtures.pool([{"op": "remove", "path": "/WebACL"}])
}

test_fix_needs_verified_contact if {
	every patch in [
		{"op": "remove", "path": "/UserPool/AutoVerifiedAttributes"},
		{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": []},
		{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": ["phone_number"]},
		{"op": "add", "path": "/UserPool/AliasAttributes", "value": ["phone_number"]},
	] {
		count(rule.fix) == 0 with input as _guarded([patch])
	}
	rule.fix == {_edit} with input as _guarded([{"op": "add", "path": "/UserPool/AliasAttributes", "value": ["preferred_username"]}])
}

test_fix_needs_closed_custom_attributes if {
	every patches in [
		[_custom],
		[_custom, _writes([])],
		[_custom, _writes(["email", "custom:role"])],
		[_custom, {"op": "remove", "path": "/Clients"}],
	] {
		count(rule.fix) == 0 with input as _guarded(patches)
	}
	rule.fix == {_edit} with input as _guarded([_custom, _writes(["email"])])
}
