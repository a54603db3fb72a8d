package cognilint.rules.attributes.client_default_attribute_permissions_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.attributes.client_default_attribute_permissions as rule

_with(member, names) := fixtures.client([{"op": "add", "path": sprintf("/%s", [member]), "value": names}])

_of(c) := object.union(fixtures.good, {"Client": c, "Clients": [c]})

test_good_client_passes if {
	count(rule.deny) == 0 with input as fixtures.client([])
	rule.applies with input as fixtures.client([])
}

test_a_list_of_its_own_fails if {
	every member, verb in {"ReadAttributes": "may read", "WriteAttributes": "may write"} {
		violations := rule.deny with input as _with(member, ["name", "email"])
		some violation in violations
		count(violations) == 1
		violation.path == ["Client", member]
		violation.actual == ["name", "email"]
		violation.expected == "no list"
		contains(violation.msg, sprintf(`client "web" %s`, [verb]))
	}
}

test_both_lists_are_reported if {
	both := fixtures.client([
		{"op": "add", "path": "/ReadAttributes", "value": ["email"]},
		{"op": "add", "path": "/WriteAttributes", "value": ["email"]},
	])
	count(rule.deny) == 2 with input as both
}

test_empty_list_is_the_default if {
	count(rule.deny) == 0 with input as _with("WriteAttributes", [])
}

test_client_without_user_path_is_exempt if {
	not rule.applies with input as _of(fixtures.machine_client)
	rule.applies with input as _of(fixtures.sso_client)
}

test_only_the_named_client_is_checked if {
	every name in ["web", "w*"] {
		rule.applies with input as fixtures.client([])
			with data.params as {"client-default-attribute-permissions": {"client_name": name}}
	}
	not rule.applies with input as fixtures.client([])
		with data.params as {"client-default-attribute-permissions": {"client_name": "employee-*"}}
	not rule.applies with input as fixtures.client([{"op": "remove", "path": "/ClientName"}])
		with data.params as {"client-default-attribute-permissions": {"client_name": "web"}}
}
