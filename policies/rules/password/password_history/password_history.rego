# METADATA
# title: Old passwords cannot be used again
# description: |
#   Users may set a password that they had before. Whoever is made to change a
#   leaked password ends at the old one, and the attacker who has it is back.
# related_resources:
# - description: Password policies of user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
# - description: User pool feature plans
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html
# custom:
#   id: password-history
#   severity: low
#   target: pool
#   needs: [UserPool.Policies]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   params:
#     min_size:
#       type: integer
#       default: 4
#       min: 1
#       max: 24
#       description: The least number of previous passwords that are refused.
#   controls:
#     pci-dss-4.0.1: ["8.3.7"]
#   remediation: |
#     A history needs the plan Essentials or Plus; a change of the plan costs
#     money for each active user.
#
#     Console: Authentication methods > Password policy > Edit > Custom, check
#     "Prevent use of previous passwords" and enter the number.
#
#     AWS CLI: describe-user-pool, then update-user-pool with the complete
#     password policy, PasswordHistorySize in it, and every other setting of
#     the pool: the call replaces what it is not told.
#
#     CloudFormation: Policies.PasswordPolicy.PasswordHistorySize.
#
#     Terraform: password_policy.password_history_size in
#     aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where passwords are changed only after a leak, or the plan
#     has no history. MFA must then be required, so that an old password is
#     not enough; PCI DSS wants that in writing.
#   fix:
#     class: safe
#     note: |
#       Users who change their password to one that they had before are
#       refused. No edit where the plan of the pool is Lite or not told.
#     needs: [UserPool.UserPoolTier]
#   since: "0.1"
package cognilint.rules.password.password_history

import data.cognilint.lib.param
import data.cognilint.lib.pool
import data.cognilint.lib.threat

params := param.values(rego.metadata.chain())

applies := pool.local_passwords

_path := ["UserPool", "Policies", "PasswordPolicy", "PasswordHistorySize"]

# The API does not show a history of 0.
_size := object.get(input, _path, 0)

deny contains violation if {
	_size < params.min_size
	violation := {
		"msg": sprintf("%s, expected at least %d%s%s", [_state, params.min_size, _plan, pool.local_passwords_note]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": params.min_size,
	}
}

_state := "previous passwords are not refused" if {
	_size == 0
} else := sprintf("only the last %d passwords are refused", [_size])

_plan := "; the plan LITE has no password history" if {
	threat.tier == "LITE"
} else := ""

# What a pool on LITE may still tell is not in force.
deny contains violation if {
	_size >= params.min_size
	threat.tier == "LITE"
	violation := {
		"msg": sprintf("the plan LITE has no password history, expected a higher plan and at least %d%s", [params.min_size, pool.local_passwords_note]),
		"path": ["UserPool", "UserPoolTier"],
		"actual": "LITE",
		"expected": "ESSENTIALS or PLUS",
	}
}

# A policy with this member only would lose what the default of the service
# asks for, so a pool without a policy is left to its owner.
fix contains edit if {
	count(deny) > 0
	threat.tier in {"ESSENTIALS", "PLUS"}
	input.UserPool.Policies.PasswordPolicy
	edit := {"op": "replace", "path": _path, "value": params.min_size}
}
