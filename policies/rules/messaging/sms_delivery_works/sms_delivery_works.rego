# METADATA
# title: SMS reaches the users
# description: |
#   The service reports that it cannot send the SMS of the pool. Codes do not
#   arrive: users cannot sign in, confirm phone numbers or recover passwords by
#   SMS. A broken SMS role also makes every later update of the pool fail.
# related_resources:
# - description: SMS message settings for user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-sms-settings.html
# - description: Moving out of the SMS sandbox
#   ref: https://docs.aws.amazon.com/sns/latest/dg/sns-sms-sandbox-moving-to-production.html
# custom:
#   id: sms-delivery-works
#   severity: high
#   target: pool
#   needs: [UserPool.SmsConfigurationFailure]
#   applies_needs: [UserPool.AutoVerifiedAttributes, UserPool.AccountRecoverySetting, UserPool.Policies, MfaConfig]
#   remediation: |
#     SNSSandbox: ask for production access to SMS in the SNS console of the
#     Region that sends. InvalidSmsRole…: repair the role in IAM. It must trust
#     cognito-idp.amazonaws.com with the external id of the pool and allow
#     sns:Publish.
#
#     Console: Authentication methods > SMS shows the state and can create a new
#     role.
#
#     AWS CLI: see aws sns get-sms-sandbox-account-status and aws iam get-role.
#     To name another role, send SmsConfiguration in update-user-pool with every
#     other setting that describe-user-pool returns: the call resets what it is
#     not told.
#
#     CloudFormation: SmsConfiguration of AWS::Cognito::UserPool. Terraform:
#     sms_configuration of aws_cognito_user_pool.
#   waive_when: |
#     Only in a pool for tests whose numbers are all verified in the SMS
#     sandbox. Otherwise not reasonable: users without a code cannot sign in,
#     and a broken role blocks every update of the pool.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.messaging.sms_delivery_works

import data.cognilint.lib.message

applies if count(message.sms_uses) > 0

_path := ["UserPool", "SmsConfigurationFailure"]

deny contains violation if {
	found := object.get(input, _path, "")
	found != ""
	violation := {
		"msg": sprintf("SMS delivery fails (%s) but SMS is used for %s, expected no failure", [found, concat(", ", message.sms_uses)]),
		"path": _path,
		"actual": found,
		"expected": "no failure",
	}
}
