package cognilint.rules.mfa.passkey_counts_as_mfa_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.passkey_counts_as_mfa as rule

_path := ["MfaConfig", "WebAuthnConfiguration", "FactorConfiguration"]

_multi := "MULTI_FACTOR_WITH_USER_VERIFICATION"

_count := {"op": "replace", "path": _path, "value": _multi}

_verify := {"op": "replace", "path": ["MfaConfig", "WebAuthnConfiguration", "UserVerification"], "value": "required"}

_with(mode, configuration, patches) := fixtures.pool(array.concat(
	[
		{"op": "replace", "path": "/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", "value": ["WEB_AUTHN", "PASSWORD"]},
		{"op": "replace", "path": "/UserPool/MfaConfiguration", "value": mode},
		{"op": "replace", "path": "/MfaConfig/MfaConfiguration", "value": mode},
		{"op": "add", "path": "/MfaConfig/WebAuthnConfiguration", "value": configuration},
	],
	patches,
))

test_pool_without_passkeys_is_exempt if {
	not rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
}

test_multi_factor_passes if {
	pool := _with("ON", {"FactorConfiguration": _multi}, [])
	rule.applies with input as pool
	count(rule.deny) == 0 with input as pool
	count(rule.fix) == 0 with input as pool
}

test_single_factor_fails_and_becomes_multi_factor if {
	every mode in ["ON", "OPTIONAL"] {
		pool := _with(mode, {"FactorConfiguration": "SINGLE_FACTOR", "UserVerification": "preferred"}, [])
		some violation in rule.deny with input as pool
		violation.path == _path
		violation.actual == "SINGLE_FACTOR"
		violation.expected == _multi
		contains(violation.msg, "is SINGLE_FACTOR")
		rule.fix == {_count, _verify} with input as pool
	}
}

test_absent_means_single_factor if {
	every pool in [
		_with("ON", {"RelyingPartyId": "example.com"}, []),
		_with("ON", {}, [{"op": "remove", "path": "/MfaConfig/WebAuthnConfiguration"}]),
	] {
		some violation in rule.deny with input as pool
		violation.actual == null
		contains(violation.msg, "absent, which means a single factor")
		rule.fix == {_count, _verify} with input as pool
	}
}

test_verification_that_is_required_stays if {
	rule.fix == {_count} with input as _with("OPTIONAL", {"UserVerification": "required"}, [])
}

test_mfa_off_is_exempt if {
	not rule.applies with input as _with("OFF", {"FactorConfiguration": "SINGLE_FACTOR"}, [])
	count(rule.deny) == 0 with input as _with("OFF", {"FactorConfiguration": "SINGLE_FACTOR"}, [])
}

test_exemption_needs_a_known_mode if {
	unread := _with("ON", {}, [
		{"op": "remove", "path": "/MfaConfig"},
		{"op": "remove", "path": "/UserPool/MfaConfiguration"},
	])
	rule.applies with input as unread
	count(rule.deny) == 0 with input as unread
}

test_sms_settings_without_sms_factor_forbid_the_fix if {
	sms := {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}
	only_pool := [{"op": "add", "path": "/UserPool/SmsConfiguration", "value": sms}]
	count(rule.deny) == 1 with input as _with("ON", {}, only_pool)
	count(rule.fix) == 0 with input as _with("ON", {}, only_pool)

	both := array.concat(only_pool, [{"op": "add", "path": "/MfaConfig/SmsMfaConfiguration", "value": {"SmsConfiguration": sms}}])
	rule.fix == {_count, _verify} with input as _with("ON", {}, both)
}
