package cognilint.rules.attributes.signup_attributes_writable_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.attributes.signup_attributes_writable as rule

_open(patches) := fixtures.client_of(_pool, patches)

_pool := fixtures.pool([
	{"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": false},
	{"op": "add", "path": "/UserPool/SchemaAttributes/-", "value": {"Name": "name", "Mutable": false, "Required": true}},
	{"op": "add", "path": "/UserPool/SchemaAttributes/-", "value": {"Name": "custom:team", "Mutable": true, "Required": false}},
])

_writes(attributes) := _open([{"op": "add", "path": "/WriteAttributes", "value": attributes}])

test_good_client_passes if {
	count(rule.deny) == 0 with input as fixtures.client([])
}

test_missing_attribute_fails if {
	rule.applies with input as _writes(["email", "custom:team"])
	rule.deny == {{
		"msg": "client \"web\" cannot write name, which sign-up requires, expected it among WriteAttributes",
		"path": ["Client", "WriteAttributes"],
		"actual": ["email", "custom:team"],
		"expected": "a list with name",
	}} with input as _writes(["email", "custom:team"])
}

test_each_missing_attribute_is_named if {
	found := rule.deny with input as _writes(["custom:team"])
	{violation.expected | some violation in found} == {"a list with email", "a list with name"}
}

test_complete_list_passes if {
	count(rule.deny) == 0 with input as _writes(["name", "email"])
}

test_default_list_passes if {
	count(rule.deny) == 0 with input as _open([])
	count(rule.deny) == 0 with input as _writes([])
}

test_pool_without_schema_passes if {
	count(rule.deny) == 0 with input as json.patch(_writes(["custom:team"]), [{"op": "remove", "path": "/UserPool/SchemaAttributes"}])
}

test_closed_sign_up_is_exempt if {
	not rule.applies with input as fixtures.client([])
}

test_absent_setting_leaves_sign_up_open if {
	absent := fixtures.pool([{"op": "remove", "path": "/UserPool/AdminCreateUserConfig"}])
	rule.applies with input as fixtures.client_of(absent, [])
}

test_clients_without_users_are_exempt if {
	not rule.applies with input as object.union(_pool, {"Client": fixtures.machine_client})
	rule.applies with input as object.union(_pool, {"Client": fixtures.sso_client})
}
