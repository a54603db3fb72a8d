package cognilint.rules.federation.saml_assertions_encrypted_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.saml_assertions_encrypted as rule

_provider(kind, details) := object.union(fixtures.good, {"IdentityProvider": {
	"ProviderName": "Corp",
	"ProviderType": kind,
	"ProviderDetails": details,
}})

_saml(details) := _provider("SAML", details)

_path := ["IdentityProvider", "ProviderDetails", "EncryptedResponses"]

test_on_passes if {
	every value in ["true", "True"] {
		rule.applies with input as _saml({"EncryptedResponses": value})
		count(rule.deny) == 0 with input as _saml({"EncryptedResponses": value})
	}
}

test_off_fails if {
	rule.deny == {{
		"msg": "provider Corp may send assertions without encryption, expected encrypted ones only",
		"path": _path,
		"actual": "false",
		"expected": "true",
	}} with input as _saml({"EncryptedResponses": "false"})
}

test_absent_member_is_off if {
	some violation in rule.deny with input as _saml({})
	violation.path == _path
	violation.actual == null
}

test_provider_without_details_fails if {
	count(rule.deny) == 1 with input as object.union(fixtures.good, {"IdentityProvider": {"ProviderName": "Corp", "ProviderType": "SAML"}})
}

test_other_providers_are_exempt if {
	every kind in ["OIDC", "Google", "SomethingNew"] {
		not rule.applies with input as _provider(kind, {})
	}
}
