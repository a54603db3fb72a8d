# METADATA
# title: User names ignore letter case
# description: |
#   Admin@example.com and admin@example.com are two users. Applications that
#   write names in lower case mix them up, so that one user gets at the data of
#   the other, and people who type their name in another case cannot sign in.
# related_resources:
# - description: User pool case sensitivity
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-case-sensitivity.html
# custom:
#   id: username-case-insensitive
#   severity: medium
#   target: pool
#   needs: [UserPool.UsernameConfiguration]
#   applies_needs: [UserPool.LambdaConfig]
#   remediation: |
#     Case sensitivity is fixed when a pool is created. Create a new pool and
#     move the users; until then let applications tell users apart by sub.
#
#     Console: a new pool ignores letter case unless it is told otherwise.
#
#     AWS CLI: create-user-pool with --username-configuration
#     CaseSensitive=false.
#
#     CloudFormation: UsernameConfiguration.CaseSensitive of a new
#     AWS::Cognito::UserPool.
#
#     Terraform: case_sensitive in username_configuration of a new
#     aws_cognito_user_pool; on an existing one the change replaces the pool and
#     deletes its users.
#   waive_when: |
#     Reasonable in an existing pool, where it cannot be changed. A pre
#     sign-up trigger must then refuse names with capitals, and applications
#     must tell users apart by sub.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.signup.username_case_insensitive

import data.cognilint.lib.pool

applies := pool.local_sign_in

_path := ["UserPool", "UsernameConfiguration", "CaseSensitive"]

_found := object.get(input, _path, null)

_state := "case sensitivity is not set, which means that user names differ by letter case" if {
	_found == null
} else := "user names differ by letter case"

deny contains violation if {
	_found != false
	violation := {
		"msg": sprintf("%s, expected names that ignore it%s", [_state, pool.local_passwords_note]),
		"path": _path,
		"actual": _found,
		"expected": false,
	}
}
