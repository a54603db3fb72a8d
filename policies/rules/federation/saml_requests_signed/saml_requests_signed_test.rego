package cognilint.rules.federation.saml_requests_signed_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.saml_requests_signed as rule

_provider(kind, details) := object.union(fixtures.good, {"IdentityProvider": {
	"ProviderName": "Corp",
	"ProviderType": kind,
	"ProviderDetails": details,
}})

_saml(details) := _provider("SAML", details)

_path := ["IdentityProvider", "ProviderDetails", "RequestSigningAlgorithm"]

test_signed_requests_pass if {
	rule.applies with input as _saml({"RequestSigningAlgorithm": "rsa-sha256"})
	count(rule.deny) == 0 with input as _saml({"RequestSigningAlgorithm": "rsa-sha256"})
}

test_algorithm_of_the_future_passes if {
	count(rule.deny) == 0 with input as _saml({"RequestSigningAlgorithm": "rsa-sha512"})
}

test_absent_algorithm_fails if {
	rule.deny == {{
		"msg": "requests to provider Corp are not signed, expected a signature",
		"path": _path,
		"actual": null,
		"expected": "rsa-sha256",
	}} with input as _saml({"IDPInit": "false"})
}

test_empty_algorithm_fails if {
	some violation in rule.deny with input as _saml({"RequestSigningAlgorithm": ""})
	violation.actual == ""
}

test_provider_without_details_fails if {
	count(rule.deny) == 1 with input as object.union(fixtures.good, {"IdentityProvider": {"ProviderName": "Corp", "ProviderType": "SAML"}})
}

test_other_providers_are_exempt if {
	every kind in ["OIDC", "Google", "SomethingNew"] {
		not rule.applies with input as _provider(kind, {})
	}
}
