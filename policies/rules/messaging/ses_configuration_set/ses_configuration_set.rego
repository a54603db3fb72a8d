# METADATA
# title: Email is sent with a configuration set
# description: |
#   The pool sends email through SES without a configuration set. Bounces and
#   complaints about its codes go unseen, and too many of them make SES stop the
#   mail of the whole account.
# related_resources:
# - description: Email settings for user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html
# - description: Using configuration sets in Amazon SES
#   ref: https://docs.aws.amazon.com/ses/latest/dg/using-configuration-sets.html
# custom:
#   id: ses-configuration-set
#   severity: low
#   target: pool
#   needs: [UserPool.EmailConfiguration]
#   remediation: |
#     Create a configuration set with an event destination in SES, in the Region
#     of the identity.
#
#     Console: choose it under Authentication methods > Email.
#
#     AWS CLI: take what describe-user-pool returns, set ConfigurationSet in
#     EmailConfiguration and send every setting with update-user-pool: it resets
#     what it is not told.
#
#     CloudFormation: EmailConfiguration.ConfigurationSet of
#     AWS::Cognito::UserPool. Terraform: configuration_set in
#     email_configuration of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where the identity has a default configuration set, or the
#     account watches bounces in another way. Somebody must then get an alarm
#     before their rate makes SES stop sending.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.messaging.ses_configuration_set

applies if input.UserPool.EmailConfiguration.EmailSendingAccount == "DEVELOPER"

_path := ["UserPool", "EmailConfiguration", "ConfigurationSet"]

deny contains violation if {
	applies
	object.get(input, _path, "") == ""
	violation := {
		"msg": "email is sent through SES without a configuration set, expected one that records bounces and complaints",
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": "the name of a configuration set",
	}
}
