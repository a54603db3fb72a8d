package cognilint.rules.network.waf_has_rate_rule_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.network.waf_has_rate_rule as rule

_rate(action) := {"Name": "rate", "Priority": 0, "Statement": {"RateBasedStatement": {"Limit": 1000, "AggregateKeyType": "IP"}}, "Action": {action: {}}}

_geo := {"Name": "geo", "Priority": 1, "Statement": {"GeoMatchStatement": {"CountryCodes": ["AQ"]}}, "Action": {"Block": {}}}

_managed(vendor, name) := {
	"Name": "managed", "Priority": 2,
	"Statement": {"ManagedRuleGroupStatement": {"VendorName": vendor, "Name": name}},
	"OverrideAction": {"None": {}},
}

_group := {
	"Name": "group", "Priority": 3,
	"Statement": {"RuleGroupReferenceStatement": {"ARN": "arn:aws:wafv2:eu-west-1:111122223333:regional/rulegroup/own/1"}},
	"OverrideAction": {"None": {}},
}

_counted(rule_with_group) := object.union(object.remove(rule_with_group, ["OverrideAction"]), {"OverrideAction": {"Count": {}}})

_pool(rules) := _with({"Rules": rules})

_with(members) := fixtures.pool([{
	"op": "replace", "path": "/WebACL",
	"value": object.union({"Name": "edge", "DefaultAction": {"Allow": {}}}, members),
}])

test_rate_rule_passes if {
	every action in ["Block", "Captcha", "Challenge"] {
		rule.applies with input as _pool([_geo, _rate(action)])
		count(rule.deny) == 0 with input as _pool([_geo, _rate(action)])
		count(rule.unknown) == 0 with input as _pool([_group, _rate(action)])
	}
	count(rule.deny) == 0 with input as _pool([_rate("Count"), _rate("Block")])
}

test_other_rules_are_not_enough if {
	rule.deny == {{
		"msg": `the web ACL "edge" has no rate-based rule, expected one that blocks or challenges`,
		"path": ["WebACL", "Rules"],
		"actual": ["geo", "managed"],
		"expected": "a rate-based rule",
	}} with input as _pool([_managed("AWS", "AWSManagedRulesCommonRuleSet"), _geo])
	count(rule.unknown) == 0 with input as _pool([_managed("AWS", "AWSManagedRulesCommonRuleSet"), _geo])
}

test_no_rules_fail if {
	every members in [{}, {"Rules": []}] {
		some violation in rule.deny with input as _with(members)
		violation.actual == []
	}
}

test_rate_rule_that_only_counts_fails if {
	rule.deny == {{
		"msg": `the rate-based rule "rate" of the web ACL "edge" only counts, expected that it blocks or challenges`,
		"path": ["WebACL", "Rules", 1, "Action"],
		"actual": "Count",
		"expected": "Block, Captcha or Challenge",
	}} with input as _pool([_geo, _rate("Count")])
}

test_groups_that_may_limit_rates_are_unknown if {
	every case in [
		[_group, "RuleGroupReferenceStatement"],
		[_managed("Vendor", "Whatever"), "ManagedRuleGroupStatement"],
		[_managed("AWS", "AWSManagedRulesBotControlRuleSet"), "ManagedRuleGroupStatement"],
	] {
		rule.unknown == {["WebACL", "Rules", 1, "Statement", case[1], "Rules"]} with input as _pool([_geo, case[0]])
		count(rule.unknown) == 0 with input as _pool([_geo, _counted(case[0])])
	}
}

test_groups_of_firewall_manager_are_unknown if {
	every list in ["PreProcessFirewallManagerRuleGroups", "PostProcessFirewallManagerRuleGroups"] {
		group := {"Name": "central", "FirewallManagerStatement": _group.Statement, "OverrideAction": {"None": {}}}
		rule.unknown == {["WebACL", list, 0, "FirewallManagerStatement"]} with input as _with({"Rules": [_geo], list: [group]})
		count(rule.unknown) == 0 with input as _with({"Rules": [_geo], list: [_counted(group)]})
		count(rule.unknown) == 0 with input as _with({"Rules": [_rate("Block")], list: [group]})
	}
}

test_pool_without_web_acl_is_exempt if {
	not rule.applies with input as fixtures.good
}
