package cognilint.rules.oauth.client_no_user_admin_scope_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.client_no_user_admin_scope as rule

_scope := "aws.cognito.signin.user.admin"

_with(members) := object.union(fixtures.good, {"Client": object.union(fixtures.sso_client, members)})

_scopes(scopes) := _with({"AllowedOAuthScopes": scopes})

test_good_clients_pass if {
	not rule.applies with input as fixtures.client([])
	rule.applies with input as _with({})
	count(rule.deny) == 0 with input as _with({})
	count(rule.fix) == 0 with input as _with({})
}

test_scope_fails_and_is_removed if {
	pool := _scopes(["openid", _scope])
	rule.deny == {{
		"msg": "client \"sso\" grants aws.cognito.signin.user.admin on the login pages, expected tokens that cannot change the profile (sign-in through the API grants it anyway)",
		"path": ["Client", "AllowedOAuthScopes", 1],
		"actual": _scope,
		"expected": "no aws.cognito.signin.user.admin",
	}} with input as pool
	rule.fix == {{"op": "remove", "path": ["Client", "AllowedOAuthScopes"], "value": _scope}} with input as pool
}

test_the_last_scope_is_not_removed if {
	count(rule.deny) == 1 with input as _scopes([_scope])
	count(rule.fix) == 0 with input as _scopes([_scope])
}

test_other_scopes_pass if {
	every scopes in [[], ["openid", "email", "phone", "profile"], ["api/aws.cognito.signin.user.admin"]] {
		count(rule.deny) == 0 with input as _scopes(scopes)
	}
	none := object.remove(fixtures.sso_client, ["AllowedOAuthScopes"])
	count(rule.deny) == 0 with input as object.union(fixtures.good, {"Client": none})
}

test_clients_without_login_pages_are_exempt if {
	every members in [
		{"AllowedOAuthFlowsUserPoolClient": false},
		{"AllowedOAuthFlows": ["client_credentials"]},
		{"AllowedOAuthFlows": []},
	] {
		pool := _with(object.union(members, {"AllowedOAuthScopes": ["openid", _scope]}))
		not rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
		count(rule.fix) == 0 with input as pool
	}
}
