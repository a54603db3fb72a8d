package cognilint.rules.signup.signup_auto_verifies_email_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.signup.signup_auto_verifies_email as rule

_path := ["UserPool", "AutoVerifiedAttributes"]

_with(names) := fixtures.pool([{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": names}])

_edit := {"op": "add", "path": _path, "value": "email"}

_only := {"signup-auto-verifies-email": {"only": true}}

test_good_pool_passes if {
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good with data.params as _only
	count(rule.fix) == 0 with input as fixtures.good
}

test_phone_alone_fails_and_email_is_added if {
	some violation in rule.deny with input as _with(["phone_number"])
	violation.path == _path
	violation.actual == ["phone_number"]
	violation.expected == "email among them"
	contains(violation.msg, "only phone_number is verified")
	rule.fix == {_edit} with input as _with(["phone_number"])
}

test_empty_and_absent_lists_fail if {
	some empty in rule.deny with input as _with([])
	empty.actual == []
	rule.fix == {_edit} with input as _with([])

	absent := fixtures.pool([{"op": "remove", "path": "/UserPool/AutoVerifiedAttributes"}])
	some violation in rule.deny with input as absent
	violation.actual == null
	contains(violation.msg, "no attribute is verified")
	rule.fix == {_edit} with input as absent
}

test_other_attributes_are_accepted_by_default if {
	count(rule.deny) == 0 with input as _with(["phone_number", "email"])
}

test_other_attributes_can_be_refused_but_are_never_removed if {
	pool := _with(["phone_number", "email"])
	some violation in rule.deny with input as pool with data.params as _only
	violation.path == ["UserPool", "AutoVerifiedAttributes", 0]
	violation.actual == "phone_number"
	violation.expected == "email only"
	count(rule.fix) == 0 with input as pool with data.params as _only
}

test_phone_alone_fails_twice_when_only_email_is_allowed if {
	count(rule.deny) == 2 with input as _with(["phone_number"]) with data.params as _only
	rule.fix == {_edit} with input as _with(["phone_number"]) with data.params as _only
}
