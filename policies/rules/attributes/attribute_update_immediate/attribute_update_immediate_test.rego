package cognilint.rules.attributes.attribute_update_immediate_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.attributes.attribute_update_immediate as rule

_path := ["UserPool", "UserAttributeUpdateSettings", "AttributesRequireVerificationBeforeUpdate"]

test_verification_fails_and_is_switched_off if {
	some violation in rule.deny with input as fixtures.good
	violation.path == _path
	violation.actual == ["email"]
	violation.expected == []
	rule.fix == {{"op": "replace", "path": _path, "value": []}} with input as fixtures.good
}

test_all_attributes_are_named if {
	pool := fixtures.pool([{
		"op": "replace",
		"path": "/UserPool/UserAttributeUpdateSettings/AttributesRequireVerificationBeforeUpdate",
		"value": ["phone_number", "email"],
	}])
	some violation in rule.deny with input as pool
	contains(violation.msg, "email, phone_number")
}

test_empty_and_absent_lists_pass if {
	every patch in [
		{"op": "replace", "path": "/UserPool/UserAttributeUpdateSettings/AttributesRequireVerificationBeforeUpdate", "value": []},
		{"op": "remove", "path": "/UserPool/UserAttributeUpdateSettings/AttributesRequireVerificationBeforeUpdate"},
		{"op": "remove", "path": "/UserPool/UserAttributeUpdateSettings"},
	] {
		count(rule.deny) == 0 with input as fixtures.pool([patch])
		count(rule.fix) == 0 with input as fixtures.pool([patch])
	}
}
