package cognilint.rules.operations.plan_supports_settings_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.operations.plan_supports_settings as rule

_on(tier, patches) := fixtures.pool(array.concat([{"op": "replace", "path": "/UserPool/UserPoolTier", "value": tier}], patches))

_add(path, value) := {"op": "add", "path": path, "value": value}

_threat_protection(mode) := _add("/UserPool/UserPoolAddOns", {"AdvancedSecurityMode": mode})

_essentials := [
	{"patch": _add("/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", ["PASSWORD", "EMAIL_OTP"]), "path": ["UserPool", "Policies", "SignInPolicy", "AllowedFirstAuthFactors", 1], "actual": "EMAIL_OTP"},
	{"patch": _add("/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", ["SMS_OTP"]), "path": ["UserPool", "Policies", "SignInPolicy", "AllowedFirstAuthFactors", 0], "actual": "SMS_OTP"},
	{"patch": _add("/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", ["WEB_AUTHN"]), "path": ["UserPool", "Policies", "SignInPolicy", "AllowedFirstAuthFactors", 0], "actual": "WEB_AUTHN"},
	{"patch": _add("/UserPool/Policies/PasswordPolicy/PasswordHistorySize", 1), "path": ["UserPool", "Policies", "PasswordPolicy", "PasswordHistorySize"], "actual": 1},
	{"patch": _add("/MfaConfig/EmailMfaConfiguration", {"Subject": "Code"}), "path": ["MfaConfig", "EmailMfaConfiguration"], "actual": {"Subject": "Code"}},
	{"patch": _add("/UserPool/LambdaConfig/PreTokenGenerationConfig", {"LambdaVersion": "V2_0"}), "path": ["UserPool", "LambdaConfig", "PreTokenGenerationConfig", "LambdaVersion"], "actual": "V2_0"},
	{"patch": _add("/UserPool/LambdaConfig/PreTokenGenerationConfig", {"LambdaVersion": "V3_0"}), "path": ["UserPool", "LambdaConfig", "PreTokenGenerationConfig", "LambdaVersion"], "actual": "V3_0"},
	{"patch": _add("/Domains", [{"Domain": "a", "ManagedLoginVersion": 1}, {"Domain": "b", "ManagedLoginVersion": 2}]), "path": ["Domains", 1, "ManagedLoginVersion"], "actual": 2},
	{"patch": _add("/Clients/0/ExplicitAuthFlows/0", "ALLOW_USER_AUTH"), "path": ["Clients", 0, "ExplicitAuthFlows", 0], "actual": "ALLOW_USER_AUTH"},
]

_plus := [
	{"patch": _add("/UserPool/UserPoolAddOns", {"AdvancedSecurityAdditionalFlows": {"CustomAuthMode": "AUDIT"}}), "path": ["UserPool", "UserPoolAddOns", "AdvancedSecurityAdditionalFlows", "CustomAuthMode"], "actual": "AUDIT"},
	{"patch": _add("/LogDeliveryConfiguration/LogConfigurations/-", {"EventSource": "userAuthEvents", "LogLevel": "INFO"}), "path": ["LogDeliveryConfiguration", "LogConfigurations", 1, "EventSource"], "actual": "userAuthEvents"},
]

_places(pool) := {{"path": violation.path, "actual": violation.actual, "expected": violation.expected} | some violation in found} if {
	found := rule.deny with input as pool
}

test_good_pool_passes_on_every_plan if {
	every tier in ["LITE", "ESSENTIALS", "PLUS"] {
		count(rule.deny) == 0 with input as _on(tier, [])
		count(rule.unknown) == 0 with input as _on(tier, [])
	}
}

test_settings_of_essentials_need_it if {
	every entry in _essentials {
		_places(_on("LITE", [entry.patch])) == {{
			"path": entry.path,
			"actual": entry.actual,
			"expected": "not used below the plan ESSENTIALS",
		}}
		every tier in ["ESSENTIALS", "PLUS"] {
			_places(_on(tier, [entry.patch])) == set()
		}
	}
}

test_settings_of_plus_need_it if {
	every entry in _plus {
		every tier in ["LITE", "ESSENTIALS"] {
			_places(_on(tier, [entry.patch])) == {{
				"path": entry.path,
				"actual": entry.actual,
				"expected": "not used below the plan PLUS",
			}}
		}
		_places(_on("PLUS", [entry.patch])) == set()
	}
}

test_threat_protection_needs_plus if {
	every mode in ["AUDIT", "ENFORCED"] {
		rule.deny == {{
			"msg": "threat protection needs the plan PLUS, but the pool is on ESSENTIALS, expected it off or a higher plan",
			"path": ["UserPool", "UserPoolAddOns", "AdvancedSecurityMode"],
			"actual": mode,
			"expected": "not used below the plan PLUS",
		}} with input as _on("ESSENTIALS", [_threat_protection(mode)])
		count(rule.deny) == 0 with input as _on("PLUS", [_threat_protection(mode)])
	}
	count(rule.deny) == 0 with input as _on("ESSENTIALS", [_threat_protection("OFF")])
}

test_threat_protection_of_old_pools_is_legal if {
	every mode in ["AUDIT", "ENFORCED"] {
		count(rule.deny) == 0 with input as _on("LITE", [_threat_protection(mode)])
	}
}

test_old_pools_get_nothing_else if {
	every entry in array.concat(_essentials, [_plus[1]]) {
		count(rule.deny) == 1 with input as _on("LITE", [_threat_protection("ENFORCED"), entry.patch])
	}
	custom := _add("/UserPool/UserPoolAddOns/AdvancedSecurityAdditionalFlows", {"CustomAuthMode": "ENFORCED"})
	count(rule.deny) == 1 with input as _on("LITE", [_threat_protection("ENFORCED"), custom])
}

test_values_of_every_plan_pass if {
	count(rule.deny) == 0 with input as _on("LITE", [
		_add("/UserPool/Policies/PasswordPolicy/PasswordHistorySize", 0),
		_add("/UserPool/LambdaConfig/PreTokenGenerationConfig", {"LambdaVersion": "V1_0"}),
		_add("/UserPool/UserPoolAddOns", {}),
		_add("/Domains", [{"Domain": "a"}]),
	])
}

test_absent_sections_of_the_pool_are_no_use if {
	every path in ["/UserPool/Policies", "/UserPool/LambdaConfig", "/LogDeliveryConfiguration/LogConfigurations", "/Clients/0/ExplicitAuthFlows"] {
		count(rule.deny) == 0 with input as _on("LITE", [{"op": "remove", "path": path}])
	}
}

test_violations_are_counted_one_by_one if {
	count(rule.deny) == 4 with input as _on("LITE", [_essentials[0].patch, _essentials[3].patch, _plus[0].patch, _plus[1].patch])
}

test_absent_plan_is_unknown if {
	untold := fixtures.pool([
		{"op": "remove", "path": "/UserPool/UserPoolTier"},
		_add("/UserPool/Policies/PasswordPolicy/PasswordHistorySize", 4),
	])
	rule.unknown == {["UserPool", "UserPoolTier"]} with input as untold
	count(rule.deny) == 0 with input as untold
}

test_plan_of_the_future_is_not_judged if {
	count(rule.deny) == 0 with input as _on("ULTIMATE", [_threat_protection("ENFORCED"), _essentials[0].patch])
}

test_lists_that_may_go_on_prove_no_absence if {
	every section in ["Clients", "Domains"] {
		partly := _add("/unknown/-", {"path": sprintf("/%s/-", [section]), "reason": "may have more"})
		rule.unknown == {[section, "-"]} with input as _on("LITE", [partly])
		count(rule.unknown) == 0 with input as _on("LITE", [partly, _essentials[0].patch])
		count(rule.unknown) == 0 with input as _on("ESSENTIALS", [partly])
	}
}
