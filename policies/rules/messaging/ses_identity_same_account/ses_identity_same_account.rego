# METADATA
# title: The SES identity belongs to the account of the pool
# description: |
#   The pool sends email with an identity of another account. Its owner can read
#   the bounces, which hold addresses of your users, and can stop the mail. It
#   is legal with a sending policy of the owner, and often wanted.
# related_resources:
# - description: Email settings for user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html
# - description: Sending authorization with Amazon SES
#   ref: https://docs.aws.amazon.com/ses/latest/dg/sending-authorization.html
# custom:
#   id: ses-identity-same-account
#   severity: low
#   target: pool
#   needs: [UserPool.EmailConfiguration, UserPool.Arn]
#   applies_needs: [UserPool.EmailConfiguration]
#   remediation: |
#     Verify the domain or address in SES of the account of the pool.
#
#     Console: choose the identity under Authentication methods > Email.
#
#     AWS CLI: take what describe-user-pool returns, set SourceArn in
#     EmailConfiguration and send every setting with update-user-pool: it resets
#     what it is not told.
#
#     CloudFormation: EmailConfiguration.SourceArn of AWS::Cognito::UserPool.
#     Terraform: source_arn in email_configuration of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where a central account owns the mail domain. Its sending
#     policy must name this pool only (aws:SourceArn), and both sides must
#     agree who handles bounces.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.messaging.ses_identity_same_account

import data.cognilint.lib.arn

_path := ["UserPool", "EmailConfiguration", "SourceArn"]

_identity := object.get(input, _path, "")

applies if _identity != ""

unknown contains ["UserPool", "Arn"] if arn.undecided(_identity)

deny contains violation if {
	account := arn.foreign_account(_identity)
	violation := {
		"msg": sprintf("the SES identity belongs to account %s, expected the account of the pool, %s", [account, arn.pool_account]),
		"path": _path,
		"actual": _identity,
		"expected": sprintf("an identity of account %s", [arn.pool_account]),
	}
}
