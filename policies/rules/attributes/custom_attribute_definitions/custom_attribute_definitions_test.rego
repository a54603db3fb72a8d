package cognilint.rules.attributes.custom_attribute_definitions_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.attributes.custom_attribute_definitions as rule

_status := {
	"Name": "custom:status",
	"AttributeDataType": "String",
	"DeveloperOnlyAttribute": false,
	"Mutable": true,
	"Required": false,
	"StringAttributeConstraints": {"MinLength": "1", "MaxLength": "256"},
}

# The attribute stands behind sub and email.
_at(members) := array.concat(["UserPool", "SchemaAttributes", 2], members)

_with(attribute) := fixtures.pool([{"op": "add", "path": "/UserPool/SchemaAttributes/-", "value": attribute}])

_changed(patches) := _with(json.patch(_status, patches))

_set(member, value) := [{"op": "replace", "path": sprintf("/%s", [member]), "value": value}]

_facts(violations) := {[v.path, v.actual, v.expected] | some v in violations}

test_agreed_definition_passes if {
	count(rule.deny) == 0 with input as _with(_status)
	count(rule.unknown) == 0 with input as _with(_status)
}

test_missing_attributes_are_not_its_business if {
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.pool([{"op": "remove", "path": "/UserPool/SchemaAttributes"}])
}

test_other_flags_and_type_fail if {
	every case in [
		["Mutable", false, true],
		["Required", true, false],
		["DeveloperOnlyAttribute", true, false],
		["AttributeDataType", "Number", "String"],
	] {
		violations := rule.deny with input as _changed(_set(case[0], case[1]))
		_facts(violations) == {[_at([case[0]]), case[1], case[2]]}
	}
}

test_other_limits_fail if {
	every case in [["MinLength", "0", "1"], ["MaxLength", "2048", "256"]] {
		member := sprintf("StringAttributeConstraints/%s", [case[0]])
		violations := rule.deny with input as _changed(_set(member, case[1]))
		_facts(violations) == {[_at(["StringAttributeConstraints", case[0]]), case[1], case[2]]}
	}
}

test_limits_are_compared_as_numbers if {
	count(rule.deny) == 0 with input as _changed(_set("StringAttributeConstraints/MaxLength", 256))
	count(rule.deny) == 0 with input as _changed(_set("StringAttributeConstraints/MinLength", "01"))
}

test_absent_limits_fail if {
	violations := rule.deny with input as _changed([{"op": "remove", "path": "/StringAttributeConstraints"}])
	_facts(violations) == {
		[_at(["StringAttributeConstraints", "MinLength"]), null, "1"],
		[_at(["StringAttributeConstraints", "MaxLength"]), null, "256"],
	}
	some violation in violations
	violation.msg == "custom:status has no MinLength, expected 1"
}

test_another_type_is_reported_without_the_limits if {
	pool := _changed([
		{"op": "replace", "path": "/AttributeDataType", "value": "Number"},
		{"op": "remove", "path": "/StringAttributeConstraints"},
	])
	count(rule.deny) == 1 with input as pool
}

test_any_length_is_accepted_where_none_is_agreed if {
	every constraints in [{}, {"MinLength": "0", "MaxLength": "2048"}] {
		country := object.union(_status, {"Name": "custom:country", "StringAttributeConstraints": constraints})
		count(rule.deny) == 0 with input as _with(country)
	}
}

test_absent_flags_are_off if {
	pool := _changed([
		{"op": "remove", "path": "/Required"},
		{"op": "remove", "path": "/DeveloperOnlyAttribute"},
	])
	count(rule.deny) == 0 with input as pool
	count(rule.unknown) == 0 with input as pool
}

test_absent_type_and_mutability_are_unknown if {
	every member in ["Mutable", "AttributeDataType"] {
		pool := _changed([{"op": "remove", "path": sprintf("/%s", [member])}])
		rule.unknown == {_at([member])} with input as pool
		count(rule.deny) == 0 with input as pool
	}
}

test_parameter_can_be_overridden if {
	params := {"custom-attribute-definitions": {"attributes": [{"name": "status", "min_length": null, "max_length": 40}]}}
	violations := rule.deny with input as _with(_status) with data.params as params
	_facts(violations) == {[_at(["StringAttributeConstraints", "MaxLength"]), "256", "40"]}

	other := {"custom-attribute-definitions": {"attributes": []}}
	count(rule.deny) == 0 with input as _changed(_set("Mutable", false)) with data.params as other
}

test_limits_that_are_no_numbers_fail if {
	every text in ["abc", "", "0x100", " 256", "1e999", "NaN"] {
		violations := rule.deny with input as _changed(_set("StringAttributeConstraints/MaxLength", text))
		_facts(violations) == {[_at(["StringAttributeConstraints", "MaxLength"]), text, "256"]}
	}
}
