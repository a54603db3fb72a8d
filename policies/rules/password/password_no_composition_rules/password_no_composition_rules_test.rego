package cognilint.rules.password.password_no_composition_rules_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.password.password_no_composition_rules as rule

_policy := ["UserPool", "Policies", "PasswordPolicy"]

_path(member) := array.concat(_policy, [member])

_allow(member) := {"op": "replace", "path": _path(member), "value": false}

_with(policy, mode) := fixtures.pool([
	{"op": "replace", "path": "/UserPool/Policies/PasswordPolicy", "value": policy},
	{"op": "replace", "path": "/UserPool/MfaConfiguration", "value": mode},
	{"op": "replace", "path": "/MfaConfig/MfaConfiguration", "value": mode},
])

_numbers(length) := {"MinimumLength": length, "RequireNumbers": true}

test_each_class_fails_and_is_dropped if {
	members := {"RequireLowercase", "RequireUppercase", "RequireNumbers", "RequireSymbols"}
	found := rule.deny with input as fixtures.good
	{violation.path | some violation in found} == {_path(member) | some member in members}
	rule.fix == {_allow(member) | some member in members} with input as fixtures.good
}

test_only_the_required_classes_are_named if {
	pool := _with({"MinimumLength": 15, "RequireLowercase": false, "RequireSymbols": true}, "ON")
	rule.deny == {{
		"msg": `passwords must contain a symbol, expected no particular characters (local passwords: client "web")`,
		"path": _path("RequireSymbols"),
		"actual": true,
		"expected": false,
	}} with input as pool
	rule.fix == {_allow("RequireSymbols")} with input as pool
}

test_policy_of_length_only_passes if {
	every policy in [
		{"MinimumLength": 15},
		{"MinimumLength": 15, "RequireLowercase": false, "RequireUppercase": false, "RequireNumbers": false, "RequireSymbols": false},
	] {
		rule.applies with input as _with(policy, "OFF")
		count(rule.deny) == 0 with input as _with(policy, "OFF")
	}
}

test_absent_policy_requires_all_classes_and_is_not_written_anew if {
	every path in ["/UserPool/Policies", "/UserPool/Policies/PasswordPolicy"] {
		pool := fixtures.pool([{"op": "remove", "path": path}])
		some violation in rule.deny with input as pool
		violation.path == _policy
		violation.actual == null
		contains(violation.msg, "all classes")
		count(rule.fix) == 0 with input as pool
	}
}

test_fix_needs_length if {
	every mode in ["OFF", "OPTIONAL"] {
		rule.fix == {_allow("RequireNumbers")} with input as _with(_numbers(15), mode)
		count(rule.deny) == 1 with input as _with(_numbers(14), mode)
		count(rule.fix) == 0 with input as _with(_numbers(14), mode)
	}
}

test_required_mfa_allows_a_lower_length if {
	rule.fix == {_allow("RequireNumbers")} with input as _with(_numbers(8), "ON")
	count(rule.fix) == 0 with input as _with(_numbers(7), "ON")
	count(rule.fix) == 0 with input as _with({"RequireNumbers": true}, "ON")
}

test_unknown_mode_allows_no_lower_length if {
	unread := json.patch(_with(_numbers(12), "ON"), [
		{"op": "remove", "path": "/MfaConfig"},
		{"op": "remove", "path": "/UserPool/MfaConfiguration"},
	])
	count(rule.deny) == 1 with input as unread
	count(rule.fix) == 0 with input as unread
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
