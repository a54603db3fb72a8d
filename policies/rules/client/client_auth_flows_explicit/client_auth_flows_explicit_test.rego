package cognilint.rules.client.client_auth_flows_explicit_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.client.client_auth_flows_explicit as rule

_absent := {"op": "remove", "path": "/ExplicitAuthFlows"}

test_good_client_passes if {
	rule.applies with input as fixtures.client([])
	count(rule.deny) == 0 with input as fixtures.client([])
}

test_absent_list_fails if {
	rule.applies with input as fixtures.client([_absent])
	rule.deny == {{
		"msg": "client \"web\" lists no authentication flows, which means SRP, custom challenges and refresh, expected a list",
		"path": ["Client", "ExplicitAuthFlows"],
		"actual": null,
		"expected": "a list of flows",
	}} with input as fixtures.client([_absent])
}

test_empty_list_means_the_same if {
	some violation in rule.deny with input as fixtures.client([{"op": "replace", "path": "/ExplicitAuthFlows", "value": []}])
	violation.actual == []
}

test_default_set_makes_a_federated_client_one_of_users if {
	c := json.patch(fixtures.sso_client, [_absent])
	rule.applies with input as object.union(fixtures.good, {"Client": c})
	count(rule.deny) == 1 with input as object.union(fixtures.good, {"Client": c})
}

test_clients_without_local_users_are_exempt if {
	not rule.applies with input as object.union(fixtures.good, {"Client": fixtures.sso_client})
	machine := json.patch(fixtures.machine_client, [_absent])
	not rule.applies with input as object.union(fixtures.good, {"Client": machine})
}
