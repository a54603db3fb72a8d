package cognilint.rules.mfa.mfa_totp_enabled_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.mfa_totp_enabled as rule

_enabled := ["MfaConfig", "SoftwareTokenMfaConfiguration", "Enabled"]

_disable := {"op": "replace", "path": "/MfaConfig/SoftwareTokenMfaConfiguration/Enabled", "value": false}

_email := {"op": "add", "path": "/MfaConfig/EmailMfaConfiguration", "value": {"Message": "{####}"}}

_edit := {"op": "replace", "path": _enabled, "value": true}

test_good_pool_passes if {
	count(rule.deny) == 0 with input as fixtures.good
	rule.applies with input as fixtures.good
}

test_disabled_fails_and_is_switched_on if {
	pool := fixtures.pool([_disable, _email])
	some violation in rule.deny with input as pool
	violation.path == _enabled
	violation.actual == false
	violation.expected == true
	contains(violation.msg, `(local passwords: client "web")`)
	rule.fix == {_edit} with input as pool
}

test_absent_block_means_off if {
	pool := fixtures.pool([{"op": "remove", "path": "/MfaConfig/SoftwareTokenMfaConfiguration"}, _email])
	some violation in rule.deny with input as pool
	violation.actual == null
	contains(violation.msg, "absent, which means off")
	rule.fix == {_edit} with input as pool
}

test_factor_is_not_added_while_mfa_is_off if {
	pool := fixtures.pool([
		_disable,
		{"op": "replace", "path": "/UserPool/MfaConfiguration", "value": "OFF"},
		{"op": "replace", "path": "/MfaConfig/MfaConfiguration", "value": "OFF"},
	])
	count(rule.deny) == 1 with input as pool
	count(rule.fix) == 0 with input as pool
}

test_sms_settings_without_sms_factor_forbid_the_fix if {
	sms := {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms", "ExternalId": "x"}
	only_pool := [_disable, _email, {"op": "add", "path": "/UserPool/SmsConfiguration", "value": sms}]
	count(rule.deny) == 1 with input as fixtures.pool(only_pool)
	count(rule.fix) == 0 with input as fixtures.pool(only_pool)

	both := array.concat(only_pool, [{"op": "add", "path": "/MfaConfig/SmsMfaConfiguration", "value": {"SmsConfiguration": sms}}])
	rule.fix == {_edit} with input as fixtures.pool(both)
}

test_pool_with_federated_sign_in_only_is_exempt if {
	not rule.applies with input as fixtures.pool([_disable, {"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
}
