package cognilint.rules.domain.domain_active_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.domain.domain_active as rule

_with(status) := object.union(fixtures.good, {"Domain": {"Domain": "auth.example.com", "Status": status}})

test_active_domain_passes if {
	count(rule.deny) == 0 with input as _with("ACTIVE")
	count(rule.unknown) == 0 with input as _with("ACTIVE")
}

test_failed_domain_fails if {
	rule.deny == {{
		"msg": "the domain auth.example.com has failed, expected it active",
		"path": ["Domain", "Status"],
		"actual": "FAILED",
		"expected": "ACTIVE",
	}} with input as _with("FAILED")
	count(rule.unknown) == 0 with input as _with("FAILED")
}

test_domain_in_motion_is_unknown if {
	every status in ["CREATING", "UPDATING", "DELETING", "SLEEPING"] {
		rule.unknown == {["Domain", "Status"]} with input as _with(status)
		count(rule.deny) == 0 with input as _with(status)
	}
}

test_absent_status_is_unknown if {
	pool := object.union(fixtures.good, {"Domain": {"Domain": "auth.example.com"}})
	rule.unknown == {["Domain", "Status"]} with input as pool
	count(rule.deny) == 0 with input as pool
}
