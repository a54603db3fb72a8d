# METADATA
# title: Links that confirm an address have a domain to lead to
# description: |
#   Addresses are confirmed with a link, and the link leads to the domain of the
#   pool, which has none. New users cannot confirm their address and never get
#   in.
# related_resources:
# - description: Customizing verification and invitation messages
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-message-customizations.html
# - description: Configuring a user pool domain
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain.html
# custom:
#   id: verification-link-has-domain
#   severity: medium
#   target: pool
#   needs: [UserPool.VerificationMessageTemplate, UserPool.Domain, UserPool.CustomDomain]
#   applies_needs: [UserPool.VerificationMessageTemplate]
#   remediation: |
#     Give the pool a domain, or confirm addresses with a code.
#
#     Console: Branding > Domain, or Authentication methods > Message templates.
#
#     AWS CLI: aws cognito-idp create-user-pool-domain changes nothing else. For
#     codes, take what describe-user-pool returns, set DefaultEmailOption in
#     VerificationMessageTemplate to CONFIRM_WITH_CODE and send every setting
#     with update-user-pool: it resets what it is not told.
#
#     CloudFormation: an AWS::Cognito::UserPoolDomain, or
#     VerificationMessageTemplate.DefaultEmailOption of AWS::Cognito::UserPool.
#
#     Terraform: an aws_cognito_user_pool_domain, or default_email_option in
#     verification_message_template of aws_cognito_user_pool.
#   waive_when: |
#     Only until the domain is added, while administrators confirm every new
#     user. Otherwise not reasonable: who signs up never gets in.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.messaging.verification_link_has_domain

applies if input.UserPool.VerificationMessageTemplate.DefaultEmailOption == "CONFIRM_WITH_LINK"

deny contains violation if {
	applies
	every member in ["Domain", "CustomDomain"] {
		object.get(input.UserPool, member, "") == ""
	}
	violation := {
		"msg": "addresses are confirmed with a link but the pool has no domain for it, expected a domain or codes",
		"path": ["UserPool", "VerificationMessageTemplate", "DefaultEmailOption"],
		"actual": "CONFIRM_WITH_LINK",
		"expected": "CONFIRM_WITH_CODE, or a domain",
	}
}
