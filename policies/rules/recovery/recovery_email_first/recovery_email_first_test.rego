package cognilint.rules.recovery.recovery_email_first_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.recovery.recovery_email_first as rule

_list := ["UserPool", "AccountRecoverySetting", "RecoveryMechanisms"]

_email := {"Name": "verified_email", "Priority": 1}

_phone := {"Name": "verified_phone_number", "Priority": 2}

_with(mechanisms, patches) := fixtures.pool(array.concat(
	[{"op": "replace", "path": "/UserPool/AccountRecoverySetting/RecoveryMechanisms", "value": mechanisms}],
	patches,
))

_edit(mechanisms) := {"op": "replace", "path": _list, "value": mechanisms}

_sms_factor := {
	"op": "add",
	"path": "/MfaConfig/SmsMfaConfiguration",
	"value": {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}},
}

_phone_first := [{"Name": "verified_phone_number", "Priority": 1}, {"Name": "verified_email", "Priority": 2}]

_phone_only := [{"Name": "verified_phone_number", "Priority": 1}]

_admin_only := [{"Name": "admin_only", "Priority": 1}]

_documented := {"recovery-email-first": {"allow_admin_only": false, "second": "verified_phone_number"}}

test_good_pool_passes if {
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.fix) == 0 with input as fixtures.good
	rule.applies with input as fixtures.good
}

test_phone_first_fails_and_is_turned_around if {
	pool := _with(_phone_first, [])
	some violation in rule.deny with input as pool
	violation.path == array.concat(_list, [0, "Name"])
	violation.actual == "verified_phone_number"
	violation.expected == "verified_email"
	contains(violation.msg, `(local passwords: client "web")`)
	rule.fix == {_edit([_email, _phone])} with input as pool
}

test_priority_counts_and_not_the_position if {
	count(rule.deny) == 0 with input as _with([_phone, _email], [])

	turned := [{"Name": "verified_email", "Priority": 2}, {"Name": "verified_phone_number", "Priority": 1}]
	some violation in rule.deny with input as _with(turned, [])
	violation.path == array.concat(_list, [1, "Name"])
}

test_position_does_not_break_a_tie if {
	tied := [{"Name": "verified_email", "Priority": 1}, {"Name": "verified_phone_number", "Priority": 1}]
	every mechanisms in [tied, array.reverse(tied)] {
		count(rule.deny) == 0 with input as _with(mechanisms, [])
	}
}

test_absent_or_empty_setting_is_the_legacy_behaviour if {
	absent := fixtures.pool([{"op": "remove", "path": "/UserPool/AccountRecoverySetting"}])
	some violation in rule.deny with input as absent
	violation.path == _list
	violation.actual == null
	contains(violation.msg, "SMS before email")
	rule.fix == {_edit([_email, _phone])} with input as absent

	some other in rule.deny with input as _with([], [])
	other.actual == []
}

test_phone_entry_is_left_out_while_sms_is_a_factor if {
	rule.fix == {_edit([_email])} with input as _with(_phone_first, [_sms_factor])
	rule.fix == {_edit([_email])} with input as _with([], [_sms_factor])
}

test_fix_needs_the_factors_and_verified_email if {
	every patch in [
		{"op": "remove", "path": "/MfaConfig"},
		{"op": "remove", "path": "/UserPool/AutoVerifiedAttributes"},
		{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": ["phone_number"]},
	] {
		count(rule.deny) == 1 with input as _with(_phone_only, [patch])
		count(rule.fix) == 0 with input as _with(_phone_only, [patch])
	}
}

test_admin_only_is_accepted_by_default if {
	count(rule.deny) == 0 with input as _with(_admin_only, [])

	# An accepted admin_only cannot have a second mechanism.
	count(rule.deny) == 0 with input as _with(_admin_only, [])
		with data.params as {"recovery-email-first": {"second": "verified_phone_number"}}
}

test_admin_only_can_be_refused if {
	params := {"recovery-email-first": {"allow_admin_only": false}}
	some violation in rule.deny with input as _with(_admin_only, []) with data.params as params
	violation.path == array.concat(_list, [0, "Name"])
	violation.actual == "admin_only"
	rule.fix == {_edit([_email])} with input as _with(_admin_only, []) with data.params as params
}

test_demanded_second_mechanism_is_present if {
	count(rule.deny) == 0 with input as _with([_phone, _email], []) with data.params as _documented
}

test_missing_second_mechanism_fails_and_is_added if {
	violations := rule.deny with input as fixtures.good with data.params as _documented
	some violation in violations
	count(violations) == 1
	violation.path == _list
	violation.actual == [_email]
	violation.expected == "verified_phone_number at priority 2"
	rule.fix == {_edit([_email, _phone])} with input as fixtures.good with data.params as _documented
}

test_wrong_order_fails_twice_with_a_demanded_second if {
	violations := rule.deny with input as _with(_phone_first, []) with data.params as _documented
	{violation.path | some violation in violations} == {
		array.concat(_list, [0, "Name"]),
		array.concat(_list, [1, "Name"]),
	}
}

test_demanded_phone_is_not_fixed_while_sms_is_a_factor if {
	pool := fixtures.pool([_sms_factor])
	count(rule.deny) == 1 with input as pool with data.params as _documented
	count(rule.fix) == 0 with input as pool with data.params as _documented
}

test_pool_with_federated_sign_in_only_is_exempt if {
	not rule.applies with input as _with(_phone_only, [{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
}

test_no_edit_that_leaves_email_alone_while_it_is_a_factor if {
	pool := fixtures.pool([
		{"op": "replace", "path": "/UserPool/AccountRecoverySetting/RecoveryMechanisms", "value": [{"Name": "admin_only", "Priority": 1}]},
		{"op": "add", "path": "/MfaConfig/EmailMfaConfiguration", "value": {"Message": "{####}"}},
	])
	count(rule.deny) > 0 with input as pool with data.params as {"recovery-email-first": {"allow_admin_only": false}}
	count(rule.fix) == 0 with input as pool with data.params as {"recovery-email-first": {"allow_admin_only": false}}
}
