# METADATA
# title: Passwords must contain a symbol
# description: |
#   The password policy does not ask for a symbol. Regimes that still count
#   character classes report such pools; NIST SP 800-63B and OWASP ASVS forbid
#   the requirement and count on length instead.
# related_resources:
# - description: Password policies of user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
# custom:
#   id: password-requires-symbol
#   severity: low
#   target: pool
#   needs: [UserPool.Policies]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   controls:
#     aws-fsbp: [Cognito.3]
#   opposes: [password-no-composition-rules]
#   remediation: |
#     Console: Authentication methods > Password policy > Edit > Custom, check
#     "Contains at least 1 special character".
#
#     AWS CLI: describe-user-pool, then update-user-pool with the complete
#     password policy, RequireSymbols true in it, and every other setting of
#     the pool: the call replaces what it is not told.
#
#     CloudFormation: Policies.PasswordPolicy.RequireSymbols: true.
#
#     Terraform: password_policy.require_symbols = true in aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where you follow NIST SP 800-63B, OWASP ASVS or PCI DSS, none
#     of which wants symbols. Passwords must then have 15 characters or more,
#     or 12 with required MFA, and leaked ones be blocked where the plan can.
#   fix:
#     class: safe
#     note: |
#       Only new and changed passwords are checked. Scripts that create users
#       with weaker temporary passwords start to fail.
#   since: "0.1"
package cognilint.rules.password.password_requires_symbol

import data.cognilint.lib.pool

applies := pool.local_passwords

_path := ["UserPool", "Policies", "PasswordPolicy", "RequireSymbols"]

# A pool without a password policy has the default of the service, which asks
# for every class of characters.
deny contains violation if {
	input.UserPool.Policies.PasswordPolicy
	found := object.get(input, _path, null)
	found != true
	violation := {
		"msg": sprintf("passwords need no symbol%s, expected at least one%s", [_origin, pool.local_passwords_note]),
		"path": _path,
		"actual": found,
		"expected": true,
	}
}

_origin := " (absent, which means not required)" if {
	object.get(input, _path, null) == null
} else := ""

fix contains {"op": "replace", "path": _path, "value": true} if count(deny) > 0
