package cognilint.rules.attributes.custom_attributes_present_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.attributes.custom_attributes_present as rule

_path := ["UserPool", "SchemaAttributes"]

_documented := ["country", "department", "status", "officeCode", "profileType", "externalUserId", "administrator"]

_with(names) := fixtures.pool([{
	"op": "add",
	"path": "/UserPool/SchemaAttributes/-",
	"value": {"Name": name, "AttributeDataType": "String", "Mutable": true},
} |
	some name in names
])

_params(attributes) := {"custom-attributes-present": {"attributes": attributes}}

test_documented_attributes_pass if {
	pool := _with([sprintf("custom:%s", [name]) | some name in _documented])
	count(rule.deny) == 0 with input as pool
	count(rule.fix) == 0 with input as pool
}

test_missing_attributes_fail_and_are_added if {
	violations := rule.deny with input as fixtures.good
	{violation.expected | some violation in violations} == {sprintf("custom:%s", [name]) | some name in _documented}
	every violation in violations {
		violation.path == _path
		violation.actual == null
	}

	edits := rule.fix with input as fixtures.good
	count(edits) == count(_documented)
	{
		"op": "add",
		"path": _path,
		"value": {
			"Name": "custom:officeCode",
			"AttributeDataType": "String",
			"DeveloperOnlyAttribute": false,
			"Mutable": true,
			"Required": false,
			"StringAttributeConstraints": {"MinLength": "1", "MaxLength": "15"},
		},
	} in edits
}

test_attribute_of_any_length_is_added_without_constraints if {
	every attribute in [{"name": "team", "min_length": null, "max_length": null}, {"name": "team"}] {
		some edit in rule.fix with input as fixtures.good with data.params as _params([attribute])
		edit.value == {
			"Name": "custom:team",
			"AttributeDataType": "String",
			"DeveloperOnlyAttribute": false,
			"Mutable": true,
			"Required": false,
		}
	}
}

test_one_bound_is_enough if {
	some edit in rule.fix with input as fixtures.good
		with data.params as _params([{"name": "team", "min_length": null, "max_length": 40}])
	edit.value.StringAttributeConstraints == {"MaxLength": "40"}
}

test_names_are_compared_with_their_prefix if {
	params := _params([{"name": "team"}])
	count(rule.deny) == 0 with input as _with(["custom:team"]) with data.params as params
	every name in ["team", "dev:custom:team", "custom:Team", "custom:team2"] {
		count(rule.deny) == 1 with input as _with([name]) with data.params as params
	}
}

test_absent_schema_has_no_attribute if {
	absent := fixtures.pool([{"op": "remove", "path": "/UserPool/SchemaAttributes"}])
	count(rule.deny) == count(_documented) with input as absent
}

test_nothing_is_added_beyond_the_quota if {
	params := _params([{"name": "team"}])

	count(rule.fix) == 1 with input as _filled(49) with data.params as params
	count(rule.deny) == 1 with input as _filled(50) with data.params as params
	count(rule.fix) == 0 with input as _filled(50) with data.params as params
}

test_empty_list_demands_nothing if {
	count(rule.deny) == 0 with input as fixtures.good with data.params as _params([])
}

_filled(n) := _with([sprintf("custom:a%d", [i]) | some i in numbers.range(1, n)])
