package cognilint.rules.triggers.custom_auth_triggers_reachable_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.triggers.custom_auth_triggers_reachable as rule

_arn := "arn:aws:lambda:eu-west-1:111122223333:function:challenge"

_with(patches) := fixtures.pool(array.concat(
	[{"op": "replace", "path": "/UserPool/LambdaConfig", "value": {
		"DefineAuthChallenge": _arn,
		"CreateAuthChallenge": _arn,
		"VerifyAuthChallengeResponse": _arn,
	}}],
	patches,
))

_flows(flows) := {"op": "replace", "path": "/Clients/0/ExplicitAuthFlows", "value": flows}

_more_clients := {"op": "add", "path": "/unknown/-", "value": {"path": "/Clients/-", "reason": "the list may be longer"}}

test_pools_without_all_triggers_are_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as _with([{"op": "remove", "path": "/UserPool/LambdaConfig/CreateAuthChallenge"}])
	count(rule.deny) == 0 with input as fixtures.good
}

test_client_with_the_flow_passes if {
	every flows in [["ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"], ["CUSTOM_AUTH_FLOW_ONLY"], []] {
		rule.applies with input as _with([_flows(flows)])
		count(rule.deny) == 0 with input as _with([_flows(flows)])
		count(rule.unknown) == 0 with input as _with([_flows(flows)])
	}
	count(rule.deny) == 0 with input as _with([{"op": "remove", "path": "/Clients/0/ExplicitAuthFlows"}])
}

test_no_client_with_the_flow_fails if {
	rule.deny == {{
		"msg": "no app client allows the custom challenges that the triggers define, expected one that does or no triggers",
		"path": ["UserPool", "LambdaConfig", "DefineAuthChallenge"],
		"actual": _arn,
		"expected": "a client with ALLOW_CUSTOM_AUTH",
	}} with input as _with([])
	count(rule.deny) == 1 with input as _with([{"op": "replace", "path": "/Clients", "value": []}])
}

test_unread_clients_may_have_the_flow if {
	every patch in [_more_clients, {"op": "remove", "path": "/Clients"}] {
		rule.unknown == {["Clients", "-"]} with input as _with([patch])
		count(rule.deny) == 0 with input as _with([patch])
	}
	count(rule.unknown) == 0 with input as _with([_flows(["ALLOW_CUSTOM_AUTH"]), _more_clients])
}
