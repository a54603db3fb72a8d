package cognilint.rules.threat_protection.risk_skipped_ip_range_narrow_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.threat_protection.risk_skipped_ip_range_narrow as rule

_with(mode, risk) := object.union(
	fixtures.pool([{"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": mode}}]),
	{"RiskConfiguration": risk},
)

_skipping(ranges) := _with("ENFORCED", {"RiskExceptionConfiguration": {"SkippedIPRangeList": ranges}})

_path(i) := ["RiskConfiguration", "RiskExceptionConfiguration", "SkippedIPRangeList", i]

test_narrow_ranges_pass if {
	pool := _skipping(["192.0.2.0/24", "192.0.2.7/32", "2001:db8::/64", "2001:db8::1/128", "192.0.2.7", "2001:db8::1"])
	rule.applies with input as pool
	count(rule.deny) == 0 with input as pool
}

test_wide_ranges_fail if {
	rule.deny == {
		{
			"msg": "the risk configuration of the pool skips 0.0.0.0/0, expected a prefix of at least /24",
			"path": _path(1),
			"actual": "0.0.0.0/0",
			"expected": "a prefix of at least /24",
		},
		{
			"msg": "the risk configuration of the pool skips 2001:db8::/63, expected a prefix of at least /64",
			"path": _path(2),
			"actual": "2001:db8::/63",
			"expected": "a prefix of at least /64",
		},
	} with input as _skipping(["192.0.2.0/24", "0.0.0.0/0", "2001:db8::/63"])
	count(rule.deny) == 1 with input as _skipping(["192.0.2.0/23"])
}

test_blocked_ranges_are_not_its_business if {
	count(rule.deny) == 0 with input as _with("ENFORCED", {"RiskExceptionConfiguration": {"BlockedIPRangeList": ["0.0.0.0/0"]}})
	count(rule.deny) == 0 with input as _with("ENFORCED", {})
	count(rule.deny) == 0 with input as _skipping([])
}

test_entry_of_a_client_is_named if {
	some violation in rule.deny with input as _with("AUDIT", {"ClientId": "1example", "RiskExceptionConfiguration": {"SkippedIPRangeList": ["10.0.0.0/8"]}})
	contains(violation.msg, "of client 1example skips 10.0.0.0/8")
}

test_text_that_is_no_range_is_not_judged if {
	count(rule.deny) == 0 with input as _skipping(["", "/", "office", "192.0.2.0/", "192.0.2.0/x", "192.0.2.0/-1", "1/2/3", "192.0.2.0/1e1"])
}

test_limits_can_be_changed if {
	params := {"risk-skipped-ip-range-narrow": {"v4_min": 16, "v6_min": 48}}
	count(rule.deny) == 0 with input as _skipping(["10.0.0.0/16", "2001:db8::/48"]) with data.params as params
	count(rule.deny) == 2 with input as _skipping(["10.0.0.0/15", "2001:db8::/47"]) with data.params as params
}

test_pools_without_threat_protection_are_exempt if {
	risk := {"RiskExceptionConfiguration": {"SkippedIPRangeList": ["0.0.0.0/0"]}}
	not rule.applies with input as _with("OFF", risk)
	not rule.applies with input as object.union(fixtures.good, {"RiskConfiguration": risk})
}
