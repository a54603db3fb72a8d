package cognilint.rules.client.client_machine_no_user_flows_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.client.client_machine_no_user_flows as rule

_machine(patches) := object.union(fixtures.good, {"Client": json.patch(fixtures.machine_client, patches)})

_flows(flows) := {"op": "replace", "path": "/ExplicitAuthFlows", "value": flows}

_edit := {"op": "replace", "path": ["Client", "ExplicitAuthFlows"], "value": ["ALLOW_REFRESH_TOKEN_AUTH"]}

test_machine_client_passes if {
	rule.applies with input as _machine([])
	count(rule.deny) == 0 with input as _machine([])
	count(rule.fix) == 0 with input as _machine([])
}

test_flow_of_users_fails_and_is_replaced if {
	client := _machine([_flows(["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])])
	rule.deny == {{
		"msg": "client \"machine\" uses the client credentials grant and signs in users (ALLOW_USER_SRP_AUTH), expected ALLOW_REFRESH_TOKEN_AUTH alone",
		"path": ["Client", "ExplicitAuthFlows"],
		"actual": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
		"expected": ["ALLOW_REFRESH_TOKEN_AUTH"],
	}} with input as client
	rule.fix == {_edit} with input as client
}

test_default_set_signs_in_users if {
	absent := _machine([{"op": "remove", "path": "/ExplicitAuthFlows"}])
	some violation in rule.deny with input as absent
	violation.path == ["Client", "ExplicitAuthFlows"]
	violation.actual == null
	contains(violation.msg, "as it lists no flows (ALLOW_USER_SRP_AUTH)")
	rule.fix == {_edit} with input as absent

	count(rule.deny) == 1 with input as _machine([_flows([])])
	rule.fix == {_edit} with input as _machine([_flows([])])
}

test_legacy_flows_count if {
	client := _machine([_flows(["ADMIN_NO_SRP_AUTH"])])
	count(rule.deny) == 1 with input as client
	rule.fix == {_edit} with input as client
}

test_custom_challenges_need_their_trigger if {
	client := _machine([_flows(["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])])
	count(rule.deny) == 0 with input as client

	trigger := {"op": "add", "path": "/UserPool/LambdaConfig/DefineAuthChallenge", "value": "arn:aws:lambda:eu-west-1:111122223333:function:define"}
	count(rule.deny) == 1 with input as json.patch(client, [trigger])
}

test_callback_urls_fail_and_are_left_to_the_owner if {
	callbacks := {"op": "add", "path": "/CallbackURLs", "value": ["https://app.example.com/cb"]}
	some violation in rule.deny with input as _machine([callbacks])
	violation.path == ["Client", "CallbackURLs"]
	violation.actual == ["https://app.example.com/cb"]
	violation.expected == []
	count(rule.fix) == 0 with input as _machine([callbacks])

	both := _machine([callbacks, _flows(["ALLOW_USER_AUTH"])])
	count(rule.deny) == 2 with input as both
	count(rule.fix) == 0 with input as both

	count(rule.deny) == 0 with input as _machine([{"op": "add", "path": "/CallbackURLs", "value": []}])
}

test_rotation_forbids_the_fix if {
	client := _machine([
		_flows(["ALLOW_USER_SRP_AUTH"]),
		{"op": "add", "path": "/RefreshTokenRotation", "value": {"Feature": "ENABLED"}},
	])
	count(rule.deny) == 1 with input as client
	count(rule.fix) == 0 with input as client
}

test_other_clients_are_exempt if {
	not rule.applies with input as fixtures.client([])
	not rule.applies with input as object.union(fixtures.good, {"Client": fixtures.sso_client})
	not rule.applies with input as _machine([{"op": "replace", "path": "/AllowedOAuthFlowsUserPoolClient", "value": false}])
	not rule.applies with input as _machine([{"op": "remove", "path": "/AllowedOAuthFlows"}])
}
