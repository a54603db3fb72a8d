package cognilint.rules.mfa.passkey_rp_id_narrow_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.passkey_rp_id_narrow as rule

_path := ["MfaConfig", "WebAuthnConfiguration", "RelyingPartyId"]

_with(relying_party, patches) := fixtures.pool(array.concat(
	[
		{"op": "replace", "path": "/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", "value": ["WEB_AUTHN", "PASSWORD"]},
		{"op": "add", "path": "/MfaConfig/WebAuthnConfiguration", "value": {"RelyingPartyId": relying_party}},
	],
	patches,
))

test_pool_without_passkeys_is_exempt if {
	not rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
}

test_whole_domain_fails if {
	rule.deny == {{
		"msg": `passkeys belong to the whole domain "example.com", expected the host of the login form, such as "login.example.com"`,
		"path": _path,
		"actual": "example.com",
		"expected": "a name below the domain",
	}} with input as _with("example.com", [])
	count(rule.deny) == 1 with input as _with("example.co.uk", [])
}

test_host_passes if {
	every relying_party in ["login.example.com", "login.example.co.uk", "example.auth.eu-west-1.amazoncognito.com", "localhost"] {
		pool := _with(relying_party, [])
		rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
		count(rule.unknown) == 0 with input as pool
	}
}

test_pool_with_login_pages_is_exempt if {
	patch := {"op": "add", "path": "/Clients/-", "value": fixtures.sso_client}
	not rule.applies with input as _with("example.com", [patch])
	count(rule.deny) == 0 with input as _with("example.com", [patch])
}

test_machines_and_switched_off_login_pages_exempt_nothing if {
	off := object.union(fixtures.sso_client, {"AllowedOAuthFlowsUserPoolClient": false})
	every c in [fixtures.machine_client, off] {
		count(rule.deny) == 1 with input as _with("example.com", [{"op": "add", "path": "/Clients/-", "value": c}])
	}
}

test_absent_relying_party_is_unknown if {
	every path in ["/MfaConfig/WebAuthnConfiguration/RelyingPartyId", "/MfaConfig/WebAuthnConfiguration"] {
		pool := _with("example.com", [{"op": "remove", "path": path}])
		rule.unknown == {_path} with input as pool
		count(rule.deny) == 0 with input as pool
	}
}
