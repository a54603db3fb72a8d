package cognilint.rules.federation.idp_endpoints_https_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.idp_endpoints_https as rule

_https := {
	"oidc_issuer": "https://idp.example.com",
	"authorize_url": "https://idp.example.com/authorize",
	"token_url": "https://idp.example.com/token",
	"attributes_url": "https://idp.example.com/userinfo",
	"jwks_uri": "https://idp.example.com/keys",
}

_oidc(details) := object.union(fixtures.good, {"IdentityProvider": {
	"ProviderName": "okta",
	"ProviderType": "OIDC",
	"ProviderDetails": object.union(_https, details),
}})

_saml(details) := object.union(fixtures.good, {"IdentityProvider": {
	"ProviderName": "Corp",
	"ProviderType": "SAML",
	"ProviderDetails": details,
}})

test_https_passes if {
	count(rule.deny) == 0 with input as _oidc({})
	count(rule.deny) == 0 with input as _saml({"MetadataURL": "https://idp.example.com/metadata"})
}

test_one_http_endpoint_among_https_fails if {
	rule.deny == {{
		"msg": "provider okta has the token_url http://idp.example.com/token, expected https",
		"path": ["IdentityProvider", "ProviderDetails", "token_url"],
		"actual": "http://idp.example.com/token",
		"expected": "an https URL",
	}} with input as _oidc({"token_url": "http://idp.example.com/token"})
}

test_every_endpoint_counts if {
	every key in ["oidc_issuer", "authorize_url", "token_url", "attributes_url", "jwks_uri"] {
		{v.path[2] | some v in rule.deny} == {key} with input as _oidc({key: "http://idp.example.com/x"})
	}
	{v.path[2] | some v in rule.deny} == {"MetadataURL"} with input as _saml({"MetadataURL": "http://idp.example.com/x"})
}

test_the_case_of_the_scheme_does_not_matter if {
	count(rule.deny) == 1 with input as _saml({"MetadataURL": "HTTP://idp.example.com/metadata"})
	count(rule.deny) == 0 with input as _saml({"MetadataURL": "HTTPS://idp.example.com/metadata"})
}

test_other_details_are_no_endpoints if {
	count(rule.deny) == 0 with input as _saml({"MetadataFile": "http://www.w3.org/2000/09/xmldsig#", "client_id": "http://x"})
	count(rule.deny) == 0 with input as _saml({"MetadataURL": ""})
	count(rule.deny) == 0 with input as _saml({})
}

test_provider_without_details_passes if {
	count(rule.deny) == 0 with input as object.union(fixtures.good, {"IdentityProvider": {"ProviderName": "x", "ProviderType": "Google"}})
}
