package cognilint.rules.password.password_temporary_validity_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.password.password_temporary_validity as rule

_current := ["UserPool", "Policies", "PasswordPolicy", "TemporaryPasswordValidityDays"]

_legacy := ["UserPool", "AdminCreateUserConfig", "UnusedAccountValidityDays"]

_with_days(current, legacy) := fixtures.pool([
	{"op": "replace", "path": "/UserPool/Policies/PasswordPolicy/TemporaryPasswordValidityDays", "value": current},
	{"op": "replace", "path": "/UserPool/AdminCreateUserConfig/UnusedAccountValidityDays", "value": legacy},
])

_without_days := fixtures.pool([
	{"op": "remove", "path": "/UserPool/Policies/PasswordPolicy/TemporaryPasswordValidityDays"},
	{"op": "remove", "path": "/UserPool/AdminCreateUserConfig/UnusedAccountValidityDays"},
])

test_good_pool_passes if {
	count(rule.deny) == 0 with input as fixtures.good
	rule.applies with input as fixtures.good
}

test_long_validity_fails_and_is_lowered if {
	pool := _with_days(8, 7)
	some violation in rule.deny with input as pool
	violation.path == _current
	violation.actual == 8
	violation.expected == 7
	contains(violation.msg, `(local passwords: client "web")`)
	rule.fix == {{"op": "replace", "path": _current, "value": 7}} with input as pool
}

test_limit_is_inclusive if {
	count(rule.deny) == 0 with input as _with_days(7, 90)
	count(rule.fix) == 0 with input as _with_days(7, 90)
}

test_legacy_member_counts_when_the_current_one_is_unset if {
	absent := fixtures.pool([
		{"op": "remove", "path": "/UserPool/Policies/PasswordPolicy/TemporaryPasswordValidityDays"},
		{"op": "replace", "path": "/UserPool/AdminCreateUserConfig/UnusedAccountValidityDays", "value": 90},
	])
	every pool in [absent, _with_days(0, 90)] {
		some violation in rule.deny with input as pool
		violation.path == _legacy
		violation.actual == 90
		rule.fix == {{"op": "replace", "path": _current, "value": 7}} with input as pool
	}
}

test_unset_means_seven_days if {
	every pool in [_without_days, _with_days(0, 0)] {
		count(rule.deny) == 0 with input as pool
	}
	params := {"password-temporary-validity": {"max_days": 1}}
	some violation in rule.deny with input as _without_days with data.params as params
	violation.path == _current
	violation.actual == null
	violation.expected == 1
	contains(violation.msg, "7 days (absent")
	rule.fix == {{"op": "replace", "path": _current, "value": 1}} with input as _without_days
		with data.params as params
}

test_absent_policy_is_not_written_anew if {
	pool := fixtures.pool([
		{"op": "remove", "path": "/UserPool/Policies"},
		{"op": "replace", "path": "/UserPool/AdminCreateUserConfig/UnusedAccountValidityDays", "value": 90},
	])
	count(rule.deny) == 1 with input as pool
	count(rule.fix) == 0 with input as pool
}

test_pool_without_both_objects_passes if {
	pool := fixtures.pool([
		{"op": "remove", "path": "/UserPool/Policies"},
		{"op": "remove", "path": "/UserPool/AdminCreateUserConfig"},
	])
	count(rule.deny) == 0 with input as pool
}

test_parameter_can_be_overridden if {
	count(rule.deny) == 0 with input as _with_days(30, 7)
		with data.params as {"password-temporary-validity": {"max_days": 30}}
}

test_pool_with_federated_sign_in_only_is_exempt if {
	not rule.applies with input as fixtures.pool([{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
}

test_unread_clients_exempt_nothing if {
	pool := json.patch(_with_days(8, 7), [{"op": "remove", "path": "/Clients"}])
	rule.applies with input as pool
	some violation in rule.deny with input as pool
	contains(violation.msg, "was not tested")
}
