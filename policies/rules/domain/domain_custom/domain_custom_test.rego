package cognilint.rules.domain.domain_custom_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.domain.domain_custom as rule

_with(pool, clients) := object.union(fixtures.good, {"UserPool": pool, "Clients": clients})

_prefix := {"Domain": "example"}

_gap := {"op": "add", "path": "/unknown/-", "value": {"path": "/Clients/-", "reason": "the list may be longer"}}

test_pool_without_domain_is_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as _with({}, [fixtures.sso_client])
	count(rule.deny) == 0 with input as _with({}, [fixtures.sso_client])
	not rule.applies with input as json.patch(_with({}, []), [_gap])
}

test_pool_without_login_pages_is_exempt if {
	every clients in [[], [fixtures.machine_client], fixtures.good.Clients, [object.union(fixtures.sso_client, {"AllowedOAuthFlowsUserPoolClient": false})]] {
		not rule.applies with input as _with(_prefix, clients)
		count(rule.deny) == 0 with input as _with(_prefix, clients)
	}
}

test_custom_domain_passes if {
	every pool in [{"CustomDomain": "auth.example.com"}, {"Domain": "example", "CustomDomain": "auth.example.com"}] {
		rule.applies with input as _with(pool, [fixtures.sso_client])
		count(rule.deny) == 0 with input as _with(pool, [fixtures.sso_client])
		count(rule.unknown) == 0 with input as _with(pool, [fixtures.sso_client])
	}
}

test_prefix_domain_fails if {
	pool := _with(_prefix, [fixtures.machine_client, fixtures.sso_client])
	rule.applies with input as pool
	rule.deny == {{
		"msg": "users sign in at the prefix domain example of the service, expected a custom domain",
		"path": ["UserPool", "CustomDomain"],
		"actual": null,
		"expected": "a domain of your own",
	}} with input as pool
	count(rule.unknown) == 0 with input as pool
}

test_unread_clients_exempt_nothing if {
	open := json.patch(_with(_prefix, [fixtures.machine_client]), [_gap])
	rule.applies with input as open
	rule.unknown == {["Clients", "-"]} with input as open
	count(rule.deny) == 0 with input as open

	failing := json.patch(_with(_prefix, [fixtures.sso_client]), [_gap])
	count(rule.deny) == 1 with input as failing
	count(rule.unknown) == 0 with input as failing

	custom := json.patch(_with({"CustomDomain": "auth.example.com"}, []), [_gap])
	count(rule.unknown) == 0 with input as custom
}
