# METADATA
# title: The web ACL does more than count
# description: |
#   A web ACL is associated with the pool, but it lets everything pass: it has
#   no rules, or all of them only count. The pool looks protected and is not.
# related_resources:
# - description: Associate an AWS WAF web ACL with a user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-waf.html
# - description: Using rule actions in AWS WAF
#   ref: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-action.html
# custom:
#   id: waf-enforces
#   severity: medium
#   target: pool
#   needs: [WebACL]
#   controls:
#     asvs-5.0: ["6.3.1"]
#   remediation: |
#     Look at what the rules count, then let those block or challenge that hit
#     no users.
#
#     Console: change the action of the rules, or remove the override to count
#     of a rule group, in the AWS WAF console.
#
#     AWS CLI: aws wafv2 get-web-acl, then update-web-acl with every setting and
#     rule it returned, its lock token and the changed Action or OverrideAction;
#     the call replaces the web ACL.
#
#     CloudFormation: Action and OverrideAction in Rules of AWS::WAFv2::WebACL.
#
#     Terraform: action and override_action in the rules of aws_wafv2_web_acl.
#   waive_when: |
#     Only for the first weeks, while the counts show whom the rules would
#     hit. MFA must be required meanwhile, and the day on which the rules
#     begin to block is the end of the waiver.
#   fix:
#     class: manual
#     note: Which rules may block depends on the traffic.
#   since: "0.1"
package cognilint.rules.network.waf_enforces

applies if object.get(input, "WebACL", null) != null

_rules contains rule if some rule in input.WebACL.Rules

# Firewall Manager puts groups around the rules.
_rules contains group if {
	some list in ["PreProcessFirewallManagerRuleGroups", "PostProcessFirewallManagerRuleGroups"]
	some group in input.WebACL[list]
}

_counts(rule) if rule.Action.Count

_counts(rule) if rule.OverrideAction.Count

_enforces if {
	some rule in _rules
	not _counts(rule)
}

_state := "has no rules" if {
	count(_rules) == 0
} else := "has rules that only count"

deny contains violation if {
	input.WebACL.DefaultAction.Allow
	not _enforces
	violation := {
		"msg": sprintf("the web ACL %q %s, expected one that blocks or challenges", [object.get(input.WebACL, "Name", "?"), _state]),
		"path": ["WebACL", "Rules"],
		"actual": sort([rule.Name | some rule in _rules]),
		"expected": "a rule that blocks or challenges",
	}
}
