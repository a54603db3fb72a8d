package cognilint.rules.threat_protection.client_propagates_user_context_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.threat_protection.client_propagates_user_context as rule

_path := ["Client", "EnablePropagateAdditionalUserContextData"]

_pool(mode) := fixtures.pool([{"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": mode}}])

_client(patches) := fixtures.client_of(_pool("AUDIT"), patches)

_propagates(value) := {"op": "add", "path": "/EnablePropagateAdditionalUserContextData", "value": value}

_flows(flows) := {"op": "replace", "path": "/ExplicitAuthFlows", "value": flows}

test_propagation_passes if {
	rule.applies with input as _client([_propagates(true)])
	count(rule.deny) == 0 with input as _client([_propagates(true)])
}

test_no_propagation_fails_and_is_switched_on if {
	every patches in [[], [_propagates(false)]] {
		rule.applies with input as _client(patches)
		some violation in rule.deny with input as _client(patches)
		violation.msg == `client "web" may not pass on the address of its users, expected that it may`
		violation.path == _path
		violation.expected == true
		rule.fix == {{"op": "replace", "path": _path, "value": true}} with input as _client(patches)
	}
	some absent in rule.deny with input as _client([])
	absent.actual == null
}

test_clients_without_a_secret_are_exempt if {
	not rule.applies with input as _client([{"op": "replace", "path": "/HasClientSecret", "value": false}])
	not rule.applies with input as _client([{"op": "remove", "path": "/HasClientSecret"}])
}

test_flows_decide if {
	rule.applies with input as _client([{"op": "remove", "path": "/ExplicitAuthFlows"}])
	rule.applies with input as _client([_flows(["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"])])
	rule.applies with input as _client([_flows(["ADMIN_NO_SRP_AUTH"])])
	not rule.applies with input as _client([_flows(["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])])
	not rule.applies with input as _client([_flows(["ALLOW_CUSTOM_AUTH"])])
	not rule.applies with input as object.union(_pool("ENFORCED"), {"Client": fixtures.sso_client})
	not rule.applies with input as object.union(_pool("ENFORCED"), {"Client": fixtures.machine_client})
}

test_custom_challenges_count_with_their_trigger if {
	pool := json.patch(_pool("ENFORCED"), [{"op": "replace", "path": "/UserPool/LambdaConfig", "value": {"DefineAuthChallenge": "arn:aws:lambda:eu-west-1:111122223333:function:define"}}])
	rule.applies with input as fixtures.client_of(pool, [_flows(["ALLOW_CUSTOM_AUTH"])])
}

test_pools_without_threat_protection_are_exempt if {
	not rule.applies with input as fixtures.client([])
	not rule.applies with input as fixtures.client_of(_pool("OFF"), [])
}
