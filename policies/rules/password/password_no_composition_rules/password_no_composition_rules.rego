# METADATA
# title: Passwords need no particular characters
# description: |
#   The password policy asks for certain classes of characters. Users answer
#   with the same few patterns, a capital first and "1!" at the end, which
#   attackers try first. Length and checks for leaked passwords replace such
#   rules.
# related_resources:
# - description: Password policies of user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
# custom:
#   id: password-no-composition-rules
#   severity: low
#   target: pool
#   needs: [UserPool.Policies]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   controls:
#     nist-800-63b-4: ["3.1.1.2"]
#     asvs-5.0: ["6.2.5"]
#   opposes:
#   - password-requires-lowercase
#   - password-requires-uppercase
#   - password-requires-number
#   - password-requires-symbol
#   - password-letters-and-digits
#   remediation: |
#     Raise the minimum length first: 15 characters, or 8 where MFA is required.
#
#     Console: Authentication methods > Password policy > Edit > Custom, clear
#     all boxes under "Password requirements".
#
#     AWS CLI: describe-user-pool, then update-user-pool with the complete
#     password policy, the four members RequireLowercase, RequireUppercase,
#     RequireNumbers and RequireSymbols false in it, and every other setting of
#     the pool: the call replaces what it is not told.
#
#     CloudFormation: the four members of Policies.PasswordPolicy: false.
#
#     Terraform: require_lowercase, require_uppercase, require_numbers and
#     require_symbols = false in password_policy of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where Security Hub, PCI DSS or a contract demands character
#     classes. The minimum length must not be lower for it, and leaked
#     passwords be blocked where the plan can.
#   fix:
#     class: disruptive
#     only_named: true
#     note: |
#       Loosens the password policy: users may choose simpler passwords, and
#       applications that show the old rules mislead them. Applied only when
#       the rule is named, while no rule that asks for classes is selected, and
#       only if passwords have at least 15 characters, or 8 where MFA is
#       required.
#     needs: [MfaConfig]
#   since: "0.1"
package cognilint.rules.password.password_no_composition_rules

import data.cognilint.lib.pool

applies := pool.local_passwords

_policy := ["UserPool", "Policies", "PasswordPolicy"]

_classes := {
	"RequireLowercase": "a lowercase letter",
	"RequireUppercase": "an uppercase letter",
	"RequireNumbers": "a digit",
	"RequireSymbols": "a symbol",
}

deny contains violation if {
	some member, class in _classes
	path := array.concat(_policy, [member])
	object.get(input, path, false) == true
	violation := {
		"msg": sprintf("passwords must contain %s, expected no particular characters%s", [class, pool.local_passwords_note]),
		"path": path,
		"actual": true,
		"expected": false,
	}
}

deny contains violation if {
	not input.UserPool.Policies.PasswordPolicy
	violation := {
		"msg": sprintf("the pool has no password policy, which means that all classes of characters are required, expected none%s", [pool.local_passwords_note]),
		"path": _policy,
		"actual": null,
		"expected": "a policy of length without classes of characters",
	}
}

# The edit would give a pool without a policy one without a length.
fix contains edit if {
	_long_enough
	some violation in deny
	violation.actual == true
	edit := {"op": "replace", "path": violation.path, "value": false}
}

# What NIST SP 800-63B asks for where classes are not counted.
_long_enough if input.UserPool.Policies.PasswordPolicy.MinimumLength >= 15

_long_enough if {
	input.UserPool.Policies.PasswordPolicy.MinimumLength >= 8
	pool.mfa_mode == "ON"
}
