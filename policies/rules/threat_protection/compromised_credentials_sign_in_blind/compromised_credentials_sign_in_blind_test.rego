package cognilint.rules.threat_protection.compromised_credentials_sign_in_blind_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.threat_protection.compromised_credentials_sign_in_blind as rule

_risk(action, filter) := {"CompromisedCredentialsRiskConfiguration": {"Actions": {"EventAction": action}, "EventFilter": filter}}

_with(mode, risks, patches) := fixtures.pool(array.concat(
	[
		{"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": mode}},
		{"op": "replace", "path": "/RiskConfigurations", "value": risks},
	],
	patches,
))

_pool(patches) := _with("ENFORCED", [_risk("BLOCK", [])], patches)

_flows(flows) := {"op": "replace", "path": "/Clients/0/ExplicitAuthFlows", "value": flows}

test_srp_alone_is_blind if {
	rule.applies with input as _pool([])
	rule.deny == {{
		"msg": `users sign in with SRP only (client "web"), so leaked passwords are found at sign-up and password change but not at sign-in, expected a second factor to stand in`,
		"path": ["RiskConfigurations", 0, "CompromisedCredentialsRiskConfiguration", "EventFilter"],
		"actual": [],
		"expected": "a second factor beside SRP",
	}} with input as _pool([])
}

test_default_flows_are_blind if {
	count(rule.deny) == 1 with input as _pool([{"op": "remove", "path": "/Clients/0/ExplicitAuthFlows"}])
}

test_passwords_that_are_sent_are_seen if {
	every flow in ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] {
		count(rule.deny) == 0 with input as _pool([_flows([flow])])
	}
	count(rule.deny) == 0 with input as _pool([{"op": "add", "path": "/Clients/-", "value": object.union(fixtures.machine_client, {"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]})}])
}

test_login_pages_for_local_users_see_passwords if {
	pages := object.union(fixtures.sso_client, {"SupportedIdentityProviders": ["Corp", "COGNITO"]})
	count(rule.deny) == 0 with input as _pool([{"op": "add", "path": "/Clients/-", "value": pages}])
	count(rule.deny) == 1 with input as _pool([{"op": "add", "path": "/Clients/-", "value": fixtures.sso_client}])
}

test_pools_without_srp_are_not_blind if {
	count(rule.deny) == 0 with input as _pool([_flows(["ALLOW_REFRESH_TOKEN_AUTH"])])
	count(rule.deny) == 0 with input as _pool([{"op": "replace", "path": "/Clients", "value": []}])
	count(rule.deny) == 0 with input as _pool([{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client, fixtures.machine_client]}])
}

test_many_clients_are_counted if {
	clients := [{"ClientId": id} | some id in ["a", "b", "c", "d"]]
	some violation in rule.deny with input as _pool([{"op": "replace", "path": "/Clients", "value": clients}])
	contains(violation.msg, "(4 clients)")
}

test_sign_in_that_is_not_checked_is_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as _with("OFF", [_risk("BLOCK", [])], [])
	not rule.applies with input as _with("ENFORCED", [_risk("NO_ACTION", [])], [])
	not rule.applies with input as _with("ENFORCED", [_risk("BLOCK", ["SIGN_UP"])], [])
	not rule.applies with input as _with("ENFORCED", [], [])
	rule.applies with input as _with("AUDIT", [_risk("BLOCK", ["SIGN_UP", "SIGN_IN"])], [])
}

test_unread_configuration_is_unknown if {
	unread := _with("ENFORCED", [], [{"op": "add", "path": "/unknown/-", "value": {"path": "/RiskConfigurations/-", "reason": "denied"}}])
	rule.applies with input as unread
	rule.unknown == {["RiskConfigurations", "-"]} with input as unread
}
