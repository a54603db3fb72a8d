package cognilint.rules.oauth.client_scopes_exist_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.client_scopes_exist as rule

_servers := [
	{"Identifier": "api", "Scopes": [{"ScopeName": "read"}, {"ScopeName": "write"}]},
	{"Identifier": "https://files.example.com", "Scopes": [{"ScopeName": "read"}]},
	{"Identifier": "empty"},
]

_with(scopes) := object.union(fixtures.good, {
	"ResourceServers": _servers,
	"Client": object.union(fixtures.machine_client, {"AllowedOAuthScopes": scopes}),
})

test_good_client_passes if {
	count(rule.deny) == 0 with input as fixtures.client([])
}

test_scopes_of_resource_servers_pass if {
	rule.applies with input as _with(["api/read"])
	count(rule.deny) == 0 with input as _with(["https://files.example.com/read", "api/write", "api/read"])
}

test_built_in_scopes_pass if {
	count(rule.deny) == 0 with input as _with(["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"])
}

test_missing_scope_fails if {
	some violation in rule.deny with input as _with(["api/read", "api/delete"])
	violation.path == ["Client", "AllowedOAuthScopes", 1]
	violation.actual == "api/delete"
}

test_each_missing_scope_is_named if {
	count(rule.deny) == 4 with input as _with(["api", "read", "empty/read", "OpenID"])
}

test_pool_without_resource_servers_has_no_custom_scopes if {
	count(rule.deny) == 1 with input as object.union(_with(["api/read"]), {"ResourceServers": []})
}

test_client_without_scopes_passes if {
	count(rule.deny) == 0 with input as _with([])
	no_scopes := object.remove(fixtures.machine_client, ["AllowedOAuthScopes"])
	count(rule.deny) == 0 with input as object.union(fixtures.good, {"Client": no_scopes})
}

test_scopes_without_oauth_are_dead_text if {
	off := json.patch(_with(["nowhere/read"]), [{"op": "replace", "path": "/Client/AllowedOAuthFlowsUserPoolClient", "value": false}])
	not rule.applies with input as off
	count(rule.deny) == 0 with input as off
}
