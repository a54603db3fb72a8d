package cognilint.rules.mfa.mfa_not_sms_only_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.mfa_not_sms_only as rule

_enabled := ["MfaConfig", "SoftwareTokenMfaConfiguration", "Enabled"]

_sms := {"SmsMfaConfiguration": {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}}}

_email := {"EmailMfaConfiguration": {"Message": "{####}"}}

_with(mode, blocks) := fixtures.pool([
	{"op": "replace", "path": "/UserPool/MfaConfiguration", "value": mode},
	{"op": "replace", "path": "/MfaConfig", "value": object.union({"MfaConfiguration": mode}, blocks)},
	{"op": "add", "path": "/UserPool/SmsConfiguration", "value": {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}},
])

test_good_pool_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.fix) == 0 with input as fixtures.good
}

test_sms_alone_fails_and_gets_company if {
	every mode in ["ON", "OPTIONAL"] {
		rule.deny == {{
			"msg": "SMS is the only MFA factor, expected authenticator apps beside it",
			"path": _enabled,
			"actual": null,
			"expected": true,
		}} with input as _with(mode, _sms)
		rule.fix == {{"op": "replace", "path": _enabled, "value": true}} with input as _with(mode, _sms)
	}
}

test_disabled_apps_are_no_company if {
	some violation in rule.deny with input as _with("ON", object.union(_sms, {"SoftwareTokenMfaConfiguration": {"Enabled": false}}))
	violation.actual == false
}

test_passkeys_are_no_company if {
	count(rule.deny) == 1 with input as _with("ON", object.union(_sms, {"WebAuthnConfiguration": {"RelyingPartyId": "example.com"}}))
}

test_sms_settings_of_a_newer_kind_count if {
	count(rule.deny) == 1 with input as _with("ON", {"SmsMfaConfiguration": {"SmsConfiguration": {"EumsSms": {}}}})
}

test_sms_beside_another_factor_passes if {
	every block in [{"SoftwareTokenMfaConfiguration": {"Enabled": true}}, _email] {
		count(rule.deny) == 0 with input as _with("ON", object.union(_sms, block))
	}
}

test_other_factors_alone_pass if {
	every blocks in [{}, _email, {"SmsMfaConfiguration": {"SmsAuthenticationMessage": "{####}"}}] {
		count(rule.deny) == 0 with input as _with("ON", blocks)
	}
}

test_mfa_off_is_exempt if {
	not rule.applies with input as _with("OFF", _sms)
	count(rule.deny) == 0 with input as _with("OFF", _sms)
}

test_exemption_needs_a_known_mode if {
	unread := fixtures.pool([
		{"op": "remove", "path": "/MfaConfig"},
		{"op": "remove", "path": "/UserPool/MfaConfiguration"},
	])
	rule.applies with input as unread
	count(rule.deny) == 0 with input as unread
}
