package cognilint.rules.attributes.schema_required_attributes_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.attributes.schema_required_attributes as rule

# The attribute email stands behind sub.
_required := ["UserPool", "SchemaAttributes", 1, "Required"]

test_good_pool_passes if {
	count(rule.deny) == 0 with input as fixtures.good
}

test_optional_attribute_fails if {
	some violation in rule.deny with input as fixtures.pool([{"op": "replace", "path": "/UserPool/SchemaAttributes/1/Required", "value": false}])
	violation.path == _required
	violation.actual == false
	violation.expected == true
}

test_absent_flag_means_optional if {
	some violation in rule.deny with input as fixtures.pool([{"op": "remove", "path": "/UserPool/SchemaAttributes/1/Required"}])
	violation.path == _required
	violation.actual == null
}

test_absent_attribute_and_schema_fail if {
	every patch in [
		{"op": "remove", "path": "/UserPool/SchemaAttributes/1"},
		{"op": "remove", "path": "/UserPool/SchemaAttributes"},
	] {
		some violation in rule.deny with input as fixtures.pool([patch])
		violation.path == ["UserPool", "SchemaAttributes"]
		violation.actual == null
		violation.expected == "email with Required true"
	}
}

test_parameter_can_be_overridden if {
	two := {"schema-required-attributes": {"attributes": ["email", "name"]}}
	violations := rule.deny with input as fixtures.good with data.params as two
	{violation.expected | some violation in violations} == {"name with Required true"}

	none := {"schema-required-attributes": {"attributes": []}}
	count(rule.deny) == 0 with input as fixtures.pool([{"op": "remove", "path": "/UserPool/SchemaAttributes"}])
		with data.params as none
}

_again(required) := fixtures.pool([{
	"op": "add",
	"path": "/UserPool/SchemaAttributes/-",
	"value": {"Name": "email", "Required": required},
}])

test_attribute_that_stands_twice_is_judged_twice if {
	count(rule.deny) == 0 with input as _again(true)
	some violation in rule.deny with input as _again(false)
	violation.path == ["UserPool", "SchemaAttributes", 2, "Required"]
}
