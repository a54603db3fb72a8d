package cognilint.rules.mfa.passkey_user_verification_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.passkey_user_verification as rule

_path := ["MfaConfig", "WebAuthnConfiguration", "UserVerification"]

_edit := {"op": "replace", "path": _path, "value": "required"}

_with(configuration, patches) := fixtures.pool(array.concat(
	[
		{"op": "replace", "path": "/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", "value": ["WEB_AUTHN", "PASSWORD"]},
		{"op": "add", "path": "/MfaConfig/WebAuthnConfiguration", "value": configuration},
	],
	patches,
))

test_pool_without_passkeys_is_exempt if {
	not rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	unset := fixtures.pool([{"op": "remove", "path": "/UserPool/Policies"}])
	not rule.applies with input as unset
}

test_required_passes if {
	pool := _with({"RelyingPartyId": "example.com", "UserVerification": "required"}, [])
	rule.applies with input as pool
	count(rule.deny) == 0 with input as pool
	count(rule.fix) == 0 with input as pool
}

test_preferred_fails_and_becomes_required if {
	pool := _with({"RelyingPartyId": "example.com", "UserVerification": "preferred"}, [])
	rule.deny == {{
		"msg": `user verification of passkeys is "preferred", expected required`,
		"path": _path,
		"actual": "preferred",
		"expected": "required",
	}} with input as pool
	rule.fix == {_edit} with input as pool
}

test_absent_is_not_required if {
	every pool in [
		_with({"RelyingPartyId": "example.com"}, []),
		_with({}, [{"op": "remove", "path": "/MfaConfig/WebAuthnConfiguration"}]),
	] {
		some violation in rule.deny with input as pool
		violation.actual == null
		contains(violation.msg, "not set")
		rule.fix == {_edit} with input as pool
	}
}

test_value_that_is_not_known_fails if {
	some violation in rule.deny with input as _with({"UserVerification": "discouraged"}, [])
	violation.actual == "discouraged"
}

test_sms_settings_without_sms_factor_forbid_the_fix if {
	sms := {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}
	only_pool := [{"op": "add", "path": "/UserPool/SmsConfiguration", "value": sms}]
	count(rule.deny) == 1 with input as _with({}, only_pool)
	count(rule.fix) == 0 with input as _with({}, only_pool)

	both := array.concat(only_pool, [{"op": "add", "path": "/MfaConfig/SmsMfaConfiguration", "value": {"SmsConfiguration": sms}}])
	rule.fix == {_edit} with input as _with({}, both)
}
