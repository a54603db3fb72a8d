# METADATA
# title: The pool has the agreed name
# description: |
#   The name of the pool is not the one that was agreed on. People and scripts
#   that look it up by its name miss it or take another pool for it.
# related_resources:
# - description: Updating user pool and app client configuration
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-updating.html
# custom:
#   id: pool-name
#   severity: info
#   target: pool
#   needs: [UserPool.Name]
#   params:
#     name:
#       type: string
#       default: employee-app-pool
#       description: The name of the pool.
#   remediation: |
#     Console: open the pool and rename it.
#
#     AWS CLI: take what describe-user-pool returns, send its Name changed as
#     PoolName and every other setting with update-user-pool: it resets what it
#     is not told.
#
#     CloudFormation: UserPoolName of AWS::Cognito::UserPool. Look at the
#     change set first: a replaced pool loses its users.
#
#     Terraform: name of aws_cognito_user_pool. Look at the plan first:
#     versions of the provider replace the pool, which deletes its users.
#     Rename it by the AWS CLI then and let the configuration follow.
#   waive_when: |
#     Reasonable where the pool belongs to another application or stage and
#     has a name of its own; set the parameter name. Scripts must find pools
#     by their ids then.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.operations.pool_name

import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

_path := ["UserPool", "Name"]

_found := object.get(input, _path, null)

_state := "the pool has no name" if {
	_found == null
} else := sprintf("the pool is named %q", [_found])

deny contains violation if {
	_found != params.name
	violation := {
		"msg": sprintf("%s, expected %q", [_state, params.name]),
		"path": _path,
		"actual": _found,
		"expected": params.name,
	}
}
