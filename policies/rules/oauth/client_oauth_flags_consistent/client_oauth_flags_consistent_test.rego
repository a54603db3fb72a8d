package cognilint.rules.oauth.client_oauth_flags_consistent_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.client_oauth_flags_consistent as rule

_flag := ["Client", "AllowedOAuthFlowsUserPoolClient"]

_with(members) := object.union(fixtures.client([]), {"Client": members})

test_clients_without_oauth_settings_pass if {
	count(rule.deny) == 0 with input as fixtures.client([])
	empty := {"AllowedOAuthFlows": [], "AllowedOAuthScopes": [], "CallbackURLs": []}
	count(rule.deny) == 0 with input as _with(empty)
	count(rule.deny) == 0 with input as _with(object.union(empty, {"AllowedOAuthFlowsUserPoolClient": false}))
}

test_oauth_clients_pass if {
	every c in [fixtures.sso_client, fixtures.machine_client] {
		count(rule.deny) == 0 with input as object.union(fixtures.good, {"Client": c})
	}
	count(rule.deny) == 0 with input as _with({"AllowedOAuthFlowsUserPoolClient": true})
}

test_flows_that_are_switched_off_fail if {
	rule.deny == {{
		"msg": "client \"web\" lists flows, but OAuth is off, expected it on or nothing listed",
		"path": _flag,
		"actual": false,
		"expected": true,
	}} with input as _with({"AllowedOAuthFlowsUserPoolClient": false, "AllowedOAuthFlows": ["implicit"]})
}

test_absent_flag_means_off if {
	some violation in rule.deny with input as _with({"AllowedOAuthFlows": ["code"]})
	violation.path == _flag
	violation.actual == null
	contains(violation.msg, "not set, which means off")
}

test_each_list_counts if {
	every member, value in {
		"AllowedOAuthFlows": "code",
		"AllowedOAuthScopes": "openid",
		"CallbackURLs": "https://app.example.com/cb",
	} {
		count(rule.deny) == 1 with input as _with({member: [value]})
	}
}

test_lists_are_named_in_one_violation if {
	all_three := {"AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"], "CallbackURLs": ["https://app.example.com/cb"]}
	violations := rule.deny with input as _with(all_three)
	count(violations) == 1
	some violation in violations
	contains(violation.msg, "lists callbacks and flows and scopes,")
}

test_other_settings_of_the_login_pages_do_not_count if {
	others := {"LogoutURLs": ["https://app.example.com/"], "SupportedIdentityProviders": ["COGNITO"]}
	count(rule.deny) == 0 with input as _with(others)
}
