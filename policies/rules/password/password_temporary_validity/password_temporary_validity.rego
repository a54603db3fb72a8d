# METADATA
# title: Temporary passwords expire soon
# description: |
#   The temporary password of an invitation is accepted for too long. It lies
#   in a mailbox, chat or ticket, and whoever finds it there before the invited
#   user signs in chooses the permanent password and owns the account.
# related_resources:
# - description: Creating user accounts as administrator
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-create-user-accounts.html
# - description: Password policies of user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
# custom:
#   id: password-temporary-validity
#   severity: medium
#   target: pool
#   needs: [UserPool.Policies, UserPool.AdminCreateUserConfig]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   params:
#     max_days:
#       type: integer
#       default: 7
#       min: 1
#       max: 365
#       description: The most days that a temporary password may be accepted.
#   controls:
#     aws-fsbp: [Cognito.3]
#     aws-config: [COGNITO_USER_POOL_PASSWORD_POLICY_CHECK]
#     asvs-5.0: ["6.4.1"]
#   remediation: |
#     Console: Authentication methods > Password policy > Edit, lower
#     "Temporary passwords set by administrators expire in".
#
#     AWS CLI: describe-user-pool, then update-user-pool with the complete
#     password policy, in it the lower TemporaryPasswordValidityDays, and every
#     other setting of the pool, but without UnusedAccountValidityDays in
#     AdminCreateUserConfig (both together are refused): the call resets what
#     it is not told.
#
#     CloudFormation: Policies.PasswordPolicy.TemporaryPasswordValidityDays of
#     AWS::Cognito::UserPool, without
#     AdminCreateUserConfig.UnusedAccountValidityDays.
#
#     Terraform: password_policy.temporary_password_validity_days in
#     aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where people are invited weeks before they start. The
#     password must then reach them in another way than their user name, and
#     unused accounts must be disabled.
#   fix:
#     class: safe
#     note: |
#       Pending invitations that are older than the new limit stop working and
#       must be sent again. The legacy UnusedAccountValidityDays cannot be used
#       afterwards.
#   since: "0.1"
package cognilint.rules.password.password_temporary_validity

import data.cognilint.lib.param
import data.cognilint.lib.pool

params := param.values(rego.metadata.chain())

applies := pool.local_passwords

_current := ["UserPool", "Policies", "PasswordPolicy", "TemporaryPasswordValidityDays"]

_legacy := ["UserPool", "AdminCreateUserConfig", "UnusedAccountValidityDays"]

# The member in force. In both of them 0 means unset.
_path := _current if {
	object.get(input, _current, 0) > 0
} else := _legacy if {
	object.get(input, _legacy, 0) > 0
} else := _current

_days := object.get(input, _path, 0) if {
	object.get(input, _path, 0) > 0
} else := 7

_origin := "" if {
	object.get(input, _path, 0) > 0
} else := " (absent or 0, which means the default of the service)"

deny contains violation if {
	_days > params.max_days
	violation := {
		"msg": sprintf("temporary passwords work for %d days%s, expected at most %d%s", [_days, _origin, params.max_days, pool.local_passwords_note]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": params.max_days,
	}
}

# A pool without a policy has the defaults of the service. The edit would write
# a policy of one member, and what that leaves out could end up weaker.
fix contains edit if {
	count(deny) > 0
	input.UserPool.Policies.PasswordPolicy
	edit := {"op": "replace", "path": _current, "value": params.max_days}
}
