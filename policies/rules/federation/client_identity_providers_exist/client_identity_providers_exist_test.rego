package cognilint.rules.federation.client_identity_providers_exist_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.client_identity_providers_exist as rule

_providers := [{"ProviderName": "Corp", "ProviderType": "SAML"}, {"ProviderName": "Google", "ProviderType": "Google"}]

_with(names) := object.union(fixtures.good, {
	"IdentityProviders": _providers,
	"Client": object.union(fixtures.sso_client, {"SupportedIdentityProviders": names}),
})

test_good_client_passes if {
	count(rule.deny) == 0 with input as fixtures.client([])
}

test_existing_providers_pass if {
	count(rule.deny) == 0 with input as _with(["Google", "COGNITO", "Corp"])
}

test_missing_provider_fails if {
	rule.deny == {{
		"msg": "client \"sso\" offers the identity provider Facebook, which the pool does not have, expected one that exists",
		"path": ["Client", "SupportedIdentityProviders", 1],
		"actual": "Facebook",
		"expected": "COGNITO or the name of a provider of the pool",
	}} with input as _with(["Corp", "Facebook"])
}

test_names_are_compared_exactly if {
	count(rule.deny) == 2 with input as _with(["corp", "Cognito"])
}

test_pool_without_providers_has_only_its_own_users if {
	count(rule.deny) == 1 with input as object.union(_with(["COGNITO", "Corp"]), {"IdentityProviders": []})
}

test_client_without_providers_passes if {
	count(rule.deny) == 0 with input as _with([])
}
