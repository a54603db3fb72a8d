package cognilint.rules.federation.idp_email_verified_mapped_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.idp_email_verified_mapped as rule

_path := ["IdentityProvider", "AttributeMapping", "email_verified"]

_provider(kind, mapping) := object.union(fixtures.good, {"IdentityProvider": {
	"ProviderName": "Partner",
	"ProviderType": kind,
	"AttributeMapping": mapping,
}})

test_both_mapped_passes if {
	every kind in ["OIDC", "Google", "SignInWithApple"] {
		pool := _provider(kind, {"email": "email", "email_verified": "verified"})
		rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
		count(rule.fix) == 0 with input as pool
	}
}

test_address_alone_fails_and_is_completed if {
	pool := _provider("OIDC", {"email": "mail", "username": "sub"})
	rule.deny == {{
		"msg": "provider Partner fills email but not email_verified, expected both",
		"path": _path,
		"actual": null,
		"expected": "email_verified",
	}} with input as pool
	rule.fix == {{"op": "replace", "path": _path, "value": "email_verified"}} with input as pool
}

test_empty_claim_is_none if {
	count(rule.deny) == 1 with input as _provider("Google", {"email": "email", "email_verified": ""})
}

# The API does not return its private key, so the provider cannot be written.
test_apple_fails_without_a_fix if {
	count(rule.deny) == 1 with input as _provider("SignInWithApple", {"email": "email"})
	count(rule.fix) == 0 with input as _provider("SignInWithApple", {"email": "email"})
}

test_providers_without_an_address_are_exempt if {
	not rule.applies with input as _provider("OIDC", {"username": "sub"})
	not rule.applies with input as object.union(fixtures.good, {"IdentityProvider": {"ProviderName": "x", "ProviderType": "OIDC"}})
}

test_providers_without_this_claim_are_exempt if {
	every kind in ["SAML", "Facebook", "LoginWithAmazon", "SomethingNew"] {
		not rule.applies with input as _provider(kind, {"email": "email"})
	}
}
