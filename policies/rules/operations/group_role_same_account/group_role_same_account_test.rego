package cognilint.rules.operations.group_role_same_account_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.operations.group_role_same_account as rule

_foreign := "arn:aws:iam::999988887777:role/staff"

_with(role, patches) := object.union(fixtures.pool(patches), {"Group": {"GroupName": "staff", "RoleArn": role}})

_without_arn := {"op": "remove", "path": "/UserPool/Arn"}

test_own_role_passes if {
	pool := _with("arn:aws:iam::111122223333:role/team/staff", [])
	rule.applies with input as pool
	count(rule.deny) == 0 with input as pool
	count(rule.unknown) == 0 with input as pool
}

test_foreign_role_fails if {
	rule.deny == {{
		"msg": "the role of group \"staff\" belongs to account 999988887777, expected the account of the pool, 111122223333",
		"path": ["Group", "RoleArn"],
		"actual": _foreign,
		"expected": "a role of account 111122223333",
	}} with input as _with(_foreign, [])
}

test_pool_without_arn_is_unknown if {
	rule.unknown == {["UserPool", "Arn"]} with input as _with(_foreign, [_without_arn])
	count(rule.deny) == 0 with input as _with(_foreign, [_without_arn])
}

test_text_that_is_no_arn_is_not_judged if {
	count(rule.deny) == 0 with input as _with("staff", [])
	count(rule.unknown) == 0 with input as _with("staff", [_without_arn])
}

test_group_without_role_is_exempt if {
	not rule.applies with input as object.union(fixtures.good, {"Group": {"GroupName": "staff"}})
	not rule.applies with input as _with("", [])
}
