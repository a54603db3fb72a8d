package cognilint.rules.recovery.recovery_first_channel_verifiable_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.recovery.recovery_first_channel_verifiable as rule

_path := ["UserPool", "AutoVerifiedAttributes"]

_edit(name) := {"op": "add", "path": _path, "value": name}

_open(patches) := fixtures.pool(array.concat(
	[{"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": false}],
	patches,
))

_with(mechanisms, verified, patches) := _open(array.concat(
	[
		{"op": "replace", "path": "/UserPool/AccountRecoverySetting/RecoveryMechanisms", "value": mechanisms},
		{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": verified},
	],
	patches,
))

_email := {"Name": "verified_email", "Priority": 1}

_phone := {"Name": "verified_phone_number", "Priority": 1}

_sms := {"op": "add", "path": "/UserPool/SmsConfiguration", "value": {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}}

test_verified_email_passes if {
	rule.applies with input as _open([])
	count(rule.deny) == 0 with input as _open([])
	count(rule.fix) == 0 with input as _open([])
}

test_order_of_the_list_does_not_matter if {
	count(rule.deny) == 0 with input as _with([_email], ["phone_number", "email"], [])
}

test_unverified_email_fails_and_is_added if {
	every verified in [[], ["phone_number"]] {
		rule.deny == {{
			"msg": "account recovery tries email first and sign-up does not verify it, expected email among AutoVerifiedAttributes (local passwords: client \"web\")",
			"path": _path,
			"actual": verified,
			"expected": "email among them",
		}} with input as _with([_email], verified, [])
		rule.fix == {_edit("email")} with input as _with([_email], verified, [])
	}
}

test_absent_list_verifies_nothing if {
	absent := _open([{"op": "remove", "path": "/UserPool/AutoVerifiedAttributes"}])
	some violation in rule.deny with input as absent
	violation.actual == null
	rule.fix == {_edit("email")} with input as absent
}

test_phone_is_added_only_where_sms_works if {
	some violation in rule.deny with input as _with([_phone], ["email"], [])
	violation.expected == "phone_number among them"
	count(rule.fix) == 0 with input as _with([_phone], ["email"], [])
	rule.fix == {_edit("phone_number")} with input as _with([_phone], ["email"], [_sms])
}

test_only_the_first_channel_counts_by_priority if {
	later := object.union(_phone, {"Priority": 2})
	count(rule.deny) == 0 with input as _with([later, _email], ["email"], [])
	count(rule.deny) == 1 with input as _with([later, _email], ["phone_number"], [])
}

test_absent_setting_tries_the_phone_first if {
	every pool in [
		_with([], ["email"], []),
		_open([{"op": "remove", "path": "/UserPool/AccountRecoverySetting"}]),
	] {
		some violation in rule.deny with input as pool
		contains(violation.msg, "phone_number first (the behaviour without a setting)")
	}
}

test_recovery_by_administrators_is_exempt if {
	not rule.applies with input as _with([{"Name": "admin_only", "Priority": 1}], [], [])
}

test_mechanism_of_the_future_is_exempt if {
	not rule.applies with input as _with([{"Name": "verified_pigeon", "Priority": 1}], [], [])
}

test_closed_sign_up_is_exempt if {
	not rule.applies with input as fixtures.good
}

test_absent_sign_up_setting_means_open if {
	rule.applies with input as fixtures.pool([{"op": "remove", "path": "/UserPool/AdminCreateUserConfig"}])
}

test_pools_without_local_passwords_are_exempt if {
	every clients in [[fixtures.sso_client], [fixtures.machine_client], [object.union(fixtures.sso_client, {"ExplicitAuthFlows": ["CUSTOM_AUTH_FLOW_ONLY"]})]] {
		not rule.applies with input as _with([_email], [], [
			{"op": "replace", "path": "/Clients", "value": clients},
			{"op": "add", "path": "/UserPool/LambdaConfig/DefineAuthChallenge", "value": "arn:aws:lambda:eu-west-1:111122223333:function:define"},
		])
	}
}

test_unread_clients_exempt_nothing if {
	unread := _with([_email], [], [{"op": "remove", "path": "/Clients"}])
	rule.applies with input as unread
	some violation in rule.deny with input as unread
	contains(violation.msg, "was not tested")
}
