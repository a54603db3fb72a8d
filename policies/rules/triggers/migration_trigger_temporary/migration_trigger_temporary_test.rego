package cognilint.rules.triggers.migration_trigger_temporary_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.triggers.migration_trigger_temporary as rule

_function := "arn:aws:lambda:eu-west-1:111122223333:function:migrate"

_path := ["UserPool", "LambdaConfig", "UserMigration"]

# The good pool was read on 2026-11-01T00:00:00Z.
_pool(created, patches) := fixtures.pool(array.concat(
	[
		{"op": "add", "path": "/UserPool/LambdaConfig/UserMigration", "value": _function},
		{"op": "add", "path": "/UserPool/CreationDate", "value": created},
		_flows(["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]),
	],
	patches,
))

_flows(flows) := {"op": "replace", "path": "/Clients/0/ExplicitAuthFlows", "value": flows}

_old := "2024-10-31T12:00:00Z"

_more_clients := {"op": "add", "path": "/unknown/-", "value": {"path": "/Clients/-", "reason": "the list may be longer"}}

test_pool_without_migration_is_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as fixtures.pool([{"op": "remove", "path": "/UserPool/LambdaConfig"}])
	not rule.applies with input as _pool(_old, [{"op": "replace", "path": "/UserPool/LambdaConfig/UserMigration", "value": ""}])
}

test_young_pool_passes if {
	pool := _pool("2026-10-02T00:00:00Z", [])
	rule.applies with input as pool
	count(rule.deny) == 0 with input as pool
	count(rule.unknown) == 0 with input as pool
}

test_old_pool_fails if {
	rule.deny == {{
		"msg": `the pool still migrates users 730 days after its creation (passwords for it: client "web"), expected an end after 365 days`,
		"path": _path,
		"actual": _function,
		"expected": null,
	}} with input as _pool(_old, [])
}

test_limit_is_inclusive if {
	count(rule.deny) == 0 with input as _pool("2025-11-01T00:00:00Z", [])
	count(rule.deny) == 1 with input as _pool("2025-10-31T00:00:00Z", [])
}

test_date_in_seconds if {
	count(rule.deny) == 1 with input as _pool(1700000000.5, [])
	count(rule.deny) == 0 with input as _pool(1793000000, [])
}

test_each_flow_that_sends_the_password_counts if {
	every flow in ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] {
		count(rule.deny) == 1 with input as _pool(_old, [_flows([flow])])
	}
}

test_migration_that_no_client_feeds_passes if {
	every flows in [["ALLOW_USER_SRP_AUTH"], ["ALLOW_USER_AUTH"], []] {
		count(rule.deny) == 0 with input as _pool(_old, [_flows(flows)])
		count(rule.unknown) == 0 with input as _pool(_old, [_flows(flows)])
	}
	count(rule.deny) == 0 with input as _pool(_old, [{"op": "replace", "path": "/Clients", "value": []}])
}

test_many_clients_are_counted if {
	clients := [object.union(fixtures.good.Clients[0], {"ClientName": name, "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]}) | some name in ["a", "b", "c", "d"]]
	some violation in rule.deny with input as _pool(_old, [{"op": "replace", "path": "/Clients", "value": clients}])
	contains(violation.msg, "(passwords for it: 4 clients)")
}

test_parameter_can_be_overridden if {
	params := {"migration-trigger-temporary": {"max_days": 10}}
	count(rule.deny) == 1 with input as _pool("2026-10-02T00:00:00Z", []) with data.params as params
}

test_unread_clients_may_feed_it if {
	every patch in [_more_clients, {"op": "remove", "path": "/Clients"}] {
		pool := _pool(_old, [_flows(["ALLOW_USER_SRP_AUTH"]), patch])
		rule.unknown == {["Clients", "-"]} with input as pool
		count(rule.deny) == 0 with input as pool
	}
	count(rule.unknown) == 0 with input as _pool(_old, [_more_clients])
	count(rule.deny) == 1 with input as _pool(_old, [_more_clients])
}

test_age_is_unknown_without_the_date if {
	every patch in [
		{"op": "remove", "path": "/UserPool/CreationDate"},
		{"op": "replace", "path": "/UserPool/CreationDate", "value": "long ago"},
	] {
		rule.unknown == {["UserPool", "CreationDate"]} with input as _pool(_old, [patch])
		count(rule.deny) == 0 with input as _pool(_old, [patch])
	}
}
