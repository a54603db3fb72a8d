package cognilint.rules.domain.domain_managed_login_current_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.domain.domain_managed_login_current as rule

_with(tier, domain) := object.union(fixtures.good, {
	"UserPool": {"UserPoolTier": tier},
	"Domain": object.union({"Domain": "example", "Status": "ACTIVE"}, domain),
})

test_current_version_passes if {
	every tier in ["ESSENTIALS", "PLUS"] {
		pool := _with(tier, {"ManagedLoginVersion": 2})
		rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
		count(rule.unknown) == 0 with input as pool
	}
}

test_classic_version_fails if {
	rule.deny == {{
		"msg": "the domain example shows version 1 of the login pages, expected 2",
		"path": ["Domain", "ManagedLoginVersion"],
		"actual": 1,
		"expected": 2,
	}} with input as _with("ESSENTIALS", {"ManagedLoginVersion": 1})
	count(rule.deny) == 1 with input as _with("PLUS", {"ManagedLoginVersion": 1})
}

test_absent_version_is_unknown if {
	pool := _with("ESSENTIALS", {})
	rule.unknown == {["Domain", "ManagedLoginVersion"]} with input as pool
	count(rule.deny) == 0 with input as pool
}

test_lite_is_exempt if {
	every domain in [{}, {"ManagedLoginVersion": 1}] {
		not rule.applies with input as _with("LITE", domain)
		count(rule.deny) == 0 with input as _with("LITE", domain)
	}
}

test_absent_plan_is_unknown if {
	pool := json.patch(_with("LITE", {"ManagedLoginVersion": 1}), [{"op": "remove", "path": "/UserPool/UserPoolTier"}])
	rule.applies with input as pool
	rule.unknown == {["UserPool", "UserPoolTier"]} with input as pool
}
