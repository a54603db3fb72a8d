package cognilint.rules.client.client_has_sign_in_path_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.client.client_has_sign_in_path as rule

_flows(flows) := fixtures.client([{"op": "replace", "path": "/ExplicitAuthFlows", "value": flows}])

test_good_client_passes if {
	count(rule.deny) == 0 with input as fixtures.client([])
}

test_refresh_alone_is_no_way_in if {
	some violation in rule.deny with input as _flows(["ALLOW_REFRESH_TOKEN_AUTH"])
	violation.path == ["Client", "ExplicitAuthFlows"]
	violation.actual == ["ALLOW_REFRESH_TOKEN_AUTH"]
}

test_empty_flows_are_the_default_set if {
	count(rule.deny) == 0 with input as _flows([])
}

test_custom_challenges_need_their_trigger if {
	count(rule.deny) == 1 with input as _flows(["ALLOW_CUSTOM_AUTH"])
	trigger := {"UserPool": {"LambdaConfig": {"DefineAuthChallenge": "arn:aws:lambda:eu-west-1:111122223333:function:define"}}}
	count(rule.deny) == 0 with input as object.union(_flows(["ALLOW_CUSTOM_AUTH"]), trigger)
}

test_federated_and_machine_clients_pass if {
	every c in [fixtures.sso_client, fixtures.machine_client] {
		count(rule.deny) == 0 with input as object.union(fixtures.good, {"Client": c, "Clients": [c]})
	}
}

test_login_pages_without_callback_fail if {
	c := json.patch(fixtures.sso_client, [{"op": "remove", "path": "/CallbackURLs"}])
	count(rule.deny) == 1 with input as object.union(fixtures.good, {"Client": c, "Clients": [c]})
}
