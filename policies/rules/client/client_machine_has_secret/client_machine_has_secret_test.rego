package cognilint.rules.client.client_machine_has_secret_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.client.client_machine_has_secret as rule

_machine(patches) := object.union(fixtures.good, {"Client": json.patch(fixtures.machine_client, patches)})

test_machine_client_with_secret_passes if {
	rule.applies with input as _machine([])
	count(rule.deny) == 0 with input as _machine([])
}

test_machine_client_without_secret_fails if {
	rule.deny == {{
		"msg": "client \"machine\" uses the client credentials grant without a secret, expected a client with a secret",
		"path": ["Client", "HasClientSecret"],
		"actual": false,
		"expected": true,
	}} with input as _machine([{"op": "replace", "path": "/HasClientSecret", "value": false}])
}

test_absent_member_is_no_secret if {
	some violation in rule.deny with input as _machine([{"op": "remove", "path": "/HasClientSecret"}])
	violation.actual == null
}

test_other_clients_are_exempt if {
	not rule.applies with input as fixtures.client([])
	not rule.applies with input as object.union(fixtures.good, {"Client": fixtures.sso_client})
	not rule.applies with input as _machine([{"op": "replace", "path": "/AllowedOAuthFlowsUserPoolClient", "value": false}])
}
