package cognilint.rules.attributes.attribute_update_requires_verification_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.attributes.attribute_update_requires_verification as rule

_path := ["UserPool", "UserAttributeUpdateSettings", "AttributesRequireVerificationBeforeUpdate"]

_held(names) := {"op": "replace", "path": "/UserPool/UserAttributeUpdateSettings/AttributesRequireVerificationBeforeUpdate", "value": names}

_verified(names) := {"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": names}

_usernames(names) := {"op": "replace", "path": "/UserPool/UsernameAttributes", "value": names}

_phone_attribute := {"op": "add", "path": "/UserPool/SchemaAttributes/-", "value": {"Name": "phone_number", "Mutable": true}}

_client(patches) := {"op": "replace", "path": "/Clients/0", "value": json.patch(fixtures.good.Clients[0], patches)}

_edit(name) := {"op": "add", "path": _path, "value": name}

test_good_pool_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.unknown) == 0 with input as fixtures.good
	count(rule.fix) == 0 with input as fixtures.good
}

test_immediate_change_fails_and_is_held_back if {
	rule.deny == {{
		"msg": "a change of email takes effect at once (through client \"web\"), expected it to wait for a verification",
		"path": _path,
		"actual": [],
		"expected": "email among them",
	}} with input as fixtures.pool([_held([])])
	rule.fix == {_edit("email")} with input as fixtures.pool([_held([])])
}

test_absent_setting_holds_nothing_back if {
	absent := fixtures.pool([{"op": "remove", "path": "/UserPool/UserAttributeUpdateSettings"}])
	some violation in rule.deny with input as absent
	violation.actual == null
	rule.fix == {_edit("email")} with input as absent
}

test_each_attribute_is_named if {
	pool := fixtures.pool([_held([]), _verified(["phone_number", "email"]), _phone_attribute])
	violations := rule.deny with input as pool
	{violation.expected | some violation in violations} == {"email among them", "phone_number among them"}
	rule.fix == {_edit("email"), _edit("phone_number")} with input as pool

	some violation in rule.deny with input as json.patch(pool, [_held(["email"])])
	violation.expected == "phone_number among them"
	count(rule.deny) == 0 with input as json.patch(pool, [_held(["phone_number", "email"])])
}

test_sign_in_name_that_is_not_verified_is_not_fixed if {
	pool := fixtures.pool([_held([]), _verified([])])
	count(rule.deny) == 1 with input as pool
	count(rule.fix) == 0 with input as pool

	# One attribute of two would leave the finding.
	both := fixtures.pool([_held([]), _usernames(["phone_number"]), _phone_attribute])
	count(rule.deny) == 2 with input as both
	count(rule.fix) == 0 with input as both
}

test_pool_that_verifies_nothing_passes if {
	count(rule.deny) == 0 with input as fixtures.pool([_held([]), _verified([]), {"op": "remove", "path": "/UserPool/UsernameAttributes"}])
}

test_attribute_that_users_cannot_write_passes if {
	count(rule.deny) == 0 with input as fixtures.pool([_held([]), _client([{"op": "add", "path": "/WriteAttributes", "value": ["name"]}])])
	count(rule.deny) == 1 with input as fixtures.pool([_held([]), _client([{"op": "add", "path": "/WriteAttributes", "value": ["name", "email"]}])])
	count(rule.deny) == 1 with input as fixtures.pool([_held([]), _client([{"op": "add", "path": "/WriteAttributes", "value": []}])])
	count(rule.deny) == 0 with input as fixtures.pool([_held([]), {"op": "replace", "path": "/UserPool/SchemaAttributes/1/Mutable", "value": false}])
}

test_absent_schema_leaves_the_default_unknown if {
	schemaless := {"op": "remove", "path": "/UserPool/SchemaAttributes"}
	rule.unknown == {["UserPool", "SchemaAttributes"]} with input as fixtures.pool([_held([]), schemaless])
	count(rule.deny) == 0 with input as fixtures.pool([_held([]), schemaless])
	count(rule.unknown) == 0 with input as fixtures.pool([schemaless])

	listed := fixtures.pool([_held([]), schemaless, _client([{"op": "add", "path": "/WriteAttributes", "value": ["email"]}])])
	count(rule.unknown) == 0 with input as listed
	count(rule.deny) == 1 with input as listed
}

test_clients_are_named_or_counted if {
	three := [object.union(fixtures.good.Clients[0], {"ClientName": sprintf("c%d", [i])}) | some i in numbers.range(1, 3)]
	some violation in rule.deny with input as fixtures.pool([_held([]), {"op": "replace", "path": "/Clients", "value": array.concat(three, [fixtures.sso_client, fixtures.machine_client])}])
	contains(violation.msg, "(through client \"c1\", \"c2\", \"c3\")")

	four := array.concat(three, fixtures.good.Clients)
	some other in rule.deny with input as fixtures.pool([_held([]), {"op": "replace", "path": "/Clients", "value": four}])
	contains(other.msg, "(through 4 clients)")
}

test_login_pages_need_the_profile_scope if {
	sso := fixtures.pool([_held([]), {"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
	not rule.applies with input as sso
	scoped := json.patch(sso, [{"op": "add", "path": "/Clients/0/AllowedOAuthScopes/-", "value": "aws.cognito.signin.user.admin"}])
	rule.applies with input as scoped
	count(rule.deny) == 1 with input as scoped
}

test_pool_without_clients_of_users_is_exempt if {
	every clients in [[], [fixtures.machine_client]] {
		not rule.applies with input as fixtures.pool([_held([]), {"op": "replace", "path": "/Clients", "value": clients}])
	}
}
