package cognilint.rules.attributes.developer_only_attributes_unused_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.attributes.developer_only_attributes_unused as rule

# The attribute stands behind sub and email.
_with(definition) := fixtures.pool([{"op": "add", "path": "/UserPool/SchemaAttributes/-", "value": definition}])

_path := ["UserPool", "SchemaAttributes", 2]

test_good_pool_passes if {
	count(rule.deny) == 0 with input as fixtures.good
}

test_flag_fails if {
	every name in ["dev:custom:plan", "custom:plan"] {
		rule.deny == {{
			"msg": sprintf("%s is for developers only, expected a custom attribute that no app client may write", [name]),
			"path": array.concat(_path, ["DeveloperOnlyAttribute"]),
			"actual": true,
			"expected": false,
		}} with input as _with({"Name": name, "DeveloperOnlyAttribute": true})
	}
}

test_prefix_alone_fails if {
	every definition in [{"Name": "dev:plan"}, {"Name": "dev:plan", "DeveloperOnlyAttribute": false}] {
		some violation in rule.deny with input as _with(definition)
		violation.path == array.concat(_path, ["Name"])
		violation.actual == "dev:plan"
	}
}

test_other_attributes_pass if {
	every definition in [{"Name": "custom:plan", "DeveloperOnlyAttribute": false}, {"Name": "custom:dev:plan"}, {"Name": "custom:development"}, {}] {
		count(rule.deny) == 0 with input as _with(definition)
	}
}

test_absent_schema_passes if {
	count(rule.deny) == 0 with input as fixtures.pool([{"op": "remove", "path": "/UserPool/SchemaAttributes"}])
}
