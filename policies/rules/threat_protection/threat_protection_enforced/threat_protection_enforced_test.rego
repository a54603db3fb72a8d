package cognilint.rules.threat_protection.threat_protection_enforced_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.threat_protection.threat_protection_enforced as rule

_path := ["UserPool", "UserPoolAddOns", "AdvancedSecurityMode"]

_edit := {"op": "replace", "path": _path, "value": "ENFORCED"}

_pool(tier, mode) := fixtures.pool([
	{"op": "replace", "path": "/UserPool/UserPoolTier", "value": tier},
	{"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": mode}},
])

_untold(mode) := json.patch(_pool("PLUS", mode), [{"op": "remove", "path": "/UserPool/UserPoolTier"}])

_without_add_ons := fixtures.pool([{"op": "replace", "path": "/UserPool/UserPoolTier", "value": "PLUS"}])

_plus_params := {"threat-protection-enforced": {"require_plus": true}}

test_enforced_passes if {
	rule.applies with input as _pool("PLUS", "ENFORCED")
	count(rule.deny) == 0 with input as _pool("PLUS", "ENFORCED")
	count(rule.unknown) == 0 with input as _pool("PLUS", "ENFORCED")
}

test_audit_fails_and_is_enforced if {
	pool := _pool("PLUS", "AUDIT")
	rule.applies with input as pool
	rule.deny == {{
		"msg": `threat protection is AUDIT, expected ENFORCED (local passwords: client "web")`,
		"path": _path,
		"actual": "AUDIT",
		"expected": "ENFORCED",
	}} with input as pool
	rule.fix == {_edit} with input as pool
}

test_off_or_absent_fails_and_is_not_enforced_at_once if {
	every pool in [_pool("PLUS", "OFF"), _without_add_ons] {
		some violation in rule.deny with input as pool
		contains(violation.msg, "threat protection is OFF")
		count(rule.fix) == 0 with input as pool
	}
	some absent in rule.deny with input as _without_add_ons
	absent.path == _path
	absent.actual == null
}

test_plans_without_threat_protection_are_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as _pool("ESSENTIALS", "OFF")
	not rule.applies with input as _pool("LITE", "OFF")
}

test_old_pools_on_lite_have_it if {
	rule.applies with input as _pool("LITE", "ENFORCED")
	count(rule.deny) == 0 with input as _pool("LITE", "ENFORCED")
	rule.fix == {_edit} with input as _pool("LITE", "AUDIT")
}

test_untold_plan_is_unknown_only_where_the_mode_is_off if {
	rule.applies with input as _untold("OFF")
	rule.unknown == {["UserPool", "UserPoolTier"]} with input as _untold("OFF")
	rule.applies with input as _untold("AUDIT")
	count(rule.unknown) == 0 with input as _untold("AUDIT")
	rule.fix == {_edit} with input as _untold("AUDIT")
}

test_plus_can_be_required if {
	rule.applies with input as fixtures.good with data.params as _plus_params
	some violation in rule.deny with input as fixtures.good with data.params as _plus_params
	contains(violation.msg, "(the plan ESSENTIALS does not have it)")
	count(rule.fix) == 0 with input as fixtures.good with data.params as _plus_params
	count(rule.fix) == 0 with input as _pool("ESSENTIALS", "AUDIT") with data.params as _plus_params
	count(rule.unknown) == 0 with input as _untold("OFF") with data.params as _plus_params
	count(rule.deny) == 1 with input as _untold("OFF") with data.params as _plus_params
}

test_audit_can_be_enough if {
	params := {"threat-protection-enforced": {"mode": "AUDIT"}}
	count(rule.deny) == 0 with input as _pool("PLUS", "AUDIT") with data.params as params
	count(rule.deny) == 1 with input as _pool("PLUS", "OFF") with data.params as params
}

test_mode_of_the_future_is_not_judged if {
	count(rule.deny) == 0 with input as _pool("PLUS", "PARANOID")
}

test_pool_with_federated_sign_in_only_is_exempt if {
	sso := json.patch(_pool("PLUS", "OFF"), [{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
	not rule.applies with input as sso
	not rule.applies with input as sso with data.params as _plus_params
	rule.applies with input as json.patch(sso, [{"op": "add", "path": "/unknown/-", "value": {"path": "/Clients/-", "reason": "denied"}}])
}
