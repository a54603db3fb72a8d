package cognilint.rules.oauth.client_grant_exclusive_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.client_grant_exclusive as rule

_with(flows) := object.union(fixtures.good, {"Client": object.union(fixtures.machine_client, {"AllowedOAuthFlows": flows})})

test_good_client_passes if {
	count(rule.deny) == 0 with input as fixtures.client([])
}

test_each_kind_alone_passes if {
	rule.applies with input as _with(["client_credentials"])
	every flows in [["client_credentials"], ["code", "implicit"], ["code"], ["implicit"], []] {
		count(rule.deny) == 0 with input as _with(flows)
	}
}

test_both_kinds_fail if {
	rule.deny == {{
		"msg": "client \"machine\" has client_credentials together with code, expected one client for each",
		"path": ["Client", "AllowedOAuthFlows"],
		"actual": ["code", "client_credentials"],
		"expected": "client_credentials alone, or no client_credentials",
	}} with input as _with(["code", "client_credentials"])
	count(rule.deny) == 1 with input as _with(["client_credentials", "implicit"])
	some violation in rule.deny with input as _with(["implicit", "client_credentials", "code"])
	contains(violation.msg, "code and implicit")
}

test_client_without_flows_passes if {
	no_flows := object.remove(fixtures.machine_client, ["AllowedOAuthFlows"])
	count(rule.deny) == 0 with input as object.union(fixtures.good, {"Client": no_flows})
}

test_flows_without_oauth_are_dead_text if {
	both := _with(["code", "client_credentials"])
	every patch in [
		{"op": "replace", "path": "/Client/AllowedOAuthFlowsUserPoolClient", "value": false},
		{"op": "remove", "path": "/Client/AllowedOAuthFlowsUserPoolClient"},
	] {
		off := json.patch(both, [patch])
		not rule.applies with input as off
		count(rule.deny) == 0 with input as off
	}
}
