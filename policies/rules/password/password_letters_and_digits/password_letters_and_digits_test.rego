package cognilint.rules.password.password_letters_and_digits_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.password.password_letters_and_digits as rule

_numbers := ["UserPool", "Policies", "PasswordPolicy", "RequireNumbers"]

_lowercase := ["UserPool", "Policies", "PasswordPolicy", "RequireLowercase"]

_require(path) := {"op": "replace", "path": path, "value": true}

_with(classes) := fixtures.pool([{
	"op": "replace",
	"path": "/UserPool/Policies/PasswordPolicy",
	"value": object.union({"MinimumLength": 12}, classes),
}])

test_good_pool_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.fix) == 0 with input as fixtures.good
}

test_one_kind_of_letters_is_enough if {
	every letters in ["RequireLowercase", "RequireUppercase"] {
		count(rule.deny) == 0 with input as _with({"RequireNumbers": true, letters: true})
	}
}

test_letters_only_fail if {
	pool := _with({"RequireUppercase": true, "RequireNumbers": false, "RequireSymbols": true})
	rule.deny == {{
		"msg": `passwords need no digit, expected letters and digits (local passwords: client "web")`,
		"path": _numbers,
		"actual": false,
		"expected": true,
	}} with input as pool
	rule.fix == {_require(_numbers)} with input as pool
}

test_digits_only_fail_and_get_lowercase if {
	pool := _with({"RequireNumbers": true, "RequireLowercase": false, "RequireUppercase": false})
	some violation in rule.deny with input as pool
	violation.path == _lowercase
	violation.actual == false
	contains(violation.msg, "no letter")
	rule.fix == {_require(_lowercase)} with input as pool
}

test_absent_members_of_a_policy_mean_not_required if {
	found := rule.deny with input as _with({})
	{[violation.path, violation.actual] | some violation in found} == {[_numbers, null], [_lowercase, null]}
	rule.fix == {_require(_numbers), _require(_lowercase)} with input as _with({})
}

test_symbols_replace_neither if {
	count(rule.deny) == 2 with input as _with({"RequireSymbols": true})
}

test_absent_policy_is_the_default_of_the_service if {
	every path in ["/UserPool/Policies", "/UserPool/Policies/PasswordPolicy"] {
		pool := fixtures.pool([{"op": "remove", "path": path}])
		count(rule.deny) == 0 with input as pool
		count(rule.fix) == 0 with input as pool
	}
}

test_pool_with_federated_sign_in_only_is_exempt if {
	not rule.applies with input as json.patch(_with({}), [{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
}

test_unread_clients_exempt_nothing if {
	pool := json.patch(_with({"RequireLowercase": true}), [{"op": "remove", "path": "/Clients"}])
	rule.applies with input as pool
	some violation in rule.deny with input as pool
	contains(violation.msg, "was not tested")
}
