# METADATA
# title: Sign-up verifies the address that users sign in with
# description: |
#   Anyone can sign up, and an address to sign in with is not verified. In place
#   of the user name it may belong to somebody else, who then cannot sign up; as
#   an alias it works only once it is verified, that is, never.
# related_resources:
# - description: Working with user attributes
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
# - description: Verifying contact information at sign-up and on change
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
# custom:
#   id: signup-identifier-verified
#   severity: high
#   target: pool
#   needs: [UserPool.AutoVerifiedAttributes, UserPool.UsernameAttributes, UserPool.AliasAttributes, UserPool.AdminCreateUserConfig]
#   applies_needs: [UserPool.AdminCreateUserConfig, UserPool.LambdaConfig]
#   remediation: |
#     Console: let Cognito verify the attribute under Sign-up > Attribute
#     verification and user account confirmation.
#
#     AWS CLI: take the settings that describe-user-pool shows, add the attribute
#     to AutoVerifiedAttributes (phone_number needs SmsConfiguration) and send
#     all of them with update-user-pool --cli-input-json; the call resets what it
#     is not told.
#
#     CloudFormation: AutoVerifiedAttributes of AWS::Cognito::UserPool.
#
#     Terraform: auto_verified_attributes of aws_cognito_user_pool.
#   waive_when: |
#     Only where a pre sign-up trigger lets in addresses alone that a server
#     of yours has verified, and marks them as verified. Otherwise users take
#     the addresses of others.
#   fix:
#     class: disruptive
#     note: |
#       The pool starts to send a code at each sign-up, and users must enter it.
#       phone_number is added only where the pool can send SMS, which costs money
#       per message.
#   since: "0.1"
package cognilint.rules.signup.signup_identifier_verified

import data.cognilint.lib.pool

applies := pool.self_signup_open

_path := ["UserPool", "AutoVerifiedAttributes"]

_meaning := {
	"UsernameAttributes": "users sign in with %s, which nobody proved to own",
	"AliasAttributes": "users cannot sign in with the alias %s, which nothing verifies",
}

_unverified contains {"name": name, "meaning": meaning} if {
	some member, meaning in _meaning
	some name in input.UserPool[member]
	name in {"email", "phone_number"}
	not name in object.get(input, _path, [])
}

deny contains violation if {
	some address in _unverified
	state := sprintf(address.meaning, [address.name])
	violation := {
		"msg": sprintf("%s, expected %s among AutoVerifiedAttributes%s", [state, address.name, pool.local_passwords_note]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": sprintf("%s among them", [address.name]),
	}
}

fix contains {"op": "add", "path": _path, "value": address.name} if {
	_can_send_all
	some address in _unverified
}

_can_send_all if {
	every address in _unverified {
		address.name == "email"
	}
}

_can_send_all if input.UserPool.SmsConfiguration
