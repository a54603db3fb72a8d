# METADATA
# title: Sign-up verifies an address
# description: |
#   Anyone can sign up, and the service verifies no address. Accounts come into
#   being under email addresses and phone numbers of other people, and a
#   required second factor leans on this very proof at the first sign-in.
# related_resources:
# - description: Signing up and confirming user accounts
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html
# - description: Verifying contact information at sign-up and on change
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
# custom:
#   id: signup-verifies-contact
#   severity: high
#   target: pool
#   needs: [UserPool.AutoVerifiedAttributes, UserPool.AdminCreateUserConfig]
#   applies_needs: [UserPool.AdminCreateUserConfig, UserPool.LambdaConfig]
#   remediation: |
#     Console: let Cognito verify email under Sign-up > Attribute verification
#     and user account confirmation.
#
#     AWS CLI: take the settings that describe-user-pool shows, set
#     AutoVerifiedAttributes to email and send all of them with update-user-pool
#     --cli-input-json; the call resets what it is not told.
#
#     CloudFormation: AutoVerifiedAttributes of AWS::Cognito::UserPool.
#
#     Terraform: auto_verified_attributes of aws_cognito_user_pool.
#   waive_when: |
#     Only where a pre sign-up trigger lets in addresses alone that a server
#     of yours has verified. Applications must then never take an address
#     without the mark of verification for the user's own.
#   fix:
#     class: disruptive
#     note: |
#       The pool starts to send a mail at each sign-up, and users must enter the
#       code; without an SES sender the daily quota is small.
#   same_cause: [signup-identifier-verified]
#   since: "0.1"
package cognilint.rules.signup.signup_verifies_contact

import data.cognilint.lib.pool

applies := pool.self_signup_open

_path := ["UserPool", "AutoVerifiedAttributes"]

deny contains violation if {
	count(object.get(input, _path, [])) == 0
	violation := {
		"msg": sprintf("anyone can sign up and no address is verified, expected email or phone_number among AutoVerifiedAttributes%s", [pool.local_passwords_note]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": "email or phone_number among them",
	}
}

fix contains {"op": "add", "path": _path, "value": "email"} if count(deny) > 0
