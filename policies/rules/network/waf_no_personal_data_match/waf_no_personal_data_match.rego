# METADATA
# title: Web ACL rules do not wait for personal data
# description: |
#   A rule of the web ACL looks at the body of requests. Cognito withholds user
#   names, passwords, phone numbers and email addresses from AWS WAF, so a rule
#   that waits for these never fires, and nobody notices.
# related_resources:
# - description: Associate an AWS WAF web ACL with a user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-waf.html
# custom:
#   id: waf-no-personal-data-match
#   severity: info
#   target: pool
#   needs: [WebACL]
#   remediation: |
#     Match on headers, address, path or query string instead, or make sure
#     from the metrics of the rule that it fires.
#
#     Console: edit the rule in the AWS WAF console.
#
#     AWS CLI: aws wafv2 get-web-acl, then update-web-acl with every setting and
#     rule it returned, its lock token and the changed FieldToMatch; the call
#     replaces the web ACL.
#
#     CloudFormation: FieldToMatch in Rules of AWS::WAFv2::WebACL.
#
#     Terraform: field_to_match in the rules of aws_wafv2_web_acl.
#   waive_when: |
#     Reasonable where the metrics of the rule show that it fires, because it
#     looks for something else than names, passwords and addresses. Look at
#     them again after changes.
#   fix:
#     class: manual
#     note: Only the owner knows what the rule is meant to find.
#   since: "0.1"
package cognilint.rules.network.waf_no_personal_data_match

applies if object.get(input, "WebACL", null) != null

# Rules that combine statements may work with what else they look at.
deny contains violation if {
	some i, rule in input.WebACL.Rules
	some kind, statement in rule.Statement
	some field in ["Body", "JsonBody"]
	statement.FieldToMatch[field]
	violation := {
		"msg": sprintf("the rule %q of the web ACL looks at the body only, where Cognito withholds personal data, expected another part of the request", [object.get(rule, "Name", "?")]),
		"path": ["WebACL", "Rules", i, "Statement", kind, "FieldToMatch"],
		"actual": field,
		"expected": "headers, path or query string",
	}
}
