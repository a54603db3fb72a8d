# METADATA
# title: The From address belongs to the SES identity
# description: |
#   Mail carries a From address of another domain than the identity that sends
#   it. SES refuses it, or mailboxes mark it as forged, and users miss their
#   codes.
# related_resources:
# - description: Email settings for user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html
# - description: Verified identities in Amazon SES
#   ref: https://docs.aws.amazon.com/ses/latest/dg/verify-addresses-and-domains.html
# custom:
#   id: ses-from-matches-identity
#   severity: low
#   target: pool
#   needs: [UserPool.EmailConfiguration]
#   remediation: |
#     Choose a From address at the domain of the identity, or verify the domain
#     of the address in SES and send with that identity.
#
#     Console: change the address under Authentication methods > Email.
#
#     AWS CLI: take what describe-user-pool returns, set From or SourceArn in
#     EmailConfiguration and send every setting with update-user-pool: it resets
#     what it is not told.
#
#     CloudFormation: EmailConfiguration.From and SourceArn of
#     AWS::Cognito::UserPool. Terraform: from_email_address and source_arn in
#     email_configuration of aws_cognito_user_pool.
#   waive_when: |
#     Only if a test shows that SES accepts the address and that mail from it
#     passes DMARC at large mailbox providers. Otherwise users miss their
#     codes.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.messaging.ses_from_matches_identity

import data.cognilint.lib.arn
import data.cognilint.lib.url

_email := object.get(input.UserPool, "EmailConfiguration", {})

_from := object.get(_email, "From", "")

_source := object.get(_email, "SourceArn", "")

applies if {
	_email.EmailSendingAccount == "DEVELOPER"
	_from != ""
	_source != ""
}

# login@example.com, or Example <login@example.com>.
_from_domain := regex.find_all_string_submatch_n(`@([^@<>\s"]+?)\.?>?\s*$`, _from, 1)[0][1]

# An identity is a domain, or an address and then good for that address only.
_identity_domain := parts[count(parts) - 1] if {
	resource := arn.resource(_source)
	startswith(resource, "identity/")
	parts := split(trim_prefix(resource, "identity/"), "@")
}

deny contains violation if {
	applies
	_from_domain
	not url.within(_from_domain, _identity_domain)
	violation := {
		"msg": sprintf("mail is sent from an address at %s with the identity of %s, expected an address of the identity", [_from_domain, _identity_domain]),
		"path": ["UserPool", "EmailConfiguration", "From"],
		"actual": _from,
		"expected": sprintf("an address at %s or below it", [_identity_domain]),
	}
}
