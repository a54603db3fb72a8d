# METADATA
# title: Passwords are long enough
# description: |
#   The minimum length is below the limit. Length is the one password property
#   that still resists guessing: whoever obtains password hashes or tries
#   common passwords reaches the accounts with short ones first.
# related_resources:
# - description: Password policies of user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
# custom:
#   id: password-minimum-length
#   severity: high
#   target: pool
#   needs: [UserPool.Policies]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   params:
#     min:
#       type: integer
#       default: 12
#       min: 6
#       max: 99
#       description: The least number of characters that a password must have.
#     min_when_mfa_required:
#       type: integer
#       default: null
#       min: 6
#       max: 99
#       description: The limit that holds instead of min where MFA is required (ON).
#   controls:
#     aws-fsbp: [Cognito.3]
#     aws-config: [COGNITO_USER_POOL_PASSWORD_POLICY_CHECK]
#     nist-800-63b-4: ["3.1.1.2"]
#     pci-dss-4.0.1: ["8.3.6"]
#     asvs-5.0: ["6.2.1"]
#     cis-controls-8.1: ["5.2"]
#     soc2: [CC6.1, CC6.2]
#   remediation: |
#     Console: Authentication methods > Password policy > Edit > Custom, raise
#     the minimum length.
#
#     AWS CLI: describe-user-pool, then update-user-pool with the complete
#     password policy, in it the higher MinimumLength, and every other setting
#     of the pool: the call replaces what it is not told.
#
#     CloudFormation: Policies.PasswordPolicy.MinimumLength of
#     AWS::Cognito::UserPool.
#
#     Terraform: password_policy.minimum_length in aws_cognito_user_pool.
#   waive_when: |
#     Only while an old application cannot take longer passwords, and never
#     below 8. MFA must then be required (min_when_mfa_required allows for
#     that) and leaked passwords be blocked where the plan can.
#   fix:
#     class: safe
#     note: Only new and changed passwords are checked; existing ones keep working.
#   since: "0.1"
package cognilint.rules.password.password_minimum_length

import data.cognilint.lib.param
import data.cognilint.lib.pool

params := param.values(rego.metadata.chain())

applies := pool.local_passwords

# A present policy without the member tells nothing about the length.
unknown contains ["UserPool", "Policies", "PasswordPolicy", "MinimumLength"] if {
	input.UserPool.Policies.PasswordPolicy
	not input.UserPool.Policies.PasswordPolicy.MinimumLength
}

unknown contains ["MfaConfig"] if {
	params.min_when_mfa_required != null
	not pool.mfa_mode
}

_found := object.get(input.UserPool, ["Policies", "PasswordPolicy", "MinimumLength"], null)

# Without a policy of its own the pool has the default of the service.
_length := 8 if {
	_found == null
} else := _found

_limit := params.min_when_mfa_required if {
	params.min_when_mfa_required != null
	pool.mfa_mode == "ON"
} else := params.min

deny contains violation if {
	_length < _limit
	violation := {
		"msg": sprintf("passwords may have %d characters, expected at least %d%s", [_length, _limit, pool.local_passwords_note]),
		"path": ["UserPool", "Policies", "PasswordPolicy", "MinimumLength"],
		"actual": _found,
		"expected": _limit,
	}
}

# A policy with this member only would lose what the default of the service
# asks for, so a pool without a policy is left to its owner.
fix contains edit if {
	count(deny) > 0
	input.UserPool.Policies.PasswordPolicy
	edit := {
		"op": "replace",
		"path": ["UserPool", "Policies", "PasswordPolicy", "MinimumLength"],
		"value": _limit,
	}
}
