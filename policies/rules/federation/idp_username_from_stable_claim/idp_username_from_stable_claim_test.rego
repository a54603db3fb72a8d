package cognilint.rules.federation.idp_username_from_stable_claim_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.idp_username_from_stable_claim as rule

_provider(kind, mapping) := object.union(fixtures.good, {"IdentityProvider": {
	"ProviderName": "Partner",
	"ProviderType": kind,
	"AttributeMapping": mapping,
}})

_stable := {
	"OIDC": {"sub", "oid"},
	"Google": {"sub"},
	"SignInWithApple": {"sub"},
	"Facebook": {"id"},
	"LoginWithAmazon": {"user_id"},
}

test_stable_claims_pass if {
	every kind, claims in _stable {
		every claim in claims {
			rule.applies with input as _provider(kind, {"username": claim})
			count(rule.deny) == 0 with input as _provider(kind, {"username": claim})
		}
	}
}

test_address_fails if {
	rule.deny == {{
		"msg": "provider Partner takes the user name from the claim email, expected sub or oid",
		"path": ["IdentityProvider", "AttributeMapping", "username"],
		"actual": "email",
		"expected": "sub or oid",
	}} with input as _provider("OIDC", {"username": "email", "email": "email"})
}

test_claim_of_another_type_fails if {
	every kind in object.keys(_stable) {
		count(rule.deny) == 1 with input as _provider(kind, {"username": "name"})
	}
	count(rule.deny) == 1 with input as _provider("Google", {"username": "id"})
	count(rule.deny) == 1 with input as _provider("Facebook", {"username": "sub"})
}

test_claims_are_compared_exactly if {
	count(rule.deny) == 1 with input as _provider("Google", {"username": "Sub"})
}

test_providers_without_this_mapping_are_exempt if {
	not rule.applies with input as _provider("OIDC", {"email": "email"})
	not rule.applies with input as object.union(fixtures.good, {"IdentityProvider": {"ProviderName": "x", "ProviderType": "OIDC"}})
}

test_saml_and_unknown_types_are_exempt if {
	every kind in ["SAML", "SomethingNew"] {
		not rule.applies with input as _provider(kind, {"username": "email"})
	}
}

test_parameter_can_be_overridden if {
	params := {"idp-username-from-stable-claim": {"oidc_claims": ["uid"]}}
	count(rule.deny) == 0 with input as _provider("OIDC", {"username": "uid"}) with data.params as params
	some violation in rule.deny with input as _provider("OIDC", {"username": "sub"}) with data.params as params
	violation.expected == "uid"
	count(rule.deny) == 0 with input as _provider("Google", {"username": "sub"}) with data.params as params
}
