# METADATA
# title: The web ACL limits the rate of requests
# description: |
#   A web ACL protects the pool, but no rule in it slows down a client that
#   sends too many requests. Passwords and codes can be guessed as fast as the
#   quotas of the pool allow, which its users then miss.
# related_resources:
# - description: Associate an AWS WAF web ACL with a user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-waf.html
# - description: Using rate-based rule statements in AWS WAF
#   ref: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
# custom:
#   id: waf-has-rate-rule
#   severity: medium
#   target: pool
#   needs: [WebACL]
#   controls:
#     asvs-5.0: ["6.3.1"]
#   remediation: |
#     Add a rate-based rule that blocks or challenges; begin with a high limit.
#
#     Console: add a rate-based rule to the web ACL in the AWS WAF console.
#
#     AWS CLI: aws wafv2 get-web-acl, then update-web-acl with every setting and
#     rule it returned, its lock token and a rule with a RateBasedStatement; the
#     call replaces the web ACL.
#
#     CloudFormation: a rule with RateBasedStatement in Rules of
#     AWS::WAFv2::WebACL.
#
#     Terraform: a rule with rate_based_statement in aws_wafv2_web_acl.
#   waive_when: |
#     Reasonable while the right limit is measured, or where another rule
#     challenges every sign-in and sign-up. MFA must then be required, and
#     strangers must not be able to trigger SMS.
#   fix:
#     class: manual
#     note: The right limit depends on the traffic, and a web ACL may serve several resources.
#   since: "0.1"
package cognilint.rules.network.waf_has_rate_rule

applies if object.get(input, "WebACL", null) != null

_counting_rate_rules contains i if {
	some i, rule in input.WebACL.Rules
	rule.Statement.RateBasedStatement
	rule.Action.Count
}

_rate_limited if {
	some rule in input.WebACL.Rules
	rule.Statement.RateBasedStatement
	not rule.Action.Count
}

# The groups whose rules are not told and which may limit rates; one that is
# overridden to count cannot.
_groups contains path if {
	some i, rule in input.WebACL.Rules
	not rule.OverrideAction.Count
	some member in _opaque(rule.Statement)
	path := ["WebACL", "Rules", i, "Statement", member, "Rules"]
}

_groups contains path if {
	some list in ["PreProcessFirewallManagerRuleGroups", "PostProcessFirewallManagerRuleGroups"]
	some i, group in input.WebACL[list]
	not group.OverrideAction.Count
	path := ["WebACL", list, i, "FirewallManagerStatement"]
}

_opaque(statement) := {member |
	some member, group in statement
	_may_limit(member, group)
}

_may_limit("RuleGroupReferenceStatement", _)

_may_limit("ManagedRuleGroupStatement", group) if group.VendorName != "AWS"

_may_limit("ManagedRuleGroupStatement", group) if group.Name in _limiting_groups

# The groups of AWS that count requests of a client or a session.
_limiting_groups := {
	"AWSManagedRulesACFPRuleSet",
	"AWSManagedRulesATPRuleSet",
	"AWSManagedRulesAntiDDoSRuleSet",
	"AWSManagedRulesBotControlRuleSet",
}

unknown contains path if {
	not _rate_limited
	some path in _groups
}

deny contains violation if {
	not _rate_limited
	count(_counting_rate_rules) == 0
	violation := {
		"msg": sprintf("the web ACL %q has no rate-based rule, expected one that blocks or challenges", [_name]),
		"path": ["WebACL", "Rules"],
		"actual": sort([rule.Name | some rule in input.WebACL.Rules]),
		"expected": "a rate-based rule",
	}
}

deny contains violation if {
	not _rate_limited
	some i in _counting_rate_rules
	rule := input.WebACL.Rules[i]
	violation := {
		"msg": sprintf("the rate-based rule %q of the web ACL %q only counts, expected that it blocks or challenges", [object.get(rule, "Name", "?"), _name]),
		"path": ["WebACL", "Rules", i, "Action"],
		"actual": "Count",
		"expected": "Block, Captcha or Challenge",
	}
}

_name := object.get(input.WebACL, "Name", "?")
