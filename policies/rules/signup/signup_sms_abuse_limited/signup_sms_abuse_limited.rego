# METADATA
# title: Strangers cannot make an open sign-up send SMS without limit
# description: |
#   Anyone can sign up, the pool sends codes by SMS, and no web ACL limits the
#   requests. Fraudsters let it send thousands of messages to numbers that they
#   earn from, and the owner of the pool pays for them.
# related_resources:
# - description: Security best practices for user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-security-best-practices.html
# - description: Associate an AWS WAF web ACL with a user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-waf.html
# custom:
#   id: signup-sms-abuse-limited
#   severity: high
#   target: pool
#   needs:
#   - WebACL
#   - UserPool.Policies.SignInPolicy
#   - UserPool.AutoVerifiedAttributes
#   - UserPool.LambdaConfig
#   - UserPool.AdminCreateUserConfig
#   applies_needs: [UserPool.AdminCreateUserConfig, UserPool.LambdaConfig, UserPool.SmsConfiguration]
#   remediation: |
#     Attach a web ACL that limits the rate and challenges SignUp and
#     ResendConfirmationCode, set a monthly SMS spending limit, or verify email
#     in place of phone numbers.
#
#     Console: Security > AWS WAF.
#
#     AWS CLI: aws wafv2 associate-web-acl with the ARNs of a regional web ACL
#     and of the pool.
#
#     CloudFormation: AWS::WAFv2::WebACLAssociation with the pool as ResourceArn.
#
#     Terraform: aws_wafv2_web_acl_association with the pool as resource_arn.
#   waive_when: |
#     Only where a pre sign-up trigger refuses numbers of countries without
#     customers, and a monthly SMS limit with an alarm bounds the cost. Once
#     the limit is reached, real users get no codes either.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.signup.signup_sms_abuse_limited

import data.cognilint.lib.pool

default applies := false

applies if {
	pool.self_signup_open
	input.UserPool.SmsConfiguration
}

_sends contains "phone numbers are verified by SMS" if "phone_number" in input.UserPool.AutoVerifiedAttributes

_sends contains "codes to sign in come by SMS" if "SMS_OTP" in pool.first_factors

deny contains violation if {
	count(_sends) > 0
	input.WebACL == null

	# The function decides which messages go out.
	not input.UserPool.LambdaConfig.CustomSMSSender
	violation := {
		"msg": sprintf("anyone can sign up, %s, and no web ACL limits the requests, expected one%s", [concat(" and ", _sends), pool.local_passwords_note]),
		"path": ["WebACL"],
		"actual": null,
		"expected": "a web ACL with a rate rule and a challenge",
	}
}
