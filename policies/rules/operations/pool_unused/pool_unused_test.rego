package cognilint.rules.operations.pool_unused_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.operations.pool_unused as rule

_users := ["UserPool", "EstimatedNumberOfUsers"]

# The fixtures were read on 2026-11-01.
_with(users, created, patches) := fixtures.pool(array.concat(
	[
		{"op": "replace", "path": "/UserPool/EstimatedNumberOfUsers", "value": users},
		{"op": "add", "path": "/UserPool/CreationDate", "value": created},
	],
	patches,
))

_old := "2025-09-27T00:00:00Z"

_clients(clients) := {"op": "replace", "path": "/Clients", "value": clients}

test_old_pool_without_users_fails if {
	rule.applies with input as _with(0, _old, [])
	rule.deny == {{
		"msg": "the pool was created 400 days ago and has no users, expected users after 90 days",
		"path": _users,
		"actual": 0,
		"expected": "users, or no pool",
	}} with input as _with(0, _old, [])
}

test_pool_with_users_passes if {
	rule.applies with input as _with(1, _old, [])
	count(rule.deny) == 0 with input as _with(1, _old, [])
	count(rule.unknown) == 0 with input as _with(1, _old, [])
}

test_limit_is_inclusive if {
	not rule.applies with input as _with(0, "2026-08-03T00:00:00Z", [])
	count(rule.deny) == 0 with input as _with(0, "2026-08-03T00:00:00Z", [])
	count(rule.deny) == 1 with input as _with(0, "2026-08-02T00:00:00Z", [])
}

test_creation_date_may_be_a_number if {
	count(rule.deny) == 1 with input as _with(0, 1700000000.123, [])
	not rule.applies with input as _with(0, 1793491200, [])
}

test_pool_without_clients_is_not_exempt if {
	count(rule.deny) == 1 with input as _with(0, _old, [_clients([])])
}

# FP24
test_machine_and_federated_clients_are_exempt if {
	every c in [fixtures.machine_client, fixtures.sso_client] {
		clients := _clients(array.concat(fixtures.good.Clients, [c]))
		not rule.applies with input as _with(0, _old, [clients])
		count(rule.deny) == 0 with input as _with(0, _old, [clients])
	}
}

test_absent_members_are_unknown if {
	rule.unknown == {_users} with input as fixtures.pool([
		{"op": "remove", "path": "/UserPool/EstimatedNumberOfUsers"},
		{"op": "add", "path": "/UserPool/CreationDate", "value": _old},
	])
	undated := fixtures.pool([{"op": "replace", "path": "/UserPool/EstimatedNumberOfUsers", "value": 0}])
	rule.applies with input as undated
	rule.unknown == {["UserPool", "CreationDate"]} with input as undated
	count(rule.deny) == 0 with input as undated
	count(rule.unknown) == 0 with input as fixtures.good
}

test_date_that_cannot_be_read_is_unknown if {
	rule.unknown == {["UserPool", "CreationDate"]} with input as _with(0, "yesterday", [])
	count(rule.deny) == 0 with input as _with(0, "yesterday", [])
}

test_parameter_can_be_overridden if {
	params := {"pool-unused": {"min_days": 400}}
	not rule.applies with input as _with(0, _old, []) with data.params as params
	count(rule.deny) == 1 with input as _with(0, "2025-09-26T00:00:00Z", []) with data.params as params
}
