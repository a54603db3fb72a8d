package cognilint.rules.operations.threat_events_exported_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.operations.threat_events_exported as rule

_tier := ["UserPool", "UserPoolTier"]

_with(tier, mode, patches) := fixtures.pool(array.concat(
	[
		{"op": "replace", "path": "/UserPool/UserPoolTier", "value": tier},
		{"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": mode}},
	],
	patches,
))

_export := {"op": "add", "path": "/LogDeliveryConfiguration/LogConfigurations/-", "value": {"EventSource": "userAuthEvents", "LogLevel": "INFO"}}

_untold := {"op": "remove", "path": "/UserPool/UserPoolTier"}

test_events_that_stay_fail if {
	every mode in ["AUDIT", "ENFORCED"] {
		rule.applies with input as _with("PLUS", mode, [])
		rule.deny == {{
			"msg": sprintf("threat protection is %s but its events are not exported, expected a log delivery of userAuthEvents", [mode]),
			"path": ["LogDeliveryConfiguration", "LogConfigurations"],
			"actual": [{"EventSource": "userNotification", "LogLevel": "ERROR"}],
			"expected": "an entry with EventSource userAuthEvents",
		}} with input as _with("PLUS", mode, [])
	}
}

test_absent_list_is_empty if {
	some violation in rule.deny with input as _with("PLUS", "AUDIT", [{"op": "remove", "path": "/LogDeliveryConfiguration/LogConfigurations"}])
	violation.actual == null
}

test_export_passes if {
	count(rule.deny) == 0 with input as _with("PLUS", "ENFORCED", [_export])
	count(rule.unknown) == 0 with input as _with("PLUS", "ENFORCED", [_export])
}

# FP7
test_pool_without_threat_protection_is_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as _with("PLUS", "OFF", [])
	not rule.applies with input as _with("PLUS", "OFF", [{"op": "remove", "path": "/UserPool/UserPoolAddOns"}])
}

test_lower_plans_are_exempt if {
	every tier in ["LITE", "ESSENTIALS"] {
		not rule.applies with input as _with(tier, "ENFORCED", [])
		count(rule.deny) == 0 with input as _with(tier, "ENFORCED", [])
	}
}

test_absent_plan_is_unknown_where_it_counts if {
	rule.applies with input as _with("", "ENFORCED", [_untold])
	rule.unknown == {_tier} with input as _with("", "ENFORCED", [_untold])
	count(rule.unknown) == 0 with input as _with("", "ENFORCED", [_untold, _export])
	not rule.applies with input as _with("", "OFF", [_untold])
}
