package cognilint.rules.signup.sign_in_options_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.signup.sign_in_options as rule

_usernames := ["UserPool", "UsernameAttributes"]

_aliases := ["UserPool", "AliasAttributes"]

_with(usernames, aliases) := fixtures.pool([
	{"op": "replace", "path": "/UserPool/UsernameAttributes", "value": usernames},
	{"op": "add", "path": "/UserPool/AliasAttributes", "value": aliases},
])

_params(params) := {"sign-in-options": params}

test_user_name_with_email_alias_passes if {
	count(rule.deny) == 0 with input as _with([], ["email"])

	absent := fixtures.pool([
		{"op": "remove", "path": "/UserPool/UsernameAttributes"},
		{"op": "add", "path": "/UserPool/AliasAttributes", "value": ["email", "preferred_username"]},
	])
	count(rule.deny) == 0 with input as absent
}

test_email_in_place_of_the_user_name_fails if {
	violations := rule.deny with input as fixtures.good
	{[v.path, v.actual, v.expected] | some v in violations} == {[_usernames, ["email"], []]}
}

test_aliases_must_be_the_same_set if {
	every aliases in [[], ["phone_number"], ["email", "phone_number"], ["preferred_username"]] {
		violations := rule.deny with input as _with([], aliases)
		{[v.path, v.actual, v.expected] | some v in violations} == {[_aliases, aliases, ["email"]]}
	}
	count(rule.deny) == 0 with input as _with([], ["phone_number", "email"])
		with data.params as _params({"options": ["username", "email", "phone_number"]})
}

test_user_name_alone if {
	params := _params({"options": ["username"]})
	count(rule.deny) == 0 with input as _with([], []) with data.params as params
	count(rule.deny) == 0 with input as _with([], ["preferred_username"]) with data.params as params
	count(rule.deny) == 1 with input as _with([], ["email"]) with data.params as params
}

test_addresses_in_place_of_the_user_name if {
	params := _params({"options": ["email"]})
	count(rule.deny) == 0 with input as fixtures.good with data.params as params

	violations := rule.deny with input as _with(["phone_number", "email"], []) with data.params as params
	{[v.path, v.actual, v.expected] | some v in violations} == {[_usernames, ["phone_number", "email"], ["email"]]}

	absent := fixtures.pool([{"op": "remove", "path": "/UserPool/UsernameAttributes"}])
	some violation in rule.deny with input as absent with data.params as params
	violation.actual == null
	contains(violation.msg, "nothing takes the place")
}

test_order_of_the_lists_does_not_matter if {
	count(rule.deny) == 0 with input as _with(["phone_number", "email"], [])
		with data.params as _params({"options": ["email", "phone_number"]})
}

test_preferred_username_can_be_required if {
	params := _params({"preferred_username_alias": "required"})
	count(rule.deny) == 0 with input as _with([], ["preferred_username", "email"]) with data.params as params

	violations := rule.deny with input as _with([], ["email"]) with data.params as params
	{[v.path, v.actual, v.expected] | some v in violations} == {[_aliases, ["email"], "preferred_username among them"]}
}

test_preferred_username_can_be_forbidden if {
	params := _params({"preferred_username_alias": "forbidden"})
	count(rule.deny) == 0 with input as _with([], ["email"]) with data.params as params

	violations := rule.deny with input as _with([], ["email", "preferred_username"]) with data.params as params
	{[v.path, v.actual] | some v in violations} == {[["UserPool", "AliasAttributes", 1], "preferred_username"]}
}
