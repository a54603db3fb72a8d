package cognilint.rules.tokens.client_rotation_flow_consistent_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.tokens.client_rotation_flow_consistent as rule

_flows(flows) := {"op": "replace", "path": "/ExplicitAuthFlows", "value": flows}

_rotation(feature) := {"op": "add", "path": "/RefreshTokenRotation", "value": {"Feature": feature}}

test_good_client_passes if {
	rule.applies with input as fixtures.client([])
	count(rule.deny) == 0 with input as fixtures.client([])
}

test_rotation_beside_the_refresh_flow_fails if {
	some violation in rule.deny with input as fixtures.client([_rotation("ENABLED")])
	violation.path == ["Client", "ExplicitAuthFlows", 1]
	violation.actual == "ALLOW_REFRESH_TOKEN_AUTH"
}

test_rotation_without_the_refresh_flow_passes if {
	count(rule.deny) == 0 with input as fixtures.client([_rotation("ENABLED"), _flows(["ALLOW_USER_SRP_AUTH"])])
}

test_neither_of_them_fails if {
	every patches in [[], [_rotation("DISABLED")]] {
		some violation in rule.deny with input as fixtures.client(array.concat([_flows(["ALLOW_USER_SRP_AUTH"])], patches))
		violation.path == ["Client", "ExplicitAuthFlows"]
		violation.actual == ["ALLOW_USER_SRP_AUTH"]
	}
}

test_rotation_off_with_the_refresh_flow_passes if {
	count(rule.deny) == 0 with input as fixtures.client([_rotation("DISABLED")])
	count(rule.deny) == 0 with input as fixtures.client([_flows(["ALLOW_REFRESH_TOKEN_AUTH"])])
}

test_legacy_flows_imply_refresh if {
	count(rule.deny) == 0 with input as fixtures.client([_flows(["ADMIN_NO_SRP_AUTH"])])
}

test_default_flows_are_not_judged if {
	not rule.applies with input as fixtures.client([{"op": "remove", "path": "/ExplicitAuthFlows"}])
	count(rule.deny) == 0 with input as fixtures.client([_flows([])])
	count(rule.deny) == 0 with input as fixtures.client([_flows([]), _rotation("ENABLED")])
}
