package cognilint.rules.federation.saml_metadata_by_url_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.saml_metadata_by_url as rule

_provider(kind, details) := object.union(fixtures.good, {"IdentityProvider": {
	"ProviderName": "Corp",
	"ProviderType": kind,
	"ProviderDetails": details,
}})

_saml(details) := _provider("SAML", details)

_url := "https://idp.example.com/metadata"

test_url_passes if {
	every details in [{"MetadataURL": _url}, {"MetadataURL": _url, "MetadataFile": "<EntityDescriptor/>"}] {
		rule.applies with input as _saml(details)
		count(rule.deny) == 0 with input as _saml(details)
	}
}

test_file_alone_fails if {
	rule.deny == {{
		"msg": "the metadata of provider Corp is an uploaded file, expected a URL from which it is renewed",
		"path": ["IdentityProvider", "ProviderDetails", "MetadataURL"],
		"actual": null,
		"expected": "the https URL of the metadata",
	}} with input as _saml({"MetadataFile": "<EntityDescriptor/>"})
}

test_empty_url_is_none if {
	count(rule.deny) == 1 with input as _saml({"MetadataFile": "<EntityDescriptor/>", "MetadataURL": ""})
}

test_unknown_source_passes if {
	count(rule.deny) == 0 with input as _saml({})
	count(rule.deny) == 0 with input as _saml({"MetadataFile": ""})
}

test_other_providers_are_exempt if {
	every kind in ["OIDC", "Google", "SomethingNew"] {
		not rule.applies with input as _provider(kind, {})
	}
}
