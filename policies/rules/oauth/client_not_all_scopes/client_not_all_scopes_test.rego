package cognilint.rules.oauth.client_not_all_scopes_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.client_not_all_scopes as rule

_servers := [
	{"Identifier": "api", "Scopes": [{"ScopeName": "read"}, {"ScopeName": "write"}]},
	{"Identifier": "https://files.example.com", "Scopes": [{"ScopeName": "read"}, {"ScopeName": "write"}, {"ScopeName": "share"}]},
	{"Identifier": "single", "Scopes": [{"ScopeName": "use"}]},
	{"Identifier": "empty", "Scopes": []},
	{"Identifier": "bare"},
]

_with(scopes) := object.union(fixtures.good, {
	"ResourceServers": _servers,
	"Client": object.union(fixtures.machine_client, {"AllowedOAuthScopes": scopes}),
})

_gap := {"op": "add", "path": "/unknown/-", "value": {"path": "/ResourceServers/-", "reason": "the list may be longer"}}

test_good_clients_pass if {
	not rule.applies with input as fixtures.client([])
	rule.applies with input as _with(["api/read"])
	count(rule.deny) == 0 with input as _with(["api/read"])
	count(rule.unknown) == 0 with input as _with(["api/read"])
}

test_all_scopes_fail if {
	rule.deny == {{
		"msg": "client \"machine\" has all 2 scopes of the resource server api, expected only those that it uses",
		"path": ["Client", "AllowedOAuthScopes"],
		"actual": ["api/write", "openid", "api/read"],
		"expected": "not every scope of api",
	}} with input as _with(["api/write", "openid", "api/read"])
}

test_each_resource_server_is_named if {
	all_of_two := ["api/read", "api/write", "https://files.example.com/read", "https://files.example.com/write", "https://files.example.com/share"]
	count(rule.deny) == 2 with input as _with(all_of_two)
}

test_some_scopes_of_each_pass if {
	some_of_two := ["api/write", "https://files.example.com/read", "https://files.example.com/write"]
	count(rule.deny) == 0 with input as _with(some_of_two)
}

test_single_scope_cannot_be_split if {
	count(rule.deny) == 0 with input as _with(["single/use", "openid"])
}

test_clients_without_scopes_pass if {
	count(rule.deny) == 0 with input as _with([])
	none := object.remove(fixtures.machine_client, ["AllowedOAuthScopes"])
	count(rule.deny) == 0 with input as object.union(fixtures.good, {"ResourceServers": _servers, "Client": none})
	count(rule.deny) == 0 with input as object.union(_with(["api/read", "api/write"]), {"ResourceServers": []})
}

test_unread_resource_servers_are_unknown if {
	rule.unknown == {["ResourceServers", "-"]} with input as json.patch(_with(["api/read", "other/read"]), [_gap])
	count(rule.unknown) == 0 with input as json.patch(_with(["api/read"]), [_gap])

	failing := json.patch(_with(["api/read", "api/write"]), [_gap])
	count(rule.deny) == 1 with input as failing
	count(rule.unknown) == 0 with input as failing
}

test_scopes_without_oauth_are_dead_text if {
	off := json.patch(_with(["api/read", "api/write"]), [{"op": "replace", "path": "/Client/AllowedOAuthFlowsUserPoolClient", "value": false}])
	not rule.applies with input as off
	count(rule.deny) == 0 with input as off
}
