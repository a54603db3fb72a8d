# METADATA
# title: Email reaches the users
# description: |
#   The service reports that it cannot send the email of the pool. Codes do not
#   arrive: users cannot confirm addresses, recover passwords or answer
#   challenges by email.
# related_resources:
# - description: Email settings for user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html
# custom:
#   id: email-delivery-works
#   severity: high
#   target: pool
#   needs: [UserPool.EmailConfigurationFailure]
#   applies_needs: [UserPool.AutoVerifiedAttributes, UserPool.AccountRecoverySetting, UserPool.Policies, MfaConfig]
#   remediation: |
#     The SES identity must exist and be verified in the Region of the pool, and
#     SES must be out of its sandbox. Errors of the calls are in CloudTrail
#     under the event source cognito-idp.amazonaws.com.
#
#     Console: repair the identity in SES, or choose another one under
#     Authentication methods > Email.
#
#     AWS CLI: see aws sesv2 get-email-identity for the state of the identity.
#     To name another one, send EmailConfiguration in update-user-pool with
#     every other setting that describe-user-pool returns: the call resets what
#     it is not told.
#
#     CloudFormation: EmailConfiguration of AWS::Cognito::UserPool. Terraform:
#     email_configuration of aws_cognito_user_pool.
#   waive_when: |
#     Only in a pool without real users, for example while its SES account is
#     in the sandbox. Otherwise not reasonable: users without a code can do
#     nothing until an administrator helps each of them.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.messaging.email_delivery_works

import data.cognilint.lib.message

applies if count(message.email_uses) > 0

_path := ["UserPool", "EmailConfigurationFailure"]

# The member is deprecated: that it is absent proves nothing.
deny contains violation if {
	found := object.get(input, _path, "")
	found != ""
	violation := {
		"msg": sprintf("email delivery fails (%s) but email is used for %s, expected no failure", [found, concat(", ", message.email_uses)]),
		"path": _path,
		"actual": found,
		"expected": "no failure",
	}
}
