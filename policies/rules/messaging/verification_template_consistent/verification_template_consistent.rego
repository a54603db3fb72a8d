# METADATA
# title: Verification messages have one text each
# description: |
#   The pool keeps a verification text twice, in an old member and in the
#   template, and the two differ, or it holds a link text beside codes. The
#   next update may send users the other text, or be refused.
# related_resources:
# - description: Customizing verification and invitation messages
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-message-customizations.html
# custom:
#   id: verification-template-consistent
#   severity: medium
#   target: pool
#   needs: [UserPool.VerificationMessageTemplate, UserPool.EmailVerificationMessage, UserPool.EmailVerificationSubject, UserPool.SmsVerificationMessage]
#   applies_needs: [UserPool.VerificationMessageTemplate]
#   guard: true
#   remediation: |
#     Set the texts in the template only, or the same text in both places, and
#     no link text beside codes.
#
#     Console: Authentication methods > Message templates, save the text again.
#
#     AWS CLI: take what describe-user-pool returns, correct
#     VerificationMessageTemplate, take out SmsVerificationMessage,
#     EmailVerificationMessage and EmailVerificationSubject (or give them the
#     same text), and send every other setting with update-user-pool: it
#     replaces what it is not told.
#
#     CloudFormation: the texts in VerificationMessageTemplate of
#     AWS::Cognito::UserPool, none in SmsVerificationMessage,
#     EmailVerificationMessage and EmailVerificationSubject.
#
#     Terraform: the texts in verification_message_template of
#     aws_cognito_user_pool, none in sms_verification_message,
#     email_verification_message and email_verification_subject.
#   waive_when: |
#     Not reasonable: the next update of the pool is refused or sends users a
#     text that nobody chose. Saving the right text once ends it.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.messaging.verification_template_consistent

_template := input.UserPool.VerificationMessageTemplate

applies if _template

_mirrors := {
	"EmailVerificationMessage": "EmailMessage",
	"EmailVerificationSubject": "EmailSubject",
	"SmsVerificationMessage": "SmsMessage",
}

# A text that stands in one place only contradicts nothing.
deny contains violation if {
	some old, new in _mirrors
	input.UserPool[old] != _template[new]
	violation := {
		"msg": sprintf("%s differs from VerificationMessageTemplate.%s, expected the same text", [old, new]),
		"path": ["UserPool", old],
		"actual": input.UserPool[old],
		"expected": _template[new],
	}
}

deny contains violation if {
	_template.DefaultEmailOption == "CONFIRM_WITH_CODE"
	_template.EmailMessage
	_template.EmailMessageByLink
	violation := {
		"msg": "email is confirmed with a code but has a text for links beside the text for codes, expected only one of them",
		"path": ["UserPool", "VerificationMessageTemplate", "EmailMessageByLink"],
		"actual": _template.EmailMessageByLink,
		"expected": "no text for links while DefaultEmailOption is CONFIRM_WITH_CODE",
	}
}
