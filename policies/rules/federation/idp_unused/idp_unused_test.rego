package cognilint.rules.federation.idp_unused_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.idp_unused as rule

_with(clients, patches) := json.patch(
	object.union(fixtures.good, {
		"Clients": clients,
		"IdentityProvider": {"ProviderName": "Corp", "ProviderType": "SAML"},
	}),
	patches,
)

_more_clients := {"op": "add", "path": "/unknown/-", "value": {"path": "/Clients/-", "reason": "the list may be longer"}}

test_offered_provider_passes if {
	used := _with(array.concat(fixtures.good.Clients, [fixtures.sso_client]), [])
	count(rule.deny) == 0 with input as used
	count(rule.unknown) == 0 with input as used
}

test_provider_of_no_client_fails if {
	rule.deny == {{
		"msg": "no app client offers provider Corp, expected one that does or no provider",
		"path": ["IdentityProvider", "ProviderName"],
		"actual": "Corp",
		"expected": "a name among SupportedIdentityProviders of a client",
	}} with input as _with(fixtures.good.Clients, [])
	count(rule.deny) == 1 with input as _with([], [])
}

test_names_are_compared_exactly if {
	other := json.patch(fixtures.sso_client, [{"op": "replace", "path": "/SupportedIdentityProviders", "value": ["COGNITO", "corp"]}])
	count(rule.deny) == 1 with input as _with([other], [])
}

test_unread_clients_may_offer_it if {
	every pool in [
		_with(fixtures.good.Clients, [_more_clients]),
		_with([], [{"op": "remove", "path": "/Clients"}]),
	] {
		rule.unknown == {["Clients", "-"]} with input as pool
		count(rule.deny) == 0 with input as pool
	}
}

test_one_client_is_proof_enough if {
	pool := _with([fixtures.sso_client], [_more_clients])
	count(rule.unknown) == 0 with input as pool
	count(rule.deny) == 0 with input as pool
}
