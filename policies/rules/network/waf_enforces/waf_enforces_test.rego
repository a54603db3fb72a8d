package cognilint.rules.network.waf_enforces_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.network.waf_enforces as rule

_rule(action) := {"Name": "geo", "Statement": {"GeoMatchStatement": {"CountryCodes": ["AQ"]}}, "Action": {action: {}}}

_group(override) := {"Name": "group", "Statement": {"RuleGroupReferenceStatement": {"ARN": "arn"}}, "OverrideAction": {override: {}}}

_with(members) := fixtures.pool([{
	"op": "replace", "path": "/WebACL",
	"value": object.union({"Name": "edge", "DefaultAction": {"Allow": {}}}, members),
}])

_pool(rules) := _with({"Rules": rules})

test_rule_that_acts_passes if {
	every action in ["Block", "Captcha", "Challenge"] {
		rule.applies with input as _pool([_rule("Count"), _rule(action)])
		count(rule.deny) == 0 with input as _pool([_rule("Count"), _rule(action)])
	}
	count(rule.deny) == 0 with input as _pool([_group("Count"), _group("None")])
}

test_rules_that_only_count_fail if {
	rule.deny == {{
		"msg": `the web ACL "edge" has rules that only count, expected one that blocks or challenges`,
		"path": ["WebACL", "Rules"],
		"actual": ["geo", "group"],
		"expected": "a rule that blocks or challenges",
	}} with input as _pool([_rule("Count"), _group("Count")])
}

test_no_rules_fail if {
	every members in [{}, {"Rules": []}] {
		some violation in rule.deny with input as _with(members)
		contains(violation.msg, "has no rules")
		violation.actual == []
	}
}

test_default_that_blocks_passes if {
	count(rule.deny) == 0 with input as fixtures.pool([{"op": "replace", "path": "/WebACL", "value": {"DefaultAction": {"Block": {}}, "Rules": [_rule("Allow")]}}])
	count(rule.deny) == 0 with input as fixtures.pool([{"op": "replace", "path": "/WebACL", "value": {"DefaultAction": {"Block": {}}, "Rules": []}}])
}

test_groups_of_firewall_manager_are_rules if {
	every list in ["PreProcessFirewallManagerRuleGroups", "PostProcessFirewallManagerRuleGroups"] {
		acting := {"Name": "central", "FirewallManagerStatement": {"RuleGroupReferenceStatement": {"ARN": "arn"}}, "OverrideAction": {"None": {}}}
		count(rule.deny) == 0 with input as _with({list: [acting]})
		count(rule.deny) == 0 with input as _with({"Rules": [_rule("Count")], list: [acting]})
		counting := object.union(object.remove(acting, ["OverrideAction"]), {"OverrideAction": {"Count": {}}})
		some violation in rule.deny with input as _with({list: [counting]})
		contains(violation.msg, "has rules that only count")
	}
}

test_pool_without_web_acl_is_exempt if {
	not rule.applies with input as fixtures.good
}
