# METADATA
# title: Sign-up collects an address for account recovery
# description: |
#   Account recovery sends codes to addresses that nothing makes users state:
#   they are neither required nor names to sign in with, and sign-up does not
#   verify them. Whoever signed up without one cannot reset a password.
# related_resources:
# - description: Passwords, account recovery and password policies
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
# - description: Working with user attributes
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
# custom:
#   id: recovery-attribute-collected
#   severity: low
#   target: pool
#   needs:
#   - UserPool.AccountRecoverySetting
#   - UserPool.SchemaAttributes
#   - UserPool.UsernameAttributes
#   - UserPool.AliasAttributes
#   - UserPool.AutoVerifiedAttributes
#   - UserPool.AdminCreateUserConfig
#   applies_needs: [UserPool.AccountRecoverySetting, UserPool.AdminCreateUserConfig, UserPool.LambdaConfig, UserPool.Policies.SignInPolicy]
#   remediation: |
#     Required attributes and sign-in options are fixed when a pool is created.
#     What can change is which addresses sign-up verifies and by which ones
#     accounts are recovered; a pre sign-up trigger can refuse users without one.
#
#     Console: Sign-up > Attribute verification and user account confirmation,
#     and Sign-in > User account recovery.
#
#     AWS CLI: take the settings that describe-user-pool shows, change
#     AutoVerifiedAttributes or AccountRecoverySetting and send all of them with
#     update-user-pool --cli-input-json; the call resets what it is not told.
#
#     CloudFormation: AutoVerifiedAttributes and AccountRecoverySetting of
#     AWS::Cognito::UserPool; for a new pool Required in Schema.
#
#     Terraform: auto_verified_attributes and account_recovery_setting of
#     aws_cognito_user_pool; for a new pool required in schema.
#   waive_when: |
#     Reasonable where a pre sign-up trigger refuses users without an address,
#     or a help desk resets passwords. That desk must check who calls before
#     it does.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.recovery.recovery_attribute_collected

import data.cognilint.lib.attribute
import data.cognilint.lib.pool
import data.cognilint.lib.recovery

_path := ["UserPool", "AccountRecoverySetting", "RecoveryMechanisms"]

default applies := false

applies if {
	pool.self_signup_open
	pool.local_passwords
	some mechanism in recovery.mechanisms
	recovery.attribute[mechanism]
}

_collected contains name if some name in attribute.required

_collected contains name if {
	some member in ["UsernameAttributes", "AliasAttributes", "AutoVerifiedAttributes"]
	some name in input.UserPool[member]
}

_wanted := [recovery.attribute[mechanism] | some mechanism in recovery.mechanisms]

deny contains violation if {
	# A mechanism without an attribute works without an address.
	count(_wanted) == count(recovery.mechanisms)
	count({name | some name in _wanted} & _collected) == 0
	violation := {
		"msg": sprintf("accounts are recovered by %s, which users need not state at sign-up, expected an address that is required, verified or signed in with%s", [concat(" or ", _wanted), pool.local_passwords_note]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": "a channel whose address is required, verified or signed in with",
	}
}
