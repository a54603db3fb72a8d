# METADATA
# title: The pool delivers email as agreed
# description: |
#   The pool cannot send email, or it sends from another account or address
#   than agreed on. Users get no codes and invitations, or take the mail of an
#   unknown sender for phishing.
# related_resources:
# - description: Email settings for user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html
# custom:
#   id: email-delivery-configured
#   severity: info
#   target: pool
#   needs: [UserPool.EmailConfiguration, UserPool.EmailConfigurationFailure]
#   params:
#     sending_account:
#       type: string
#       default: null
#       enum: [COGNITO_DEFAULT, DEVELOPER]
#       description: The account that must send, the service's or your own (SES); unset accepts both.
#     from_address:
#       type: string
#       default: null
#       description: The From address that mail must carry; unset accepts any.
#   remediation: |
#     The identity must be verified in SES, and SES must be out of its sandbox.
#
#     Console: Authentication methods > Email > Edit.
#
#     AWS CLI: take what describe-user-pool returns, correct EmailConfiguration
#     and keep all its members (EmailSendingAccount, SourceArn, From,
#     ReplyToEmailAddress, ConfigurationSet), and send every setting with
#     update-user-pool: it resets what it is not told.
#
#     CloudFormation: EmailConfiguration.EmailSendingAccount, SourceArn and
#     From of AWS::Cognito::UserPool.
#
#     Terraform: email_sending_account, source_arn and from_email_address in
#     email_configuration of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable in a pool for tests, or until the agreed address is verified
#     in SES. Tell users meanwhile which sender is the right one; a failure of
#     delivery is to be repaired, not waived.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.messaging.email_delivery_configured

import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

_failure := ["UserPool", "EmailConfigurationFailure"]

_account := ["UserPool", "EmailConfiguration", "EmailSendingAccount"]

_from := ["UserPool", "EmailConfiguration", "From"]

deny contains violation if {
	found := object.get(input, _failure, "")
	found != ""
	violation := {
		"msg": sprintf("email delivery fails (%s), expected no failure", [found]),
		"path": _failure,
		"actual": found,
		"expected": "no failure",
	}
}

deny contains violation if {
	params.sending_account != null
	object.get(input, _account, "COGNITO_DEFAULT") != params.sending_account
	violation := {
		"msg": sprintf("the sending account is %s, expected %s", [_text(_account, "COGNITO_DEFAULT"), params.sending_account]),
		"path": _account,
		"actual": object.get(input, _account, null),
		"expected": params.sending_account,
	}
}

deny contains violation if {
	params.from_address != null
	object.get(input, _from, null) != params.from_address
	violation := {
		"msg": sprintf("the From address is %s, expected %s", [_text(_from, "the address of the service or identity"), params.from_address]),
		"path": _from,
		"actual": object.get(input, _from, null),
		"expected": params.from_address,
	}
}

_text(path, meaning) := sprintf("absent, which means %s", [meaning]) if {
	object.get(input, path, null) == null
} else := object.get(input, path, null)
