package cognilint.rules.federation.saml_no_idp_initiated_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.saml_no_idp_initiated as rule

_provider(kind, details) := object.union(fixtures.good, {"IdentityProvider": {
	"ProviderName": "Corp",
	"ProviderType": kind,
	"ProviderDetails": details,
}})

_saml(details) := _provider("SAML", details)

_path := ["IdentityProvider", "ProviderDetails", "IDPInit"]

test_sign_ins_on_request_pass if {
	every details in [{"IDPInit": "false"}, {}] {
		rule.applies with input as _saml(details)
		count(rule.deny) == 0 with input as _saml(details)
	}
}

test_provider_without_details_passes if {
	count(rule.deny) == 0 with input as object.union(fixtures.good, {"IdentityProvider": {"ProviderName": "Corp", "ProviderType": "SAML"}})
}

test_unsolicited_sign_ins_fail if {
	rule.deny == {{
		"msg": "provider Corp may start sign-ins (IDPInit), expected only those that the pool asks for",
		"path": _path,
		"actual": "true",
		"expected": "false",
	}} with input as _saml({"IDPInit": "true", "RequestSigningAlgorithm": "rsa-sha256"})
}

test_case_does_not_matter if {
	count(rule.deny) == 1 with input as _saml({"IDPInit": "True"})
	count(rule.deny) == 0 with input as _saml({"IDPInit": "False"})
}

test_other_providers_are_exempt if {
	every kind in ["OIDC", "Google", "SomethingNew"] {
		not rule.applies with input as _provider(kind, {})
	}
}
