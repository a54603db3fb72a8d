# METADATA
# title: Messages link to https only
# description: |
#   A message to users contains a link without TLS. On the way anyone can send
#   them to a copy of the login page, and users learn to follow such links.
# related_resources:
# - description: Customizing verification and invitation messages
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-message-customizations.html
# custom:
#   id: message-links-https
#   severity: low
#   target: pool
#   needs: [MfaConfig, UserPool.VerificationMessageTemplate, UserPool.EmailVerificationMessage, UserPool.EmailVerificationSubject, UserPool.SmsVerificationMessage, UserPool.SmsAuthenticationMessage, UserPool.AdminCreateUserConfig]
#   remediation: |
#     Write https:// into the text.
#
#     Console: Authentication methods > Message templates.
#
#     AWS CLI: take what describe-user-pool returns, correct the text in every
#     member that holds it and send every setting with update-user-pool: it
#     resets what it is not told. Texts of MfaConfig: the same with
#     get-user-pool-mfa-config and set-user-pool-mfa-config.
#
#     CloudFormation: VerificationMessageTemplate, SmsAuthenticationMessage,
#     EmailAuthenticationMessage and AdminCreateUserConfig.InviteMessageTemplate
#     of AWS::Cognito::UserPool.
#
#     Terraform: verification_message_template, sms_authentication_message,
#     email_mfa_configuration and admin_create_user_config of
#     aws_cognito_user_pool.
#   waive_when: |
#     Only for an internal page that has no https yet and asks for no password
#     or code. It must be reachable in the company network or over a VPN only.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.messaging.message_links_https

import data.cognilint.lib.message

applies if count(message.templates) > 0

deny contains violation if {
	some template in message.templates
	links := _links(template.text)
	count(links) > 0
	violation := {
		"msg": sprintf("%s links to %s, expected https", [concat(".", array.slice(template.path, 1, 9)), concat(", ", links)]),
		"path": template.path,
		"actual": sort(links),
		"expected": "https links only",
	}
}

_links(text) := {trim_right(link, ".,;:!?") |
	contains(lower(text), "http://")
	some link in regex.find_n(`(?i)\bhttp://[^\s"'<>()]+`, regex.replace(text, _names, ""), -1)
}

# What looks like a link but is the name of a document type or namespace.
_names := `(?is)<!doctype[^>]*>|\bxmlns(?::[\w-]+)?\s*=\s*(?:"[^"]*"|'[^']*')`
