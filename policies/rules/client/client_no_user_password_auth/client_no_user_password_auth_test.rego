package cognilint.rules.client.client_no_user_password_auth_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.client.client_no_user_password_auth as rule

_flows(flows) := fixtures.client([{"op": "replace", "path": "/ExplicitAuthFlows", "value": flows}])

_remove := {"op": "remove", "path": ["Client", "ExplicitAuthFlows"], "value": "ALLOW_USER_PASSWORD_AUTH"}

_add_srp := {"op": "add", "path": ["Client", "ExplicitAuthFlows"], "value": "ALLOW_USER_SRP_AUTH"}

test_good_client_passes if {
	rule.applies with input as fixtures.client([])
	count(rule.deny) == 0 with input as fixtures.client([])
	count(rule.fix) == 0 with input as fixtures.client([])
}

test_password_flow_fails_and_is_removed if {
	flows := ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
	rule.applies with input as _flows(flows)
	rule.deny == {{
		"msg": "client \"web\" lets applications send passwords (ALLOW_USER_PASSWORD_AUTH), expected SRP",
		"path": ["Client", "ExplicitAuthFlows", 1],
		"actual": "ALLOW_USER_PASSWORD_AUTH",
		"expected": "ALLOW_USER_SRP_AUTH instead",
	}} with input as _flows(flows)
	rule.fix == {_remove} with input as _flows(flows)
}

test_only_flow_of_users_is_replaced_by_srp if {
	rule.fix == {_remove, _add_srp} with input as _flows(["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"])
	rule.fix == {_remove, _add_srp} with input as _flows(["ALLOW_USER_PASSWORD_AUTH"])
}

test_custom_challenges_without_trigger_are_no_flow_of_users if {
	flows := _flows(["ALLOW_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
	rule.fix == {_remove, _add_srp} with input as flows

	trigger := [{"op": "add", "path": "/UserPool/LambdaConfig/DefineAuthChallenge", "value": "arn:aws:lambda:eu-west-1:111122223333:function:define"}]
	rule.fix == {_remove} with input as json.patch(flows, trigger)
}

test_other_flows_of_users_are_enough if {
	every flow in ["ALLOW_USER_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"] {
		rule.fix == {_remove} with input as _flows(["ALLOW_USER_PASSWORD_AUTH", flow, "ALLOW_REFRESH_TOKEN_AUTH"])
	}
}

test_legacy_name_fails_and_is_left_to_its_own_rule if {
	some violation in rule.deny with input as _flows(["ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"])
	violation.path == ["Client", "ExplicitAuthFlows", 1]
	violation.actual == "USER_PASSWORD_AUTH"
	count(rule.fix) == 0 with input as _flows(["ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"])
	count(rule.fix) == 0 with input as _flows(["USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"])
}

test_default_set_has_no_such_flow if {
	count(rule.deny) == 0 with input as fixtures.client([{"op": "remove", "path": "/ExplicitAuthFlows"}])
	count(rule.deny) == 0 with input as _flows([])
}

test_server_side_flow_is_not_its_business if {
	count(rule.deny) == 0 with input as _flows(["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
}

test_migration_of_users_is_exempt_unless_told_otherwise if {
	migrating := json.patch(_flows(["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]), [{
		"op": "add",
		"path": "/UserPool/LambdaConfig/UserMigration",
		"value": "arn:aws:lambda:eu-west-1:111122223333:function:migrate",
	}])
	not rule.applies with input as migrating

	params := {"client-no-user-password-auth": {"allow_during_migration": false}}
	rule.applies with input as migrating with data.params as params
	count(rule.deny) == 1 with input as migrating with data.params as params
}

test_clients_without_local_users_are_exempt if {
	not rule.applies with input as object.union(fixtures.good, {"Client": fixtures.sso_client})
	not rule.applies with input as object.union(fixtures.good, {"Client": fixtures.machine_client})
	not rule.applies with input as _flows(["ALLOW_REFRESH_TOKEN_AUTH"])
}
