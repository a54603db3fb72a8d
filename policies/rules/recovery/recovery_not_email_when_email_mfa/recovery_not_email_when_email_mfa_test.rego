package cognilint.rules.recovery.recovery_not_email_when_email_mfa_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.recovery.recovery_not_email_when_email_mfa as rule

_list := ["UserPool", "AccountRecoverySetting", "RecoveryMechanisms"]

_email := {"Name": "verified_email", "Priority": 1}

_phone := {"Name": "verified_phone_number", "Priority": 2}

# Email is the only factor.
_with(mechanisms, patches) := fixtures.pool(array.concat(
	[
		{"op": "remove", "path": "/MfaConfig/SoftwareTokenMfaConfiguration"},
		{"op": "add", "path": "/MfaConfig/EmailMfaConfiguration", "value": {}},
		{"op": "replace", "path": "/UserPool/AccountRecoverySetting/RecoveryMechanisms", "value": mechanisms},
	],
	patches,
))

test_email_first_fails if {
	every mechanisms in [[_email], [_email, _phone]] {
		rule.applies with input as _with(mechanisms, [])
		rule.deny == {{
			"msg": "account recovery starts with verified_email and email is the only MFA factor, expected another factor or another channel first (local passwords: client \"web\")",
			"path": array.concat(_list, [0, "Name"]),
			"actual": "verified_email",
			"expected": "verified_phone_number or admin_only, or authenticator apps as MFA factor",
		}} with input as _with(mechanisms, [])
	}
}

test_priority_counts_and_not_the_position if {
	some violation in rule.deny with input as _with([_phone, _email], [])
	violation.path == array.concat(_list, [1, "Name"])
	count(rule.deny) == 0 with input as _with([object.union(_email, {"Priority": 3}), _phone], [])
}

test_another_factor_passes if {
	every patch in [
		{"op": "add", "path": "/MfaConfig/SoftwareTokenMfaConfiguration", "value": {"Enabled": true}},
		{"op": "add", "path": "/MfaConfig/SmsMfaConfiguration", "value": {"SmsConfiguration": {}}},
	] {
		rule.applies with input as _with([_email, _phone], [patch])
		count(rule.deny) == 0 with input as _with([_email, _phone], [patch])
	}
	off := [{"op": "add", "path": "/MfaConfig/SoftwareTokenMfaConfiguration", "value": {"Enabled": false}}]
	count(rule.deny) == 1 with input as _with([_email, _phone], off)
}

test_another_channel_first_passes if {
	count(rule.deny) == 0 with input as _with([{"Name": "admin_only", "Priority": 1}], [])
	count(rule.deny) == 0 with input as _with([{"Name": "verified_phone_number", "Priority": 1}, {"Name": "verified_email", "Priority": 2}], [])
}

test_absent_setting_means_sms_first if {
	count(rule.deny) == 0 with input as _with([], [])
	count(rule.deny) == 0 with input as _with([], [{"op": "remove", "path": "/UserPool/AccountRecoverySetting"}])
}

test_pool_without_email_factor_is_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as fixtures.pool([{"op": "remove", "path": "/MfaConfig"}])
}

test_without_mfa_email_is_no_factor if {
	not rule.applies with input as _with([_email], [{"op": "replace", "path": "/MfaConfig/MfaConfiguration", "value": "OFF"}])
}

test_pool_with_federated_sign_in_only_is_exempt if {
	not rule.applies with input as _with([_email], [{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
}

test_unread_clients_exempt_nothing if {
	unread := _with([_email], [{"op": "remove", "path": "/Clients"}])
	rule.applies with input as unread
	some violation in rule.deny with input as unread
	contains(violation.msg, "was not tested")
}
