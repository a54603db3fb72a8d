package cognilint.rules.mfa.mfa_not_email_only_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.mfa_not_email_only as rule

_enabled := ["MfaConfig", "SoftwareTokenMfaConfiguration", "Enabled"]

_sms := {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}

_email := {"EmailMfaConfiguration": {"Message": "{####}"}}

_with(mode, blocks) := fixtures.pool([
	{"op": "replace", "path": "/UserPool/MfaConfiguration", "value": mode},
	{"op": "replace", "path": "/MfaConfig", "value": object.union({"MfaConfiguration": mode}, blocks)},
])

test_good_pool_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.fix) == 0 with input as fixtures.good
}

test_email_alone_fails_and_gets_company if {
	every mode in ["ON", "OPTIONAL"] {
		rule.deny == {{
			"msg": "email is the only MFA factor, expected authenticator apps beside it",
			"path": _enabled,
			"actual": null,
			"expected": true,
		}} with input as _with(mode, _email)
		rule.fix == {{"op": "replace", "path": _enabled, "value": true}} with input as _with(mode, _email)
	}
}

test_empty_block_is_the_factor_with_default_texts if {
	count(rule.deny) == 1 with input as _with("ON", {"EmailMfaConfiguration": {}})
}

test_disabled_apps_are_no_company if {
	some violation in rule.deny with input as _with("ON", object.union(_email, {"SoftwareTokenMfaConfiguration": {"Enabled": false}}))
	violation.actual == false
}

test_email_beside_another_factor_passes if {
	every block in [{"SoftwareTokenMfaConfiguration": {"Enabled": true}}, {"SmsMfaConfiguration": {"SmsConfiguration": _sms}}] {
		count(rule.deny) == 0 with input as _with("ON", object.union(_email, block))
	}
}

test_pool_without_a_factor_passes if {
	count(rule.deny) == 0 with input as _with("ON", {})
}

test_sms_settings_that_are_no_factor_are_left_alone if {
	bad := json.patch(_with("ON", _email), [{"op": "add", "path": "/UserPool/SmsConfiguration", "value": _sms}])
	count(rule.deny) == 1 with input as bad
	count(rule.fix) == 0 with input as bad
}

test_mfa_off_is_exempt if {
	not rule.applies with input as _with("OFF", _email)
	count(rule.deny) == 0 with input as _with("OFF", _email)
}

test_exemption_needs_a_known_mode if {
	unread := fixtures.pool([
		{"op": "remove", "path": "/MfaConfig"},
		{"op": "remove", "path": "/UserPool/MfaConfiguration"},
	])
	rule.applies with input as unread
	count(rule.deny) == 0 with input as unread
}
