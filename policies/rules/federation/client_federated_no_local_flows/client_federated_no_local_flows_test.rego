package cognilint.rules.federation.client_federated_no_local_flows_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.client_federated_no_local_flows as rule

_path := ["Client", "ExplicitAuthFlows"]

_edit := {"op": "replace", "path": _path, "value": ["ALLOW_REFRESH_TOKEN_AUTH"]}

_sso(patches) := json.patch(object.union(fixtures.good, {"Client": fixtures.sso_client}), patches)

_flows(flows) := {"op": "replace", "path": "/Client/ExplicitAuthFlows", "value": flows}

_factors(factors) := {"op": "replace", "path": "/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", "value": factors}

_custom := {"op": "add", "path": "/UserPool/LambdaConfig/DefineAuthChallenge", "value": "arn:aws:lambda:eu-west-1:111122223333:function:define"}

test_sso_client_passes if {
	rule.applies with input as _sso([])
	count(rule.deny) == 0 with input as _sso([])
}

test_password_flow_fails_and_is_removed if {
	pool := _sso([_flows(["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"])])
	rule.deny == {{
		"msg": "client \"sso\" offers other identity providers only, but takes passwords of this pool through ALLOW_USER_PASSWORD_AUTH, ALLOW_USER_SRP_AUTH, expected no such flow",
		"path": _path,
		"actual": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
		"expected": ["ALLOW_REFRESH_TOKEN_AUTH"],
	}} with input as pool
	rule.fix == {_edit} with input as pool
}

test_default_flows_take_passwords if {
	every patch in [{"op": "remove", "path": "/Client/ExplicitAuthFlows"}, _flows([])] {
		some violation in rule.deny with input as _sso([patch])
		contains(violation.msg, "ALLOW_USER_SRP_AUTH by default")
		rule.fix == {_edit} with input as _sso([patch])
	}
}

test_each_password_flow_counts if {
	every flow in ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"] {
		count(rule.deny) == 1 with input as _sso([_flows([flow])])
		rule.fix == {_edit} with input as _sso([_flows([flow])])
	}
}

test_choice_of_passkeys_takes_no_password if {
	count(rule.deny) == 0 with input as _sso([_flows(["ALLOW_USER_AUTH"]), _factors(["WEB_AUTHN"])])
	count(rule.deny) == 1 with input as _sso([_flows(["ALLOW_USER_AUTH"]), _factors(["WEB_AUTHN", "PASSWORD"])])
}

test_custom_challenges_take_no_password if {
	every flows in [["ALLOW_CUSTOM_AUTH"], ["CUSTOM_AUTH_FLOW_ONLY"], ["ALLOW_SOMETHING_NEW"]] {
		count(rule.deny) == 0 with input as _sso([_flows(flows), _custom])
	}
}

# The edit would take away a flow that the rule has nothing against.
test_flows_without_password_are_not_removed if {
	every flows in [["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH"], ["ALLOW_USER_SRP_AUTH", "ALLOW_SOMETHING_NEW"], []] {
		count(rule.deny) == 1 with input as _sso([_flows(flows), _custom])
		count(rule.fix) == 0 with input as _sso([_flows(flows), _custom])
	}
}

test_rotation_forbids_the_fix if {
	rotation := {"op": "add", "path": "/Client/RefreshTokenRotation", "value": {"Feature": "ENABLED"}}
	count(rule.deny) == 1 with input as _sso([_flows(["ALLOW_USER_SRP_AUTH"]), rotation])
	count(rule.fix) == 0 with input as _sso([_flows(["ALLOW_USER_SRP_AUTH"]), rotation])
}

test_other_clients_are_exempt if {
	passwords := _flows(["ALLOW_USER_SRP_AUTH"])
	every patch in [
		{"op": "replace", "path": "/Client/SupportedIdentityProviders", "value": ["Corp", "COGNITO"]},
		{"op": "replace", "path": "/Client/SupportedIdentityProviders", "value": []},
		{"op": "remove", "path": "/Client/SupportedIdentityProviders"},
		{"op": "replace", "path": "/Client/AllowedOAuthFlowsUserPoolClient", "value": false},
		{"op": "remove", "path": "/Client/AllowedOAuthFlows"},
	] {
		not rule.applies with input as _sso([passwords, patch])
	}
	not rule.applies with input as fixtures.client([])
	not rule.applies with input as object.union(fixtures.good, {"Client": fixtures.machine_client})
}
