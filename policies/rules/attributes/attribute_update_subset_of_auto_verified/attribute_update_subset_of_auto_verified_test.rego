package cognilint.rules.attributes.attribute_update_subset_of_auto_verified_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.attributes.attribute_update_subset_of_auto_verified as rule

_path := ["UserPool", "UserAttributeUpdateSettings", "AttributesRequireVerificationBeforeUpdate"]

_with(held_back, verified) := fixtures.pool([
	{"op": "replace", "path": concat("/", array.concat([""], _path)), "value": held_back},
	{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": verified},
])

test_good_pool_passes if {
	count(rule.deny) == 0 with input as fixtures.good
}

test_attribute_that_is_not_verified_fails if {
	rule.deny == {{
		"msg": "a change of phone_number waits for verification but the pool does not verify it, expected it among AutoVerifiedAttributes",
		"path": array.concat(_path, [1]),
		"actual": "phone_number",
		"expected": "an attribute of AutoVerifiedAttributes",
	}} with input as _with(["email", "phone_number"], ["email"])
}

test_order_does_not_matter if {
	count(rule.deny) == 0 with input as _with(["email", "phone_number"], ["phone_number", "email"])
}

test_fewer_or_no_attributes_pass if {
	count(rule.deny) == 0 with input as _with(["email"], ["phone_number", "email"])
	count(rule.deny) == 0 with input as _with([], [])
	count(rule.deny) == 0 with input as fixtures.pool([{"op": "remove", "path": "/UserPool/UserAttributeUpdateSettings"}])
}

test_absent_verification_is_none if {
	count(rule.deny) == 2 with input as _with(["email", "phone_number"], [])
	count(rule.deny) == 1 with input as fixtures.pool([{"op": "remove", "path": "/UserPool/AutoVerifiedAttributes"}])
}
