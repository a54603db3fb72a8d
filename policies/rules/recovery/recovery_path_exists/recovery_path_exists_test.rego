package cognilint.rules.recovery.recovery_path_exists_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.recovery.recovery_path_exists as rule

_path := ["UserPool", "AccountRecoverySetting", "RecoveryMechanisms"]

_with(names, patches) := fixtures.pool(array.concat([{"op": "replace", "path": concat("/", array.concat([""], _path)), "value": _mechanisms(names)}], patches))

_mechanisms(names) := [{"Name": name, "Priority": i + 1} | some i, name in names]

_sms(value) := {"op": "add", "path": "/UserPool/SmsConfiguration", "value": value}

test_good_pool_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
}

test_phone_without_sms_fails if {
	some violation in rule.deny with input as _with(["verified_phone_number"], [])
	violation.path == _path
	violation.actual == _mechanisms(["verified_phone_number"])
	endswith(violation.msg, " (local passwords: client \"web\")")
}

test_phone_with_sms_passes if {
	every sms in [{"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}, {"EumsSms": {}}] {
		count(rule.deny) == 0 with input as _with(["verified_phone_number"], [_sms(sms)])
	}
}

test_another_channel_is_enough if {
	every names in [
		["verified_email"],
		["verified_phone_number", "verified_email"],
		["admin_only"],
		["verified_phone_number", "a_channel_of_the_future"],
	] {
		count(rule.deny) == 0 with input as _with(names, [])
	}
}

test_legacy_recovery_passes if {
	count(rule.deny) == 0 with input as _with([], [])
	every path in ["/UserPool/AccountRecoverySetting", "/UserPool/AccountRecoverySetting/RecoveryMechanisms"] {
		count(rule.deny) == 0 with input as fixtures.pool([{"op": "remove", "path": path}])
	}
}

test_pool_with_federated_sign_in_only_is_exempt if {
	not rule.applies with input as fixtures.pool([{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
}

test_exemption_needs_the_clients if {
	unread := _with(["verified_phone_number"], [{"op": "remove", "path": "/Clients"}])
	rule.applies with input as unread
	some violation in rule.deny with input as unread
	contains(violation.msg, "was not tested")
}
