package cognilint.rules.threat_protection.risk_mfa_action_has_effect_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.threat_protection.risk_mfa_action_has_effect as rule

_risk := {"AccountTakeoverRiskConfiguration": {"Actions": {
	"HighAction": {"EventAction": "MFA_REQUIRED", "Notify": false},
	"MediumAction": {"EventAction": "MFA_IF_CONFIGURED", "Notify": false},
	"LowAction": {"EventAction": "NO_ACTION", "Notify": false},
}}}

_with(mfa, mode, patches) := object.union(
	fixtures.pool([
		{"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": mode}},
		{"op": "replace", "path": "/UserPool/MfaConfiguration", "value": mfa},
		{"op": "replace", "path": "/MfaConfig/MfaConfiguration", "value": mfa},
	]),
	{"RiskConfiguration": json.patch(_risk, patches)},
)

_path(level) := ["RiskConfiguration", "AccountTakeoverRiskConfiguration", "Actions", level, "EventAction"]

test_mfa_that_is_on_passes if {
	every mfa in ["ON", "OPTIONAL"] {
		rule.applies with input as _with(mfa, "ENFORCED", [])
		count(rule.deny) == 0 with input as _with(mfa, "ENFORCED", [])
	}
}

test_answers_with_mfa_that_is_off_fail if {
	rule.deny == {
		{
			"msg": "the risk configuration of the pool answers HighAction with MFA_REQUIRED, but MFA is off, so nobody can answer, expected MFA ON or OPTIONAL",
			"path": _path("HighAction"),
			"actual": "MFA_REQUIRED",
			"expected": "BLOCK or NO_ACTION while MFA is off",
		},
		{
			"msg": "the risk configuration of the pool answers MediumAction with MFA_IF_CONFIGURED, but MFA is off, so nobody is asked, expected MFA ON or OPTIONAL",
			"path": _path("MediumAction"),
			"actual": "MFA_IF_CONFIGURED",
			"expected": "BLOCK or NO_ACTION while MFA is off",
		},
	} with input as _with("OFF", "AUDIT", [])
}

test_absent_mfa_mode_is_off if {
	pool := json.patch(_with("OFF", "ENFORCED", []), [
		{"op": "remove", "path": "/UserPool/MfaConfiguration"},
		{"op": "remove", "path": "/MfaConfig/MfaConfiguration"},
	])
	count(rule.deny) == 2 with input as pool
}

test_entry_of_a_client_is_named if {
	some violation in rule.deny with input as _with("OFF", "ENFORCED", [{"op": "add", "path": "/ClientId", "value": "1example"}])
	contains(violation.msg, "of client 1example answers")
}

test_other_answers_pass if {
	every patches in [
		[{"op": "remove", "path": "/AccountTakeoverRiskConfiguration"}],
		[{"op": "remove", "path": "/AccountTakeoverRiskConfiguration/Actions"}],
		[{"op": "replace", "path": "/AccountTakeoverRiskConfiguration/Actions", "value": {"HighAction": {"EventAction": "BLOCK"}, "LowAction": {"Notify": true}}}],
		[{"op": "replace", "path": "/AccountTakeoverRiskConfiguration/Actions", "value": {"HighAction": {"EventAction": "FUTURE"}}}],
	] {
		rule.applies with input as _with("OFF", "ENFORCED", patches)
		count(rule.deny) == 0 with input as _with("OFF", "ENFORCED", patches)
	}
}

test_pools_without_threat_protection_are_exempt if {
	not rule.applies with input as _with("OFF", "OFF", [])
	not rule.applies with input as object.union(fixtures.good, {"RiskConfiguration": _risk})
}
