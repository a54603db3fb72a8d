package cognilint.rules.federation.idp_no_privileged_mapping_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.idp_no_privileged_mapping as rule

_provider(kind, mapping) := object.union(fixtures.good, {"IdentityProvider": {
	"ProviderName": kind,
	"ProviderType": kind,
	"AttributeMapping": mapping,
}})

_ordinary := {
	"username": "sub",
	"email": "email",
	"email_verified": "email_verified",
	"profile": "profile",
	"custom:planet": "planet",
	"custom:accounting": "unit",
}

test_ordinary_attributes_pass if {
	rule.applies with input as _provider("Google", _ordinary)
	count(rule.deny) == 0 with input as _provider("Google", _ordinary)
}

test_privileged_attribute_fails if {
	rule.deny == {{
		"msg": "provider Google fills custom:role from its claim hd, expected no attribute that grants rights",
		"path": ["IdentityProvider", "AttributeMapping", "custom:role"],
		"actual": "hd",
		"expected": "no mapping",
	}} with input as _provider("Google", object.union(_ordinary, {"custom:role": "hd"}))
}

test_every_social_provider_counts if {
	every kind in ["Facebook", "Google", "LoginWithAmazon", "SignInWithApple"] {
		count(rule.deny) == 2 with input as _provider(kind, {"custom:isTenantAdmin": "x", "custom:org-id": "y"})
	}
}

test_company_providers_are_exempt if {
	every kind in ["SAML", "OIDC", "SomethingNew"] {
		not rule.applies with input as _provider(kind, {"custom:groups": "groups"})
	}
}

test_provider_without_mapping_passes if {
	count(rule.deny) == 0 with input as object.union(fixtures.good, {"IdentityProvider": {"ProviderName": "x", "ProviderType": "Google"}})
	count(rule.deny) == 0 with input as _provider("Google", {})
}

test_parameters_can_be_overridden if {
	oidc := _provider("OIDC", {"custom:groups": "groups", "custom:desk": "desk"})
	rule.applies with input as oidc with data.params as {"idp-no-privileged-mapping": {"types": ["OIDC"]}}
	count(rule.deny) == 1 with input as oidc with data.params as {"idp-no-privileged-mapping": {"types": ["OIDC"]}}

	google := _provider("Google", {"custom:groups": "groups", "custom:desk": "desk"})
	{v.path[2] | some v in rule.deny} == {"custom:desk"} with input as google
		with data.params as {"idp-no-privileged-mapping": {"tokens": ["desk"]}}
}
