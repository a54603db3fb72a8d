package cognilint.rules.threat_protection.threat_protection_custom_auth_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.threat_protection.threat_protection_custom_auth as rule

_path := ["UserPool", "UserPoolAddOns", "AdvancedSecurityAdditionalFlows", "CustomAuthMode"]

_function(name) := sprintf("arn:aws:lambda:eu-west-1:111122223333:function:%s", [name])

_triggers := {
	"DefineAuthChallenge": _function("define"),
	"CreateAuthChallenge": _function("create"),
	"VerifyAuthChallengeResponse": _function("verify"),
}

_flows(flows) := {"op": "replace", "path": "/Clients/0/ExplicitAuthFlows", "value": flows}

_custom_flows := _flows(["ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])

_mode(mode) := {"op": "add", "path": "/UserPool/UserPoolAddOns/AdvancedSecurityAdditionalFlows", "value": {"CustomAuthMode": mode}}

# On PLUS with enforced standard authentication and custom challenges.
_pool(patches) := fixtures.pool(array.concat(
	[
		{"op": "replace", "path": "/UserPool/UserPoolTier", "value": "PLUS"},
		{"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": "ENFORCED"}},
		{"op": "replace", "path": "/UserPool/LambdaConfig", "value": _triggers},
		_custom_flows,
	],
	patches,
))

_on(tier) := [{"op": "replace", "path": "/UserPool/UserPoolTier", "value": tier}]

_every_pool := {"threat-protection-custom-auth": {"only_with_custom_auth": false, "require_plus": true}}

test_enforced_passes if {
	rule.applies with input as _pool([_mode("ENFORCED")])
	count(rule.deny) == 0 with input as _pool([_mode("ENFORCED")])
}

test_absent_mode_fails_and_is_left_to_the_owner if {
	rule.applies with input as _pool([])
	rule.deny == {{
		"msg": "threat protection for custom authentication is OFF, expected ENFORCED",
		"path": _path,
		"actual": null,
		"expected": "ENFORCED",
	}} with input as _pool([])
	count(rule.fix) == 0 with input as _pool([])
	count(rule.unknown) == 0 with input as _pool([])
}

test_audit_fails_and_is_enforced if {
	some violation in rule.deny with input as _pool([_mode("AUDIT")])
	violation.actual == "AUDIT"
	rule.fix == {{"op": "replace", "path": _path, "value": "ENFORCED"}} with input as _pool([_mode("AUDIT")])
}

test_mode_of_standard_authentication_does_not_count if {
	every mode in ["OFF", "AUDIT", "ENFORCED"] {
		count(rule.deny) == 1 with input as _pool([{"op": "replace", "path": "/UserPool/UserPoolAddOns/AdvancedSecurityMode", "value": mode}])
	}
}

test_pools_without_custom_challenges_are_exempt if {
	every patch in [
		{"op": "remove", "path": "/UserPool/LambdaConfig/DefineAuthChallenge"},
		{"op": "remove", "path": "/UserPool/LambdaConfig/VerifyAuthChallengeResponse"},
		{"op": "replace", "path": "/UserPool/LambdaConfig", "value": {}},
		{"op": "remove", "path": "/UserPool/LambdaConfig"},
		_flows(["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]),
		{"op": "replace", "path": "/Clients", "value": []},
	] {
		not rule.applies with input as _pool([patch])
	}
}

test_default_and_legacy_flows_allow_custom_challenges if {
	every patch in [
		{"op": "remove", "path": "/Clients/0/ExplicitAuthFlows"},
		_flows([]),
		_flows(["CUSTOM_AUTH_FLOW_ONLY"]),
	] {
		rule.applies with input as _pool([patch])
	}
}

test_other_plans_are_exempt if {
	every tier in ["LITE", "ESSENTIALS"] {
		not rule.applies with input as _pool(_on(tier))
	}
}

test_untold_plan_is_unknown if {
	untold := {"op": "remove", "path": "/UserPool/UserPoolTier"}
	rule.applies with input as _pool([untold])
	rule.unknown == {["UserPool", "UserPoolTier"]} with input as _pool([untold])
	count(rule.fix) == 0 with input as _pool([untold, _mode("AUDIT")])
	count(rule.unknown) == 0 with input as _pool([untold, _mode("ENFORCED")])
}

test_unread_clients_are_unknown if {
	every patch in [
		{"op": "remove", "path": "/Clients"},
		{"op": "add", "path": "/unknown/-", "value": {"path": "/Clients/-", "reason": "denied"}},
		{"op": "add", "path": "/unknown/-", "value": {"path": "/Clients/0", "reason": "denied"}},
	] {
		rule.applies with input as _pool([patch])
		rule.unknown == {["Clients", "-"]} with input as _pool([patch])
		count(rule.unknown) == 0 with input as _pool([patch]) with data.params as _every_pool
		count(rule.unknown) == 0 with input as _pool([patch, _mode("ENFORCED")])
	}
	without_triggers := _pool([
		{"op": "remove", "path": "/Clients"},
		{"op": "replace", "path": "/UserPool/LambdaConfig", "value": {}},
	])
	not rule.applies with input as without_triggers
}

test_every_pool_can_be_included if {
	rule.applies with input as fixtures.good with data.params as _every_pool
	some violation in rule.deny with input as fixtures.good with data.params as _every_pool
	contains(violation.msg, "(the plan ESSENTIALS does not have it)")
	count(rule.fix) == 0 with input as _pool(array.concat(_on("LITE"), [_mode("AUDIT")])) with data.params as _every_pool
}

test_each_parameter_includes_alone if {
	plus := {"threat-protection-custom-auth": {"require_plus": true}}
	not rule.applies with input as fixtures.good with data.params as plus
	rule.applies with input as _pool(_on("ESSENTIALS")) with data.params as plus

	without_challenges := {"threat-protection-custom-auth": {"only_with_custom_auth": false}}
	not rule.applies with input as fixtures.good with data.params as without_challenges
	rule.applies with input as _pool([{"op": "replace", "path": "/UserPool/LambdaConfig", "value": {}}]) with data.params as without_challenges
}

test_mode_of_the_future_is_not_judged if {
	count(rule.deny) == 0 with input as _pool([_mode("PARANOID")])
}
