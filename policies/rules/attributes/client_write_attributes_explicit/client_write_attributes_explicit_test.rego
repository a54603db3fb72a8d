package cognilint.rules.attributes.client_write_attributes_explicit_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.attributes.client_write_attributes_explicit as rule

_path := ["Client", "WriteAttributes"]

_attribute(name, mutable) := {"op": "add", "path": "/UserPool/SchemaAttributes/-", "value": {"Name": name, "Mutable": mutable, "Required": false}}

_open_sign_up := {"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": false}

_web(pool_patches, client_patches) := fixtures.client_of(fixtures.pool(pool_patches), client_patches)

_of(pool_patches, c) := object.union(fixtures.pool(pool_patches), {"Client": c})

_team := _attribute("custom:team", true)

test_pool_without_custom_attributes_passes if {
	rule.applies with input as _web([], [])
	count(rule.deny) == 0 with input as _web([], [])
}

test_default_list_fails_and_todays_rights_are_shown if {
	rule.deny == {{
		"msg": "client \"web\" has the default write list, which in practice holds custom attributes (custom:team; AWS names only standard ones), expected a list of its own",
		"path": _path,
		"actual": null,
		"expected": ["custom:team", "email"],
	}} with input as _web([_team], [])
}

test_empty_list_is_the_default if {
	some violation in rule.deny with input as _web([_team], [{"op": "add", "path": "/WriteAttributes", "value": []}])
	violation.actual == []
}

test_list_of_its_own_passes if {
	every names in [["email"], ["custom:team", "email"]] {
		count(rule.deny) == 0 with input as _web([_team], [{"op": "add", "path": "/WriteAttributes", "value": names}])
	}
}

test_many_attributes_are_counted if {
	four := [_attribute(sprintf("custom:a%d", [i]), true) | some i in numbers.range(1, 4)]
	some violation in rule.deny with input as _web(four, [])
	contains(violation.msg, "(4 attributes;")
}

test_fixed_attribute_matters_at_sign_up_only if {
	fixed := _attribute("custom:number", false)
	count(rule.deny) == 0 with input as _web([fixed], [])
	some violation in rule.deny with input as _web([fixed, _open_sign_up], [])
	violation.expected == ["custom:number", "email"]
}

test_developer_attributes_are_never_on_the_list if {
	count(rule.deny) == 0 with input as _web(
		[
			_attribute("dev:custom:team", true),
			{"op": "add", "path": "/UserPool/SchemaAttributes/-", "value": {"Name": "custom:team", "Mutable": true, "DeveloperOnlyAttribute": true}},
		],
		[],
	)
}

test_absent_schema_has_no_custom_attribute if {
	count(rule.deny) == 0 with input as _web([{"op": "remove", "path": "/UserPool/SchemaAttributes"}], [])
}

test_clients_that_write_no_profile_are_exempt_while_sign_up_is_closed if {
	every c in [fixtures.machine_client, fixtures.sso_client] {
		not rule.applies with input as _of([_team], c)
		rule.applies with input as _of([_team, _open_sign_up], c)
		some violation in rule.deny with input as _of([_team, _open_sign_up], c)
		endswith(violation.msg, " (local passwords: client \"web\")")
	}
}

test_absent_sign_up_setting_means_open if {
	rule.applies with input as _of([{"op": "remove", "path": "/UserPool/AdminCreateUserConfig"}], fixtures.machine_client)
}

test_unread_clients_leave_sign_up_open if {
	unread := json.remove(_of([_team, _open_sign_up], fixtures.machine_client), ["/Clients"])
	rule.applies with input as unread
	some violation in rule.deny with input as unread
	contains(violation.msg, "was not tested")
}
