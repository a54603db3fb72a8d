# METADATA
# title: Invitations tell user name and password
# description: |
#   The text of the invitation lacks the place for the user name or the
#   temporary password. Users whom administrators create get a message that does
#   not let them sign in.
# related_resources:
# - description: Customizing verification and invitation messages
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-message-customizations.html
# - description: Creating user accounts as administrator
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-create-user-accounts.html
# custom:
#   id: invite-message-placeholders
#   severity: medium
#   target: pool
#   needs: [UserPool.AdminCreateUserConfig, UserPool.Policies.SignInPolicy]
#   remediation: |
#     Write {username} and {####} into the text: the service puts the user name
#     and the temporary password there.
#
#     Console: Authentication methods > Message templates > Invitation message.
#
#     AWS CLI: take what describe-user-pool returns, correct
#     AdminCreateUserConfig.InviteMessageTemplate and send every setting with
#     update-user-pool: it resets what it is not told.
#
#     CloudFormation: AdminCreateUserConfig.InviteMessageTemplate of
#     AWS::Cognito::UserPool. Terraform: invite_message_template in
#     admin_create_user_config of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where administrators suppress the message and hand over user
#     name and password in another way. That way must reach nobody but the
#     user.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.messaging.invite_message_placeholders

import data.cognilint.lib.pool

_path := ["UserPool", "AdminCreateUserConfig", "InviteMessageTemplate"]

_template := object.get(input, _path, null)

applies if {
	_template != null
	pool.local_passwords
}

_texts := {"EmailMessage": "email", "SMSMessage": "SMS"}

_required contains "{username}"

# Users who sign in with a code may be invited without a password.
_required contains "{####}" if count(pool.first_factors & {"EMAIL_OTP", "SMS_OTP"}) == 0

deny contains violation if {
	some member, name in _texts
	text := object.get(_template, member, "")
	text != ""
	missing := {place | some place in _required; not contains(text, place)}
	count(missing) > 0
	violation := {
		"msg": sprintf("the text of invitations by %s lacks %s, expected %s%s", [name, concat(" and ", missing), concat(" and ", _required), pool.local_passwords_note]),
		"path": array.concat(_path, [member]),
		"actual": text,
		"expected": sprintf("a text with %s", [concat(" and ", _required)]),
	}
}
