# METADATA
# title: The email sender can serve all users
# description: |
#   The pool mails its codes through the shared sender of the service, which
#   sends only about 50 mails a day, and has more users than that can serve.
#   Once the mails of the day are used up, nobody can recover a password or
#   confirm an address until the next one.
# related_resources:
# - description: Email settings for user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html
# - description: Custom email sender Lambda trigger
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-email-sender.html
# custom:
#   id: email-sender-capacity
#   severity: medium
#   target: pool
#   needs: [UserPool.EmailConfiguration, UserPool.LambdaConfig, UserPool.EstimatedNumberOfUsers]
#   applies_needs: [UserPool.AutoVerifiedAttributes, UserPool.AccountRecoverySetting, UserPool.Policies, MfaConfig]
#   params:
#     max_users:
#       type: integer
#       default: 500
#       min: 0
#       description: The most users that the shared sender may serve.
#   remediation: |
#     Verify a domain or address in SES first and take SES out of its sandbox.
#
#     Console: under Authentication methods > Email, choose "Send email with
#     Amazon SES".
#
#     AWS CLI: take what describe-user-pool returns, set EmailSendingAccount to
#     DEVELOPER and SourceArn to the identity, and send every setting with
#     update-user-pool: it resets what it is not told.
#
#     CloudFormation: EmailConfiguration.EmailSendingAccount and SourceArn of
#     AWS::Cognito::UserPool.
#
#     Terraform: email_configuration with email_sending_account and source_arn
#     of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where far fewer than 50 mails a day go out, for instance
#     because most users come from another provider. Log failed messages, so
#     that a used-up quota is noticed; max_users sets a limit of your own.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.messaging.email_sender_capacity

import data.cognilint.lib.message
import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

applies if count(message.email_uses) > 0

_path := ["UserPool", "EmailConfiguration", "EmailSendingAccount"]

_found := object.get(input, _path, null)

_users := object.get(input, ["UserPool", "EstimatedNumberOfUsers"], null)

_shared if {
	_found != "DEVELOPER"
	not input.UserPool.LambdaConfig.CustomEmailSender
}

unknown contains ["UserPool", "EstimatedNumberOfUsers"] if {
	_shared
	_users == null
}

deny contains violation if {
	_shared
	_users != null
	_users > params.max_users
	violation := {
		"msg": sprintf("%s for about %d users (email is used for %s), expected DEVELOPER or a custom email sender above %d users", [_state, _users, concat(", ", message.email_uses), params.max_users]),
		"path": _path,
		"actual": _found,
		"expected": sprintf("DEVELOPER, or a CustomEmailSender trigger, above %d users", [params.max_users]),
	}
}

_state := "the sending account is absent, which means COGNITO_DEFAULT," if {
	_found == null
} else := sprintf("the sending account is %s", [_found])
