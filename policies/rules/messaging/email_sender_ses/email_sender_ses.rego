# METADATA
# title: Email goes out through your own SES identity
# description: |
#   The pool mails its codes through the shared sender of the service, which
#   sends only about 50 mails a day. On a busy day users get no code, and nobody
#   can see what became of a mail.
# related_resources:
# - description: Email settings for user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html
# - description: Custom email sender Lambda trigger
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-email-sender.html
# custom:
#   id: email-sender-ses
#   severity: low
#   target: pool
#   needs: [UserPool.EmailConfiguration, UserPool.LambdaConfig]
#   applies_needs: [UserPool.AutoVerifiedAttributes, UserPool.AccountRecoverySetting, UserPool.Policies, MfaConfig]
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
#     Reasonable for small, internal and test pools that send a few mails a
#     day. Log failed messages (notification-errors-logged), so that a used-up
#     quota is noticed.
#   fix:
#     class: manual
#   same_cause: [email-sender-capacity]
#   since: "0.1"
package cognilint.rules.messaging.email_sender_ses

import data.cognilint.lib.message

applies if count(message.email_uses) > 0

_path := ["UserPool", "EmailConfiguration", "EmailSendingAccount"]

_found := object.get(input, _path, null)

deny contains violation if {
	_found != "DEVELOPER"
	not input.UserPool.LambdaConfig.CustomEmailSender
	violation := {
		"msg": sprintf("%s (email is used for %s), expected DEVELOPER or a custom email sender", [_state, concat(", ", message.email_uses)]),
		"path": _path,
		"actual": _found,
		"expected": "DEVELOPER, or a CustomEmailSender trigger",
	}
}

_state := "the sending account is absent, which means COGNITO_DEFAULT" if {
	_found == null
} else := sprintf("the sending account is %s", [_found])
