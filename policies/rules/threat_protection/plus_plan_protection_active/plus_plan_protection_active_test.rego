package cognilint.rules.threat_protection.plus_plan_protection_active_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.threat_protection.plus_plan_protection_active as rule

_path := ["UserPool", "UserPoolAddOns", "AdvancedSecurityMode"]

_on(tier, patches) := fixtures.pool(array.concat([{"op": "replace", "path": "/UserPool/UserPoolTier", "value": tier}], patches))

_mode(mode) := {"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": mode}}

test_active_protection_passes if {
	every mode in ["AUDIT", "ENFORCED"] {
		rule.applies with input as _on("PLUS", [_mode(mode)])
		count(rule.deny) == 0 with input as _on("PLUS", [_mode(mode)])
	}
}

test_off_or_absent_fails_and_is_audited if {
	custom := {"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityAdditionalFlows": {"CustomAuthMode": "ENFORCED"}}}
	every patches in [[], [_mode("OFF")], [custom]] {
		pool := _on("PLUS", patches)
		some violation in rule.deny with input as pool
		violation.path == _path
		rule.fix == {{"op": "replace", "path": _path, "value": "AUDIT"}} with input as pool
	}
	some violation in rule.deny with input as _on("PLUS", [])
	violation.actual == null
}

test_other_plans_are_exempt if {
	every tier in ["LITE", "ESSENTIALS", "ULTIMATE"] {
		not rule.applies with input as _on(tier, [_mode("OFF")])
	}
}

test_untold_plan_is_unknown_only_where_the_mode_is_off if {
	untold := [{"op": "remove", "path": "/UserPool/UserPoolTier"}]
	off := fixtures.pool(untold)
	rule.applies with input as off
	rule.unknown == {["UserPool", "UserPoolTier"]} with input as off
	count(rule.deny) == 0 with input as off

	on := fixtures.pool(array.concat(untold, [_mode("ENFORCED")]))
	count(rule.unknown) == 0 with input as on
	count(rule.deny) == 0 with input as on
}
