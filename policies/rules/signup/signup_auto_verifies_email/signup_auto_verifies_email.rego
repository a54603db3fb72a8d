# METADATA
# title: Email addresses are verified at sign-up
# description: |
#   The service does not send a code to the email address of a new user. So
#   nobody knows whether the address belongs to the user, and a forgotten
#   password cannot be reset by email.
# related_resources:
# - description: Signing up and confirming user accounts
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html
# - description: Configuring email or phone verification
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
# custom:
#   id: signup-auto-verifies-email
#   severity: medium
#   target: pool
#   needs: [UserPool.AutoVerifiedAttributes]
#   params:
#     only:
#       type: boolean
#       default: false
#       description: Whether email must be the only attribute that is verified.
#   remediation: |
#     Console: Sign-up > Attribute verification and user account confirmation >
#     Edit, choose email.
#
#     AWS CLI: take what describe-user-pool returns, add email to
#     AutoVerifiedAttributes and keep its present values, and send every
#     setting with update-user-pool: it resets what it is not told.
#
#     CloudFormation: AutoVerifiedAttributes of AWS::Cognito::UserPool.
#
#     Terraform: auto_verified_attributes of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where users have no email address, or a server of yours
#     verifies it. Something else must then recover accounts, and applications
#     must look at email_verified.
#   fix:
#     class: disruptive
#     note: |
#       The pool starts to send a mail at each sign-up; without an SES sender
#       the daily quota is small. phone_number is never removed.
#   since: "0.1"
package cognilint.rules.signup.signup_auto_verifies_email

import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

_path := ["UserPool", "AutoVerifiedAttributes"]

_found := object.get(input, _path, null)

_email_missing if not "email" in object.get(input, _path, [])

_state := "no attribute is verified at sign-up" if {
	count(object.get(input, _path, [])) == 0
} else := sprintf("only %s is verified at sign-up", [concat(", ", _found)])

deny contains violation if {
	_email_missing
	violation := {
		"msg": sprintf("%s, expected email", [_state]),
		"path": _path,
		"actual": _found,
		"expected": _expected,
	}
}

_expected := "email only" if {
	params.only
} else := "email among them"

deny contains violation if {
	params.only
	some i, name in _found
	name != "email"
	violation := {
		"msg": sprintf("%s is verified at sign-up, expected email only", [name]),
		"path": array.concat(_path, [i]),
		"actual": name,
		"expected": _expected,
	}
}

fix contains edit if {
	count(deny) > 0
	_email_missing
	edit := {"op": "add", "path": _path, "value": "email"}
}
