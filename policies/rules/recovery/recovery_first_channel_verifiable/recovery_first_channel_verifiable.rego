# METADATA
# title: Sign-up verifies the address that recovery tries first
# description: |
#   Codes to reset a password go to verified addresses only, and nothing
#   verifies the kind of address that account recovery tries first. Users who
#   signed up themselves and forget their password get no code there.
# related_resources:
# - description: Passwords, account recovery and password policies
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
# - description: Verifying contact information at sign-up and on change
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
# custom:
#   id: recovery-first-channel-verifiable
#   severity: medium
#   target: pool
#   needs: [UserPool.AccountRecoverySetting, UserPool.AutoVerifiedAttributes, UserPool.AdminCreateUserConfig]
#   applies_needs: [UserPool.AccountRecoverySetting, UserPool.AdminCreateUserConfig, UserPool.LambdaConfig, UserPool.Policies.SignInPolicy]
#   remediation: |
#     Console: let Cognito verify the attribute under Sign-up > Attribute
#     verification and user account confirmation, or put the other channel first
#     under Sign-in > User account recovery.
#
#     AWS CLI: take the settings that describe-user-pool shows, add the attribute
#     to AutoVerifiedAttributes and send all of them with update-user-pool
#     --cli-input-json; the call resets what it is not told.
#
#     CloudFormation: AutoVerifiedAttributes of AWS::Cognito::UserPool.
#
#     Terraform: auto_verified_attributes of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where a server of yours verifies addresses and marks them as
#     verified, or a help desk resets passwords. That desk must check who
#     calls before it does.
#   fix:
#     class: disruptive
#     note: |
#       The pool starts to send a code at each sign-up, and users must enter it.
#       phone_number is added only where the pool can send SMS.
#   same_cause: [signup-identifier-verified]
#   since: "0.1"
package cognilint.rules.recovery.recovery_first_channel_verifiable

import data.cognilint.lib.pool
import data.cognilint.lib.recovery

_path := ["UserPool", "AutoVerifiedAttributes"]

_attribute := recovery.attribute[recovery.first]

default applies := false

applies if {
	pool.self_signup_open
	pool.local_passwords
	_attribute
}

_origin := " (the behaviour without a setting)" if {
	recovery.legacy
} else := ""

deny contains violation if {
	not _attribute in object.get(input, _path, [])
	violation := {
		"msg": sprintf("account recovery tries %s first%s and sign-up does not verify it, expected %s among AutoVerifiedAttributes%s", [_attribute, _origin, _attribute, pool.local_passwords_note]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": sprintf("%s among them", [_attribute]),
	}
}

fix contains {"op": "add", "path": _path, "value": _attribute} if {
	count(deny) > 0
	_can_send
}

_can_send if _attribute == "email"

_can_send if input.UserPool.SmsConfiguration
