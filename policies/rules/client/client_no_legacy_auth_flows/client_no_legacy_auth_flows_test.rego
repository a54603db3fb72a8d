package cognilint.rules.client.client_no_legacy_auth_flows_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.client.client_no_legacy_auth_flows as rule

_flows(flows) := fixtures.client([{"op": "replace", "path": "/ExplicitAuthFlows", "value": flows}])

_edit(flows) := {"op": "replace", "path": ["Client", "ExplicitAuthFlows"], "value": flows}

_custom := {"op": "add", "path": "/UserPool/LambdaConfig/DefineAuthChallenge", "value": "arn:aws:lambda:eu-west-1:111122223333:function:define"}

test_good_client_passes if {
	rule.applies with input as fixtures.client([])
	count(rule.deny) == 0 with input as fixtures.client([])
	count(rule.fix) == 0 with input as fixtures.client([])
}

test_default_set_passes if {
	count(rule.deny) == 0 with input as _flows([])
	count(rule.deny) == 0 with input as fixtures.client([{"op": "remove", "path": "/ExplicitAuthFlows"}])
}

test_legacy_flow_fails_and_gets_its_new_name if {
	every legacy, current in {
		"ADMIN_NO_SRP_AUTH": ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
		"USER_PASSWORD_AUTH": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
	} {
		some violation in rule.deny with input as _flows([legacy])
		violation.path == ["Client", "ExplicitAuthFlows", 0]
		violation.actual == legacy
		violation.expected == concat("", ["ALLOW_", replace(legacy, "NO_SRP", "USER_PASSWORD")])
		violation.msg == sprintf("client \"web\" has the legacy flow %s, expected %s", [legacy, violation.expected])
		rule.fix == {_edit(current)} with input as _flows([legacy])
	}
}

test_custom_challenges_alone_imply_no_srp if {
	client := json.patch(_flows(["CUSTOM_AUTH_FLOW_ONLY"]), [_custom])
	rule.applies with input as client
	count(rule.deny) == 1 with input as client
	rule.fix == {_edit(["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])} with input as client
}

test_several_legacy_flows_become_one_list if {
	client := _flows(["USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"])
	{violation.path[2] | some violation in rule.deny} == {0, 1} with input as client
	rule.fix == {_edit([
		"ALLOW_ADMIN_USER_PASSWORD_AUTH",
		"ALLOW_REFRESH_TOKEN_AUTH",
		"ALLOW_USER_PASSWORD_AUTH",
		"ALLOW_USER_SRP_AUTH",
	])} with input as client
}

test_rotation_excludes_the_refresh_flow if {
	client := fixtures.client([
		{"op": "replace", "path": "/ExplicitAuthFlows", "value": ["ADMIN_NO_SRP_AUTH"]},
		{"op": "add", "path": "/RefreshTokenRotation", "value": {"Feature": "ENABLED"}},
	])
	rule.fix == {_edit(["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"])} with input as client
}

test_clients_without_local_users_are_exempt if {
	not rule.applies with input as object.union(fixtures.good, {"Client": fixtures.sso_client})
	not rule.applies with input as object.union(fixtures.good, {"Client": fixtures.machine_client})
	not rule.applies with input as _flows(["CUSTOM_AUTH_FLOW_ONLY"])
}
