package cognilint.rules.federation.tenant_session_isolated_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.tenant_session_isolated as rule

_domain := {"op": "add", "path": "/UserPool/Domain", "value": "example"}

_client(name, providers) := object.union(fixtures.sso_client, {"ClientName": name, "SupportedIdentityProviders": providers})

_with(clients, patches) := fixtures.pool(array.concat(
	[_domain, {"op": "replace", "path": "/Clients", "value": clients}],
	patches,
))

_tenants := [_client("a", ["A"]), _client("b", ["B"])]

_more_clients := {"op": "add", "path": "/unknown/-", "value": {"path": "/Clients/-", "reason": "the list may be longer"}}

test_pool_without_domain_is_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as fixtures.pool([{"op": "replace", "path": "/Clients", "value": _tenants}])
}

test_common_provider_passes if {
	pool := _with([_client("a", ["A", "COGNITO"]), _client("b", ["COGNITO", "B"])], [])
	rule.applies with input as pool
	count(rule.deny) == 0 with input as pool
	count(rule.unknown) == 0 with input as pool
}

test_one_client_passes if {
	count(rule.deny) == 0 with input as _with([_client("a", ["A"])], [])
	count(rule.deny) == 0 with input as _with([], [])
	count(rule.deny) == 0 with input as _with([_client("a", ["A", "B"]), _client("b", ["B", "A"])], [])
}

test_tenants_fail if {
	rule.deny == {
		{
			"msg": "client \"a\" shares the sessions of the domain with client \"b\", but no identity provider, expected one in common or a pool for each",
			"path": ["Clients", 0, "SupportedIdentityProviders"],
			"actual": ["A"],
			"expected": "a provider of client \"b\" too",
		},
		{
			"msg": "client \"b\" shares the sessions of the domain with client \"a\", but no identity provider, expected one in common or a pool for each",
			"path": ["Clients", 1, "SupportedIdentityProviders"],
			"actual": ["B"],
			"expected": "a provider of client \"a\" too",
		},
	} with input as _with(_tenants, [])
}

test_custom_domain_counts if {
	pool := fixtures.pool([
		{"op": "add", "path": "/UserPool/CustomDomain", "value": "login.example.com"},
		{"op": "replace", "path": "/Clients", "value": _tenants},
	])
	rule.applies with input as pool
	count(rule.deny) == 2 with input as pool
}

test_each_combination_is_reported_once if {
	clients := [_client("a", ["A"]), _client("b", ["B"]), _client("c", ["C", "A"]), _client("a2", ["A"]), _client("c2", ["A", "C"])]
	{v.path[1] | some v in rule.deny} == {0, 1, 2} with input as _with(clients, [])
}

test_clients_without_login_pages_do_not_count if {
	every patch in [
		{"op": "replace", "path": "/Clients/1/AllowedOAuthFlowsUserPoolClient", "value": false},
		{"op": "replace", "path": "/Clients/1/AllowedOAuthFlows", "value": ["client_credentials"]},
		{"op": "replace", "path": "/Clients/1/SupportedIdentityProviders", "value": []},
		{"op": "remove", "path": "/Clients/1/SupportedIdentityProviders"},
	] {
		count(rule.deny) == 0 with input as _with(_tenants, [patch])
	}
}

test_pass_needs_all_clients if {
	every patch in [_more_clients, {"op": "remove", "path": "/Clients"}] {
		pool := _with([_client("a", ["A"])], [patch])
		rule.unknown == {["Clients", "-"]} with input as pool
		count(rule.deny) == 0 with input as pool
	}
	count(rule.unknown) == 0 with input as _with(_tenants, [_more_clients])
	count(rule.deny) == 2 with input as _with(_tenants, [_more_clients])
}
