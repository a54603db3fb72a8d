package cognilint.rules.client.client_admin_auth_confidential_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.client.client_admin_auth_confidential as rule

_client(secret, flows) := fixtures.client([
	{"op": "replace", "path": "/HasClientSecret", "value": secret},
	{"op": "replace", "path": "/ExplicitAuthFlows", "value": flows},
])

test_good_client_passes if {
	rule.applies with input as fixtures.client([])
	count(rule.deny) == 0 with input as fixtures.client([])
}

test_public_client_with_the_server_side_flow_fails if {
	every flow in ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] {
		some violation in rule.deny with input as _client(false, ["ALLOW_REFRESH_TOKEN_AUTH", flow])
		violation.path == ["Client", "ExplicitAuthFlows", 1]
		violation.actual == flow
		contains(violation.msg, `client "web" has no secret`)
	}
}

test_client_with_a_secret_passes if {
	count(rule.deny) == 0 with input as _client(true, ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
}

test_public_client_with_other_flows_passes if {
	count(rule.deny) == 0 with input as _client(false, ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"])
	count(rule.deny) == 0 with input as _client(false, [])
	count(rule.deny) == 0 with input as fixtures.client([
		{"op": "replace", "path": "/HasClientSecret", "value": false},
		{"op": "remove", "path": "/ExplicitAuthFlows"},
	])
}

test_clients_without_local_users_are_exempt if {
	not rule.applies with input as object.union(fixtures.good, {"Client": fixtures.sso_client})
	not rule.applies with input as object.union(fixtures.good, {"Client": fixtures.machine_client})
}

test_server_side_flow_beside_login_pages_counts if {
	flows := {"op": "add", "path": "/ExplicitAuthFlows/-", "value": "ALLOW_ADMIN_USER_PASSWORD_AUTH"}
	public := {"op": "replace", "path": "/HasClientSecret", "value": false}
	c := json.patch(fixtures.sso_client, [flows, public])
	rule.applies with input as object.union(fixtures.good, {"Client": c})
	count(rule.deny) == 1 with input as object.union(fixtures.good, {"Client": c})
}
