package cognilint.rules.triggers.client_custom_auth_has_triggers_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.triggers.client_custom_auth_has_triggers as rule

_path := ["Client", "ExplicitAuthFlows"]

_edit := {"op": "remove", "path": _path, "value": "ALLOW_CUSTOM_AUTH"}

_flows(flows) := fixtures.client([{"op": "replace", "path": "/ExplicitAuthFlows", "value": flows}])

_triggers := {"UserPool": {"LambdaConfig": {"DefineAuthChallenge": "arn:aws:lambda:eu-west-1:111122223333:function:define"}}}

test_default_flows_are_exempt if {
	every pool in [_flows([]), fixtures.client([{"op": "remove", "path": "/ExplicitAuthFlows"}])] {
		not rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
	}
}

test_list_without_the_flow_passes if {
	every flows in [["ALLOW_USER_SRP_AUTH"], ["CUSTOM_AUTH_FLOW_ONLY"]] {
		rule.applies with input as _flows(flows)
		count(rule.deny) == 0 with input as _flows(flows)
	}
}

test_flow_with_its_trigger_passes if {
	pool := object.union(_flows(["ALLOW_CUSTOM_AUTH"]), _triggers)
	rule.applies with input as pool
	count(rule.deny) == 0 with input as pool
	count(rule.fix) == 0 with input as pool
}

test_flow_without_trigger_fails_and_is_removed if {
	pool := _flows(["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
	rule.applies with input as pool
	rule.deny == {{
		"msg": "client \"web\" allows custom challenges, which no trigger of the pool defines, expected DefineAuthChallenge or no such flow",
		"path": _path,
		"actual": ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
		"expected": "a list without ALLOW_CUSTOM_AUTH",
	}} with input as pool
	rule.fix == {_edit} with input as pool
}

test_absent_triggers_fail if {
	pool := json.patch(_flows(["ALLOW_CUSTOM_AUTH"]), [{"op": "remove", "path": "/UserPool/LambdaConfig"}])
	count(rule.deny) == 1 with input as pool
}

# An empty list means the default flows.
test_list_is_never_left_empty if {
	every flows in [["ALLOW_CUSTOM_AUTH"], ["ALLOW_CUSTOM_AUTH", "ALLOW_CUSTOM_AUTH"]] {
		count(rule.deny) == 1 with input as _flows(flows)
		count(rule.fix) == 0 with input as _flows(flows)
	}
	sso := object.union(fixtures.good, {"Client": object.union(fixtures.sso_client, {"ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"]})})
	count(rule.fix) == 0 with input as sso
}

test_client_without_another_way_in_is_not_fixed if {
	pool := _flows(["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
	count(rule.deny) == 1 with input as pool
	count(rule.fix) == 0 with input as pool
}

test_login_pages_are_another_way_in if {
	every c in [fixtures.sso_client, fixtures.machine_client] {
		pool := object.union(fixtures.good, {"Client": object.union(c, {"ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]})})
		rule.fix == {_edit} with input as pool
	}
}
