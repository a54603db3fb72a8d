# METADATA
# title: Passwords must contain letters and digits
# description: |
#   The password policy accepts passwords of letters only or of digits only.
#   PCI DSS asks for both in the passwords of employees and merchants; it does
#   not ask for all four classes of characters.
# related_resources:
# - description: Password policies of user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
# custom:
#   id: password-letters-and-digits
#   severity: low
#   target: pool
#   needs: [UserPool.Policies]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   controls:
#     pci-dss-4.0.1: ["8.3.6"]
#   opposes: [password-no-composition-rules]
#   remediation: |
#     Console: Authentication methods > Password policy > Edit > Custom, check
#     "Contains at least 1 number" and one of the two kinds of letters.
#
#     AWS CLI: describe-user-pool, then update-user-pool with the complete
#     password policy, RequireNumbers and RequireLowercase (or
#     RequireUppercase) true in it, and every other setting of the pool: the
#     call replaces what it is not told.
#
#     CloudFormation: Policies.PasswordPolicy.RequireNumbers and
#     RequireLowercase: true.
#
#     Terraform: password_policy.require_numbers and require_lowercase = true
#     in aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where PCI DSS does not apply to the users of the pool.
#     Passwords must then have 15 characters or more, or 8 with required MFA,
#     and leaked ones be blocked where the plan can.
#   fix:
#     class: safe
#     note: |
#       Only new and changed passwords are checked. Scripts that create users
#       with weaker temporary passwords start to fail.
#   since: "0.1"
package cognilint.rules.password.password_letters_and_digits

import data.cognilint.lib.pool

applies := pool.local_passwords

_policy := input.UserPool.Policies.PasswordPolicy

_path(member) := ["UserPool", "Policies", "PasswordPolicy", member]

# A pool without a password policy has the default of the service, which asks
# for every class of characters.
_missing contains {"member": "RequireNumbers", "what": "digit"} if {
	_policy
	not _policy.RequireNumbers == true
}

_missing contains {"member": "RequireLowercase", "what": "letter"} if {
	_policy
	not _policy.RequireLowercase == true
	not _policy.RequireUppercase == true
}

deny contains violation if {
	some missing in _missing
	path := _path(missing.member)
	violation := {
		"msg": sprintf("passwords need no %s, expected letters and digits%s", [missing.what, pool.local_passwords_note]),
		"path": path,
		"actual": object.get(input, path, null),
		"expected": true,
	}
}

fix contains {"op": "replace", "path": _path(missing.member), "value": true} if some missing in _missing
