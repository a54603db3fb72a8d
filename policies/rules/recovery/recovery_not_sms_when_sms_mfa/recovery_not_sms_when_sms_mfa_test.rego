package cognilint.rules.recovery.recovery_not_sms_when_sms_mfa_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.recovery.recovery_not_sms_when_sms_mfa as rule

_list := ["UserPool", "AccountRecoverySetting", "RecoveryMechanisms"]

_email := {"Name": "verified_email", "Priority": 1}

_phone := {"Name": "verified_phone_number", "Priority": 1}

_sms := {"op": "add", "path": "/MfaConfig/SmsMfaConfiguration", "value": {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}}}

# SMS and authenticator apps are on.
_with(mechanisms, patches) := fixtures.pool(array.concat(
	[
		_sms,
		{"op": "replace", "path": "/UserPool/AccountRecoverySetting/RecoveryMechanisms", "value": mechanisms},
	],
	patches,
))

_edit := {"op": "replace", "path": _list, "value": [_email]}

test_email_first_passes if {
	rule.applies with input as _with([_email], [])
	count(rule.deny) == 0 with input as _with([_email], [])
	count(rule.deny) == 0 with input as _with([object.union(_phone, {"Priority": 2}), _email], [])
	count(rule.fix) == 0 with input as _with([_email], [])
}

test_phone_only_fails_and_is_replaced if {
	rule.deny == {{
		"msg": "account recovery starts with verified_phone_number and SMS is an MFA factor, expected verified_email first (local passwords: client \"web\")",
		"path": array.concat(_list, [0, "Name"]),
		"actual": "verified_phone_number",
		"expected": "verified_email",
	}} with input as _with([_phone], [])
	rule.fix == {_edit} with input as _with([_phone], [])
}

test_priority_counts_and_not_the_position if {
	some violation in rule.deny with input as _with([object.union(_email, {"Priority": 2}), _phone], [])
	violation.path == array.concat(_list, [1, "Name"])
}

test_absent_or_empty_setting_means_sms_first if {
	some empty in rule.deny with input as _with([], [])
	empty.path == _list
	empty.actual == []

	absent := _with([], [{"op": "remove", "path": "/UserPool/AccountRecoverySetting"}])
	some violation in rule.deny with input as absent
	violation.actual == null
	contains(violation.msg, "SMS before email")
	rule.fix == {_edit} with input as absent
}

test_recovery_by_administrators_passes if {
	count(rule.deny) == 0 with input as _with([{"Name": "admin_only", "Priority": 1}], [])
}

test_fix_needs_verified_email if {
	every patch in [
		{"op": "remove", "path": "/UserPool/AutoVerifiedAttributes"},
		{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": ["phone_number"]},
	] {
		count(rule.deny) == 1 with input as _with([_phone], [patch])
		count(rule.fix) == 0 with input as _with([_phone], [patch])
	}
}

test_email_is_no_only_channel_beside_email_mfa if {
	pool := _with([_phone], [{"op": "add", "path": "/MfaConfig/EmailMfaConfiguration", "value": {}}])
	count(rule.deny) == 1 with input as pool
	count(rule.fix) == 0 with input as pool
}

test_other_factors_are_exempt if {
	every mechanisms in [[_phone], []] {
		not rule.applies with input as _with(mechanisms, [{"op": "remove", "path": "/MfaConfig/SmsMfaConfiguration"}])
	}
	not rule.applies with input as fixtures.pool([{"op": "add", "path": "/UserPool/SmsConfiguration", "value": {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}}])
}

test_unread_factors_are_not_judged if {
	not rule.applies with input as fixtures.pool([{"op": "remove", "path": "/MfaConfig"}])
}

test_sms_settings_of_any_kind_make_a_factor if {
	rule.applies with input as _with([_phone], [{"op": "replace", "path": "/MfaConfig/SmsMfaConfiguration/SmsConfiguration", "value": {"EumsSms": {}}}])
}

test_without_mfa_sms_is_no_factor if {
	not rule.applies with input as _with([_phone], [{"op": "replace", "path": "/MfaConfig/MfaConfiguration", "value": "OFF"}])
	rule.applies with input as _with([_phone], [{"op": "replace", "path": "/MfaConfig/MfaConfiguration", "value": "OPTIONAL"}])
}

test_pool_with_federated_sign_in_only_is_exempt if {
	not rule.applies with input as _with([_phone], [{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
}

test_unread_clients_exempt_nothing if {
	unread := _with([_phone], [{"op": "remove", "path": "/Clients"}])
	rule.applies with input as unread
	some violation in rule.deny with input as unread
	contains(violation.msg, "was not tested")
}
