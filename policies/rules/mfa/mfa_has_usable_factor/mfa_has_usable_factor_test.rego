package cognilint.rules.mfa.mfa_has_usable_factor_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.mfa_has_usable_factor as rule

_enabled := ["MfaConfig", "SoftwareTokenMfaConfiguration", "Enabled"]

_sms := {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}

_with(config) := fixtures.pool([{"op": "replace", "path": "/MfaConfig", "value": config}])

test_good_pool_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.fix) == 0 with input as fixtures.good
}

test_required_mfa_without_a_factor_fails_and_gets_one if {
	bad := _with({"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": false}})
	rule.deny == {{
		"msg": "MFA is ON but has no factor, so nobody can sign in, expected authenticator apps, SMS or email",
		"path": _enabled,
		"actual": false,
		"expected": true,
	}} with input as bad
	rule.fix == {{"op": "replace", "path": _enabled, "value": true}} with input as bad
}

test_optional_mfa_without_a_factor_fails if {
	some violation in rule.deny with input as _with({"MfaConfiguration": "OPTIONAL"})
	violation.actual == null
	contains(violation.msg, "nobody can use it")
}

test_each_factor_is_enough if {
	every block in [
		{"SoftwareTokenMfaConfiguration": {"Enabled": true}},
		{"SmsMfaConfiguration": {"SmsConfiguration": _sms}},
		{"SmsMfaConfiguration": {"SmsConfiguration": {"EumsSms": {}}}},
		{"EmailMfaConfiguration": {}},
	] {
		count(rule.deny) == 0 with input as _with(object.union({"MfaConfiguration": "ON"}, block))
	}
}

test_texts_and_passkeys_are_no_factors if {
	every block in [
		{"SmsMfaConfiguration": {"SmsAuthenticationMessage": "{####}"}},
		{"WebAuthnConfiguration": {"RelyingPartyId": "example.com"}},
	] {
		count(rule.deny) == 1 with input as _with(object.union({"MfaConfiguration": "ON"}, block))
	}
}

test_mode_may_stand_in_the_pool_only if {
	some violation in rule.deny with input as _with({})
	contains(violation.msg, "MFA is ON")
}

test_sms_settings_that_are_no_factor_are_left_alone if {
	bad := json.patch(_with({"MfaConfiguration": "ON"}), [{"op": "add", "path": "/UserPool/SmsConfiguration", "value": _sms}])
	count(rule.deny) == 1 with input as bad
	count(rule.fix) == 0 with input as bad
}

test_mfa_off_is_exempt if {
	off := _with({"MfaConfiguration": "OFF"})
	not rule.applies with input as off
	count(rule.deny) == 0 with input as off
}

test_exemption_needs_a_known_mode if {
	unread := fixtures.pool([
		{"op": "remove", "path": "/MfaConfig"},
		{"op": "remove", "path": "/UserPool/MfaConfiguration"},
	])
	rule.applies with input as unread
	count(rule.deny) == 0 with input as unread
}
