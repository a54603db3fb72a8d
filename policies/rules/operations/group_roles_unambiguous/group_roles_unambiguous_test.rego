package cognilint.rules.operations.group_roles_unambiguous_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.operations.group_roles_unambiguous as rule

_role(name) := sprintf("arn:aws:iam::111122223333:role/%s", [name])

_group(name, role, precedence) := {"GroupName": name, "RoleArn": _role(role), "Precedence": precedence}

_unranked(name, role) := {"GroupName": name, "RoleArn": _role(role)}

_with(groups) := fixtures.pool([{"op": "replace", "path": "/Groups", "value": groups}])

test_different_precedence_passes if {
	every groups in [
		[_group("admins", "admin", 0), _group("staff", "staff", 1)],
		[_group("admins", "admin", 0), _unranked("staff", "staff")],
	] {
		rule.applies with input as _with(groups)
		count(rule.deny) == 0 with input as _with(groups)
		count(rule.unknown) == 0 with input as _with(groups)
	}
}

test_same_role_passes if {
	count(rule.deny) == 0 with input as _with([_group("a", "staff", 1), _group("b", "staff", 1)])
	count(rule.deny) == 0 with input as _with([_unranked("a", "staff"), _unranked("b", "staff")])
}

test_same_precedence_fails if {
	rule.deny == {{
		"msg": "groups \"admins\", \"staff\" have 2 different roles but the same precedence 0, expected one precedence for each role",
		"path": ["Groups", 1, "Precedence"],
		"actual": 0,
		"expected": "another precedence for each role",
	}} with input as _with([{"GroupName": "guests", "Precedence": 0}, _group("admins", "admin", 0), _group("staff", "staff", 0)])
}

test_absent_precedence_is_the_same if {
	rule.deny == {{
		"msg": "groups \"admins\", \"staff\" have 2 different roles but no precedence, expected one precedence for each role",
		"path": ["Groups", 0, "Precedence"],
		"actual": null,
		"expected": "another precedence for each role",
	}} with input as _with([_unranked("admins", "admin"), _unranked("staff", "staff")])
}

test_each_precedence_is_one_violation if {
	groups := [_group(sprintf("g%d", [i]), sprintf("r%d", [i]), i % 2) | some i in numbers.range(0, 9)]
	{violation.path | some violation in rule.deny} == {["Groups", 0, "Precedence"], ["Groups", 1, "Precedence"]} with input as _with(groups)
	some violation in rule.deny with input as _with(groups)
	startswith(violation.msg, "groups \"g0\" and 4 more have 5 different roles")
}

test_fewer_than_two_roles_are_exempt if {
	every groups in [
		[],
		[_unranked("admins", "admin")],
		[_unranked("admins", "admin"), {"GroupName": "staff"}, {"GroupName": "guests", "RoleArn": ""}],
	] {
		not rule.applies with input as _with(groups)
		count(rule.deny) == 0 with input as _with(groups)
	}
}

test_list_that_may_go_on_proves_no_absence if {
	partly := {"op": "add", "path": "/unknown/-", "value": {"path": "/Groups/-", "reason": "may have more"}}
	ranked := json.patch(_with([_group("a", "x", 0), _group("b", "y", 1)]), [partly])
	rule.unknown == {["Groups", "-"]} with input as ranked
	clashing := json.patch(_with([_group("a", "x", 0), _group("b", "y", 0)]), [partly])
	count(rule.unknown) == 0 with input as clashing
	count(rule.deny) == 1 with input as clashing
}
