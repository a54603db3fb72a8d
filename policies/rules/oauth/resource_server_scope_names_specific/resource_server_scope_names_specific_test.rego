package cognilint.rules.oauth.resource_server_scope_names_specific_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.resource_server_scope_names_specific as rule

_with(names) := object.union(fixtures.good, {"ResourceServer": {
	"Identifier": "api",
	"Name": "api",
	"Scopes": [{"ScopeName": name, "ScopeDescription": "x"} | some name in names],
}})

test_specific_names_pass if {
	count(rule.deny) == 0 with input as _with(["read", "orders.write", "read.all", "admin-read", "allocate", "*/read"])
}

test_broad_name_fails if {
	rule.deny == {{
		"msg": "resource server api has the scope all, expected names of what they allow",
		"path": ["ResourceServer", "Scopes", 1, "ScopeName"],
		"actual": "all",
		"expected": "the name of one kind of access",
	}} with input as _with(["read", "all"])
}

test_every_default_name_counts if {
	count(rule.deny) == 6 with input as _with(["*", "all", "full", "any", "admin", "ADMIN"])
}

test_resource_server_without_scopes_passes if {
	count(rule.deny) == 0 with input as _with([])
	count(rule.deny) == 0 with input as object.union(fixtures.good, {"ResourceServer": {"Identifier": "api"}})
}

test_parameter_can_be_overridden if {
	params := {"resource-server-scope-names-specific": {"names": ["Everything"]}}
	count(rule.deny) == 0 with input as _with(["admin"]) with data.params as params
	count(rule.deny) == 1 with input as _with(["everything"]) with data.params as params
}
