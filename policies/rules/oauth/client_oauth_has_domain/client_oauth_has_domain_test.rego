package cognilint.rules.oauth.client_oauth_has_domain_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.client_oauth_has_domain as rule

_with(pool, c) := object.union(fixtures.good, {"UserPool": pool, "Client": c})

test_client_without_oauth_is_exempt if {
	not rule.applies with input as fixtures.client([])
	count(rule.deny) == 0 with input as fixtures.client([])
}

test_either_domain_passes if {
	every pool in [{"Domain": "example"}, {"CustomDomain": "auth.example.com"}, {"Domain": "example", "CustomDomain": "auth.example.com"}] {
		every c in [fixtures.sso_client, fixtures.machine_client] {
			rule.applies with input as _with(pool, c)
			count(rule.deny) == 0 with input as _with(pool, c)
		}
	}
}

test_no_domain_fails if {
	rule.deny == {{
		"msg": "client \"sso\" has the flow code, but the pool has no domain with the endpoints for it, expected a domain",
		"path": ["UserPool", "Domain"],
		"actual": null,
		"expected": "a prefix domain or a custom domain",
	}} with input as _with({}, fixtures.sso_client)
	count(rule.deny) == 1 with input as _with({}, fixtures.machine_client)
	count(rule.deny) == 1 with input as _with({"Domain": "", "CustomDomain": ""}, fixtures.sso_client)
}

test_oauth_without_flows_is_exempt if {
	every c in [object.remove(fixtures.sso_client, ["AllowedOAuthFlows"]), object.union(fixtures.sso_client, {"AllowedOAuthFlows": []})] {
		not rule.applies with input as _with({}, c)
		count(rule.deny) == 0 with input as _with({}, c)
	}
}

test_flows_without_oauth_are_dead_text if {
	off := _with({}, object.union(fixtures.sso_client, {"AllowedOAuthFlowsUserPoolClient": false}))
	not rule.applies with input as off
	count(rule.deny) == 0 with input as off
}
