package cognilint.rules.mfa.passkey_rp_id_matches_domain_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.passkey_rp_id_matches_domain as rule

_path := ["MfaConfig", "WebAuthnConfiguration", "RelyingPartyId"]

_login := {"op": "replace", "path": "/Clients", "value": [object.union(fixtures.sso_client, {"SupportedIdentityProviders": ["COGNITO"]})]}

_partly := {"op": "add", "path": "/unknown/-", "value": {"path": "/Clients/-", "reason": "the list may be longer"}}

_with(relying_party, patches) := fixtures.pool(array.concat(
	[
		{"op": "replace", "path": "/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", "value": ["WEB_AUTHN", "PASSWORD"]},
		{"op": "add", "path": "/MfaConfig/WebAuthnConfiguration", "value": {"RelyingPartyId": relying_party}},
		{"op": "add", "path": "/UserPool/CustomDomain", "value": "auth.example.com"},
		_login,
	],
	patches,
))

test_pool_without_passkeys_is_exempt if {
	not rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	no_passkeys := [{"op": "replace", "path": "/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", "value": ["PASSWORD"]}]
	not rule.applies with input as _with("example.com", no_passkeys)
}

test_custom_domain_passes if {
	every relying_party in ["auth.example.com", "AUTH.example.com"] {
		pool := _with(relying_party, [])
		rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
		count(rule.unknown) == 0 with input as pool
	}
}

test_any_other_domain_fails if {
	rule.deny == {{
		"msg": `passkeys belong to "example.com" but the login pages stand at "auth.example.com", expected the same domain`,
		"path": _path,
		"actual": "example.com",
		"expected": "auth.example.com",
	}} with input as _with("example.com", [])
	every relying_party in ["login.auth.example.com", "example.auth.eu-west-1.amazoncognito.com"] {
		count(rule.deny) == 1 with input as _with(relying_party, [])
	}
}

test_prefix_domain_beside_the_custom_one_changes_nothing if {
	prefix := [{"op": "add", "path": "/UserPool/Domain", "value": "example"}]
	count(rule.deny) == 1 with input as _with("example.auth.eu-west-1.amazoncognito.com", prefix)
}

test_pool_without_custom_domain_is_exempt if {
	every patch in [
		{"op": "remove", "path": "/UserPool/CustomDomain"},
		{"op": "replace", "path": "/UserPool/CustomDomain", "value": ""},
	] {
		not rule.applies with input as _with("example.com", [patch])
		count(rule.deny) == 0 with input as _with("example.com", [patch])
	}
}

test_pool_without_login_pages_is_exempt if {
	every clients in [[], [fixtures.machine_client], fixtures.good.Clients] {
		patch := {"op": "replace", "path": "/Clients", "value": clients}
		not rule.applies with input as _with("example.com", [patch])
		count(rule.deny) == 0 with input as _with("example.com", [patch])
	}
}

test_login_pages_that_are_switched_off_do_not_count if {
	off := {"op": "replace", "path": "/Clients/0/AllowedOAuthFlowsUserPoolClient", "value": false}
	not rule.applies with input as _with("example.com", [off])
}

test_exemption_needs_all_clients if {
	every gap in [_partly, {"op": "remove", "path": "/Clients"}] {
		pool := _with("example.com", [{"op": "replace", "path": "/Clients", "value": []}, gap])
		rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
	}
}

test_absent_relying_party_is_unknown if {
	every path in ["/MfaConfig/WebAuthnConfiguration/RelyingPartyId", "/MfaConfig/WebAuthnConfiguration"] {
		pool := _with("example.com", [{"op": "remove", "path": path}])
		rule.unknown == {_path} with input as pool
		count(rule.deny) == 0 with input as pool
	}
}
