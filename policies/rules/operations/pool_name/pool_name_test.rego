package cognilint.rules.operations.pool_name_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.operations.pool_name as rule

_named(name) := fixtures.pool([{"op": "replace", "path": "/UserPool/Name", "value": name}])

test_agreed_name_passes if {
	count(rule.deny) == 0 with input as _named("employee-app-pool")
}

test_other_name_fails if {
	some violation in rule.deny with input as fixtures.good
	violation.path == ["UserPool", "Name"]
	violation.actual == "example"
	violation.expected == "employee-app-pool"
	violation.msg == `the pool is named "example", expected "employee-app-pool"`
}

test_letter_case_counts if {
	count(rule.deny) == 1 with input as _named("Employee-App-Pool")
}

test_absent_name_fails if {
	some violation in rule.deny with input as fixtures.pool([{"op": "remove", "path": "/UserPool/Name"}])
	violation.actual == null
	contains(violation.msg, "has no name")
}

test_parameter_can_be_overridden if {
	count(rule.deny) == 0 with input as fixtures.good with data.params as {"pool-name": {"name": "example"}}
}
