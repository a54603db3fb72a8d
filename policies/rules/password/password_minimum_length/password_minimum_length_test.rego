package cognilint.rules.password.password_minimum_length_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.password.password_minimum_length as rule

_length := ["UserPool", "Policies", "PasswordPolicy", "MinimumLength"]

_with_length(n) := fixtures.pool([{"op": "replace", "path": concat("/", array.concat([""], _length)), "value": n}])

test_good_pool_passes if {
	count(rule.deny) == 0 with input as fixtures.good
	rule.applies with input as fixtures.good
}

test_short_length_fails_and_is_raised if {
	some violation in rule.deny with input as _with_length(11)
	violation.path == _length
	violation.actual == 11
	violation.expected == 12
	rule.fix == {{"op": "replace", "path": _length, "value": 12}} with input as _with_length(11)
}

test_limit_is_inclusive if {
	count(rule.deny) == 0 with input as _with_length(12)
	count(rule.fix) == 0 with input as _with_length(12)
}

test_absent_policy_is_the_default_of_the_service if {
	some violation in rule.deny with input as fixtures.pool([{"op": "remove", "path": "/UserPool/Policies"}])
	violation.actual == null
	contains(violation.msg, "8 characters")
	count(rule.fix) == 0 with input as fixtures.pool([{"op": "remove", "path": "/UserPool/Policies"}])
}

test_policy_without_length_is_unknown if {
	rule.unknown == {_length} with input as fixtures.pool([{"op": "remove", "path": "/UserPool/Policies/PasswordPolicy/MinimumLength"}])
}

test_parameter_can_be_overridden if {
	count(rule.deny) == 1 with input as fixtures.good
		with data.params as {"password-minimum-length": {"min": 15}}
}

test_required_mfa_allows_a_lower_limit if {
	params := {"password-minimum-length": {"min": 15, "min_when_mfa_required": 8}}
	count(rule.deny) == 0 with input as fixtures.good with data.params as params

	off := fixtures.pool([{"op": "replace", "path": "/MfaConfig/MfaConfiguration", "value": "OPTIONAL"}])
	count(rule.deny) == 1 with input as off with data.params as params

	unread := fixtures.pool([
		{"op": "remove", "path": "/MfaConfig"},
		{"op": "remove", "path": "/UserPool/MfaConfiguration"},
	])
	rule.unknown == {["MfaConfig"]} with input as unread with data.params as params
}

test_pool_with_federated_sign_in_only_is_exempt if {
	not rule.applies with input as fixtures.pool([{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
}

test_exemption_needs_all_clients if {
	unproven := fixtures.pool([
		{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]},
		{"op": "add", "path": "/unknown/-", "value": {"path": "/Clients/-", "reason": "the list may be longer"}},
	])
	rule.applies with input as unproven
}
