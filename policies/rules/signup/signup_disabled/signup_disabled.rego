# METADATA
# title: Only administrators create users
# description: |
#   Anyone on the internet can create an account. In a pool for invited users,
#   such as employees or partners, strangers get tokens that applications may
#   take for those of an invited user.
# related_resources:
# - description: Signing up and confirming user accounts
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html
# - description: Creating user accounts as administrator
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-create-user-accounts.html
# custom:
#   id: signup-disabled
#   severity: medium
#   target: pool
#   needs: [UserPool.AdminCreateUserConfig]
#   applies_needs: [UserPool.LambdaConfig]
#   remediation: |
#     Console: switch self-registration off under Sign-up > Self-service sign-up.
#
#     AWS CLI: take the settings that describe-user-pool shows, set
#     AdminCreateUserConfig.AllowAdminCreateUserOnly to true and send all of them
#     with update-user-pool --cli-input-json; the call resets what it is not
#     told.
#
#     CloudFormation: AdminCreateUserConfig.AllowAdminCreateUserOnly of
#     AWS::Cognito::UserPool.
#
#     Terraform: allow_admin_create_user_only in admin_create_user_config of
#     aws_cognito_user_pool.
#   waive_when: |
#     Reasonable for a product that anyone may join. Sign-up must then verify
#     addresses, a web ACL must limit it, and new users must start without
#     rights.
#   fix:
#     class: disruptive
#     only_named: true
#     note: |
#       Nobody can sign up any more, and applications that offer it get errors.
#       Applied only when the rule is named.
#   opposes: [signup-enabled]
#   since: "0.1"
package cognilint.rules.signup.signup_disabled

import data.cognilint.lib.pool

applies := pool.local_sign_in

_path := ["UserPool", "AdminCreateUserConfig", "AllowAdminCreateUserOnly"]

_found := object.get(input, _path, null)

_state := "self-registration is not set, which means open" if {
	_found == null
} else := "anyone can sign up"

deny contains violation if {
	_found != true
	violation := {
		"msg": sprintf("%s, expected users created by administrators only%s", [_state, pool.local_passwords_note]),
		"path": _path,
		"actual": _found,
		"expected": true,
	}
}

fix contains {"op": "replace", "path": _path, "value": true} if count(deny) > 0
