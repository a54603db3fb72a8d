package cognilint.rules.federation.client_sso_no_local_sign_up_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.client_sso_no_local_sign_up as rule

_providers := [
	{"ProviderName": "Corp", "ProviderType": "SAML"},
	{"ProviderName": "okta", "ProviderType": "OIDC"},
	{"ProviderName": "Google", "ProviderType": "Google"},
	{"ProviderName": "New", "ProviderType": "SomethingNew"},
]

_open := {"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": false}

_path := ["UserPool", "AdminCreateUserConfig", "AllowAdminCreateUserOnly"]

_offers(names, patches) := json.patch(
	object.union(fixtures.good, {
		"IdentityProviders": _providers,
		"Client": object.union(fixtures.sso_client, {"SupportedIdentityProviders": names}),
	}),
	patches,
)

_more_providers := {"op": "add", "path": "/unknown/-", "value": {"path": "/IdentityProviders/-", "reason": "the list may be longer"}}

test_closed_sign_up_passes if {
	rule.applies with input as _offers(["COGNITO", "Corp"], [])
	count(rule.deny) == 0 with input as _offers(["COGNITO", "Corp"], [])
	count(rule.unknown) == 0 with input as _offers(["COGNITO", "Corp"], [])
}

test_company_sign_on_alone_passes if {
	rule.applies with input as _offers(["Corp"], [_open])
	count(rule.deny) == 0 with input as _offers(["Corp", "okta"], [_open])
}

test_open_sign_up_beside_company_sign_on_fails if {
	rule.deny == {{
		"msg": "client \"sso\" offers Corp, okta and accounts that anyone can create, expected one of the two",
		"path": _path,
		"actual": false,
		"expected": true,
	}} with input as _offers(["okta", "COGNITO", "Google", "Corp"], [_open])
}

test_sign_up_is_open_by_default if {
	every path in ["/UserPool/AdminCreateUserConfig", "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly"] {
		some violation in rule.deny with input as _offers(["COGNITO", "okta"], [{"op": "remove", "path": path}])
		violation.actual == null
	}
}

test_clients_without_company_sign_on_are_exempt if {
	every names in [["COGNITO"], ["COGNITO", "Google"], ["COGNITO", "New"], []] {
		not rule.applies with input as _offers(names, [_open])
		count(rule.deny) == 0 with input as _offers(names, [_open])
	}
	not rule.applies with input as _offers([], [_open, {"op": "remove", "path": "/Client/SupportedIdentityProviders"}])
}

test_clients_without_login_pages_are_exempt if {
	every patch in [
		{"op": "replace", "path": "/Client/AllowedOAuthFlowsUserPoolClient", "value": false},
		{"op": "remove", "path": "/Client/AllowedOAuthFlows"},
	] {
		not rule.applies with input as _offers(["COGNITO", "Corp"], [_open, patch])
		count(rule.deny) == 0 with input as _offers(["COGNITO", "Corp"], [_open, patch])
	}
}

test_exemption_needs_all_providers if {
	pool := _offers(["COGNITO", "Other"], [_open, _more_providers])
	rule.applies with input as pool
	rule.unknown == {["IdentityProviders", "-"]} with input as pool
	count(rule.deny) == 0 with input as pool

	unread := _offers(["COGNITO", "Corp"], [_open, {"op": "remove", "path": "/IdentityProviders"}])
	rule.applies with input as unread
	count(rule.unknown) == 1 with input as unread

	partly := _offers(["COGNITO", "Corp"], [
		_open,
		{"op": "remove", "path": "/IdentityProviders/0/ProviderType"},
		{"op": "add", "path": "/unknown/-", "value": {"path": "/IdentityProviders/0", "reason": "denied"}},
	])
	rule.applies with input as partly
	count(rule.unknown) == 1 with input as partly
}

test_other_providers_need_not_be_read if {
	social := _offers(["COGNITO", "Google"], [_open, _more_providers])
	not rule.applies with input as social
	count(rule.unknown) == 0 with input as social

	company := _offers(["COGNITO", "Corp", "Other"], [_open, _more_providers])
	count(rule.deny) == 1 with input as company
	count(rule.unknown) == 0 with input as company
}
