package cognilint.rules.mfa.mfa_no_email_factor_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.mfa_no_email_factor as rule

_email := {"EmailMfaConfiguration": {"Message": "{####}"}}

_with(mode, blocks) := fixtures.pool([
	{"op": "replace", "path": "/UserPool/MfaConfiguration", "value": mode},
	{"op": "replace", "path": "/MfaConfig", "value": object.union({"MfaConfiguration": mode}, blocks)},
])

test_good_pool_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
}

test_email_fails_alone_and_beside_others if {
	every blocks in [
		_email,
		object.union(_email, {"SoftwareTokenMfaConfiguration": {"Enabled": true}}),
		object.union(_email, {"SmsMfaConfiguration": {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}}}),
	] {
		every mode in ["ON", "OPTIONAL"] {
			rule.deny == {{
				"msg": "email is an MFA factor, expected authenticator apps or SMS only",
				"path": ["MfaConfig", "EmailMfaConfiguration"],
				"actual": {"Message": "{####}"},
				"expected": "no email factor",
			}} with input as _with(mode, blocks)
		}
	}
}

test_empty_block_is_the_factor_with_default_texts if {
	some violation in rule.deny with input as _with("ON", {"EmailMfaConfiguration": {}})
	violation.actual == {}
}

test_pool_without_a_factor_passes if {
	count(rule.deny) == 0 with input as _with("ON", {})
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
