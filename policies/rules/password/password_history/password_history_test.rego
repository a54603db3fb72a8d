package cognilint.rules.password.password_history_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.password.password_history as rule

_path := ["UserPool", "Policies", "PasswordPolicy", "PasswordHistorySize"]

_keep(n) := {"op": "replace", "path": _path, "value": n}

_with_size(n) := fixtures.pool([{"op": "add", "path": "/UserPool/Policies/PasswordPolicy/PasswordHistorySize", "value": n}])

_with_tier(tier) := fixtures.pool([{"op": "replace", "path": "/UserPool/UserPoolTier", "value": tier}])

test_absent_history_fails_and_is_set if {
	rule.applies with input as fixtures.good
	rule.deny == {{
		"msg": `previous passwords are not refused, expected at least 4 (local passwords: client "web")`,
		"path": _path,
		"actual": null,
		"expected": 4,
	}} with input as fixtures.good
	rule.fix == {_keep(4)} with input as fixtures.good
	rule.fix == {_keep(4)} with input as _with_tier("PLUS")
}

test_short_history_fails if {
	some violation in rule.deny with input as _with_size(3)
	violation.actual == 3
	contains(violation.msg, "only the last 3 passwords")
	some zero in rule.deny with input as _with_size(0)
	zero.actual == 0
}

test_limit_is_inclusive if {
	every n in [4, 24] {
		count(rule.deny) == 0 with input as _with_size(n)
		count(rule.fix) == 0 with input as _with_size(n)
	}
}

test_parameter_can_be_overridden if {
	params := {"password-history": {"min_size": 10}}
	rule.fix == {_keep(10)} with input as _with_size(9) with data.params as params
	count(rule.deny) == 0 with input as _with_size(10) with data.params as params
}

test_plan_lite_fails_without_an_edit if {
	some violation in rule.deny with input as _with_tier("LITE")
	contains(violation.msg, "the plan LITE has no password history")
	count(rule.fix) == 0 with input as _with_tier("LITE")
}

test_plan_that_is_not_told_or_new_gets_no_edit if {
	every pool in [fixtures.pool([{"op": "remove", "path": "/UserPool/UserPoolTier"}]), _with_tier("NEW")] {
		some violation in rule.deny with input as pool
		not contains(violation.msg, "plan")
		count(rule.fix) == 0 with input as pool
	}
}

test_absent_policy_fails_and_is_not_written_anew if {
	every path in ["/UserPool/Policies", "/UserPool/Policies/PasswordPolicy"] {
		pool := fixtures.pool([{"op": "remove", "path": path}])
		count(rule.deny) == 1 with input as pool
		count(rule.fix) == 0 with input as pool
	}
}

test_pool_with_federated_sign_in_only_is_exempt if {
	not rule.applies with input as fixtures.pool([{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
}

test_unread_clients_exempt_nothing if {
	pool := fixtures.pool([{"op": "remove", "path": "/Clients"}])
	rule.applies with input as pool
	some violation in rule.deny with input as pool
	contains(violation.msg, "was not tested")
}

test_history_that_the_plan_does_not_have_fails if {
	pool := fixtures.pool([
		{"op": "add", "path": "/UserPool/Policies/PasswordPolicy/PasswordHistorySize", "value": 4},
		{"op": "replace", "path": "/UserPool/UserPoolTier", "value": "LITE"},
	])
	some violation in rule.deny with input as pool
	violation.path == ["UserPool", "UserPoolTier"]
}
