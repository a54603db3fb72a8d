package cognilint.rules.oauth.callback_not_shared_between_clients_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.callback_not_shared_between_clients as rule

_a := object.union(fixtures.sso_client, {"ClientId": "a", "ClientName": "a"})

_b(members) := object.union(fixtures.sso_client, object.union({"ClientId": "b", "ClientName": "b"}, members))

_with(clients) := fixtures.pool([{"op": "replace", "path": "/Clients", "value": clients}])

_gap := {"op": "add", "path": "/unknown/-", "value": {"path": "/Clients/-", "reason": "the list may be longer"}}

test_good_pools_pass if {
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.unknown) == 0 with input as fixtures.good
	count(rule.deny) == 0 with input as _with([])
}

test_clients_of_one_kind_may_share if {
	count(rule.deny) == 0 with input as _with([_a, _b({})])
	two := {"SupportedIdentityProviders": ["Corp", "COGNITO"]}
	swapped := {"SupportedIdentityProviders": ["COGNITO", "Corp"]}
	count(rule.deny) == 0 with input as _with([object.union(_a, two), _b(swapped)])
}

test_other_providers_fail if {
	rule.deny == {{
		"msg": "clients \"a\", \"b\" share the callback https://app.example.com/cb but differ in identity providers, expected one for each",
		"path": ["Clients", 0, "CallbackURLs", 0],
		"actual": "https://app.example.com/cb",
		"expected": "a callback of its own for each client",
	}} with input as _with([_a, _b({"SupportedIdentityProviders": ["Other"]})])
	count(rule.deny) == 1 with input as _with([_a, object.remove(_b({}), ["SupportedIdentityProviders"])])
}

test_other_secret_status_fails if {
	some violation in rule.deny with input as _with([_a, _b({"HasClientSecret": false})])
	contains(violation.msg, "differ in having a secret,")

	some both in rule.deny with input as _with([_a, _b({"HasClientSecret": false, "SupportedIdentityProviders": []})])
	contains(both.msg, "differ in having a secret and identity providers,")
}

test_each_callback_is_named_where_it_stands if {
	pool := _with([
		fixtures.machine_client,
		object.union(_a, {"CallbackURLs": ["https://a/", "https://x/", "https://y/"]}),
		_b({"CallbackURLs": ["https://y/", "https://x/", "https://b/"], "HasClientSecret": false}),
	])
	{v.path | some v in rule.deny} == {["Clients", 1, "CallbackURLs", 1], ["Clients", 1, "CallbackURLs", 2]} with input as pool
}

test_many_clients_are_counted if {
	others := [object.union(_b({"HasClientSecret": false}), {"ClientId": id}) | some id in ["c", "d", "e"]]
	some violation in rule.deny with input as _with(array.concat([_a], others))
	startswith(violation.msg, "4 clients share")
}

test_other_callbacks_pass if {
	count(rule.deny) == 0 with input as _with([_a, _b({"HasClientSecret": false, "CallbackURLs": ["https://app.example.com/CB"]})])
}

test_clients_without_login_pages_receive_nothing if {
	every members in [
		{"AllowedOAuthFlowsUserPoolClient": false},
		{"AllowedOAuthFlows": ["client_credentials"]},
		{"AllowedOAuthFlows": []},
	] {
		count(rule.deny) == 0 with input as _with([_a, _b(object.union(members, {"SupportedIdentityProviders": ["Other"]}))])
	}
}

test_unread_clients_are_unknown if {
	rule.unknown == {["Clients", "-"]} with input as json.patch(_with([_a]), [_gap])

	failing := json.patch(_with([_a, _b({"HasClientSecret": false})]), [_gap])
	count(rule.deny) == 1 with input as failing
	count(rule.unknown) == 0 with input as failing
}
