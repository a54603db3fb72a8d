package cognilint.rules.operations.deletion_protection_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.operations.deletion_protection as rule

_path := ["UserPool", "DeletionProtection"]

_activate := {"op": "replace", "path": _path, "value": "ACTIVE"}

test_protected_pool_passes if {
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.fix) == 0 with input as fixtures.good
}

test_inactive_protection_fails_and_is_activated if {
	pool := fixtures.pool([{"op": "replace", "path": "/UserPool/DeletionProtection", "value": "INACTIVE"}])
	rule.deny == {{
		"msg": "deletion protection is INACTIVE, expected ACTIVE",
		"path": _path,
		"actual": "INACTIVE",
		"expected": "ACTIVE",
	}} with input as pool
	rule.fix == {_activate} with input as pool
}

# FN27
test_absent_protection_is_inactive if {
	pool := fixtures.pool([{"op": "remove", "path": "/UserPool/DeletionProtection"}])
	some violation in rule.deny with input as pool
	violation.actual == null
	contains(violation.msg, "absent, which means INACTIVE")
	rule.fix == {_activate} with input as pool
}
