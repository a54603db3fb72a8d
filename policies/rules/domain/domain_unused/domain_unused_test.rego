package cognilint.rules.domain.domain_unused_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.domain.domain_unused as rule

_with(pool, mfa) := object.union(fixtures.good, {"UserPool": pool, "MfaConfig": mfa})

_prefix := {"Domain": "example"}

_custom := {"CustomDomain": "auth.example.com"}

_relying_party(id) := {"WebAuthnConfiguration": {"RelyingPartyId": id}}

_passkeys := {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}}

test_pool_without_domain_is_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as _with({"Domain": "", "CustomDomain": ""}, {})
	count(rule.deny) == 0 with input as fixtures.good
}

test_unused_domain_fails if {
	rule.applies with input as _with(_prefix, {})
	rule.deny == {{
		"msg": "no app client with OAuth, verification link or passkey uses the domain example, expected no domain",
		"path": ["UserPool", "Domain"],
		"actual": "example",
		"expected": null,
	}} with input as _with(_prefix, {})

	some violation in rule.deny with input as _with(_custom, {})
	violation.path == ["UserPool", "CustomDomain"]
	count(rule.deny) == 2 with input as _with(object.union(_prefix, _custom), {})
}

test_pool_without_clients_does_not_use_it if {
	count(rule.deny) == 1 with input as object.union(_with(_prefix, {}), {"Clients": []})
}

test_oauth_clients_use_it if {
	every c in [fixtures.sso_client, fixtures.machine_client] {
		pool := object.union(_with(_prefix, {}), {"Clients": [fixtures.good.Clients[0], c]})
		rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
	}
	off := object.union(fixtures.sso_client, {"AllowedOAuthFlowsUserPoolClient": false})
	count(rule.deny) == 1 with input as object.union(_with(_prefix, {}), {"Clients": [off]})
}

_verifies(option) := object.union(_prefix, {"VerificationMessageTemplate": {"DefaultEmailOption": option}})

test_verification_links_use_it if {
	count(rule.deny) == 0 with input as _with(_verifies("CONFIRM_WITH_LINK"), {})
	count(rule.deny) == 1 with input as _with(_verifies("CONFIRM_WITH_CODE"), {})
}

test_passkeys_of_the_domain_use_it if {
	every id in ["auth.example.com", "AUTH.example.com", "example.com"] {
		count(rule.deny) == 0 with input as _with(_custom, _relying_party(id))
	}
	every id in ["example.auth.eu-west-1.amazoncognito.com", "example.auth-fips.us-west-2.amazoncognito.com"] {
		count(rule.deny) == 0 with input as _with(_prefix, _relying_party(id))
	}
}

test_passkeys_of_another_domain_do_not_use_it if {
	every id in ["app.example.com", "example.org", "an.auth.example.com"] {
		count(rule.deny) == 1 with input as _with(object.union(_custom, _passkeys), _relying_party(id))
	}
	every id in ["example.com", "other.auth.eu-west-1.amazoncognito.com"] {
		count(rule.deny) == 1 with input as _with(object.union(_prefix, _passkeys), _relying_party(id))
	}
}

test_passkeys_without_relying_party_may_use_it if {
	count(rule.deny) == 0 with input as _with(object.union(_prefix, _passkeys), {})
	count(rule.deny) == 0 with input as _with(object.union(_custom, _passkeys), {"WebAuthnConfiguration": {"UserVerification": "required"}})
	count(rule.deny) == 1 with input as _with(_prefix, {"WebAuthnConfiguration": {"UserVerification": "required"}})
}
