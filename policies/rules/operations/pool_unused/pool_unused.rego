# METADATA
# title: The pool is used
# description: |
#   The pool is old and has no users. Forgotten pools keep roles, triggers and
#   login pages that nobody watches, and strangers may still sign up.
# related_resources:
# - description: Managing users in your user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users.html
# - description: User pool deletion protection
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html
# custom:
#   id: pool-unused
#   severity: info
#   target: pool
#   needs: [UserPool.CreationDate, UserPool.EstimatedNumberOfUsers, Clients.*]
#   applies_needs: [UserPool.LambdaConfig]
#   params:
#     min_days:
#       type: integer
#       default: 90
#       min: 0
#       description: The days that a new pool may stay without users.
#   remediation: |
#     Make sure that no application uses the pool: its number of users is an
#     estimate, and deleting is final.
#
#     Console: User pools > Delete, after Settings > Deletion protection.
#
#     AWS CLI: save what describe-user-pool returns, then aws cognito-idp
#     delete-user-pool. A domain must be deleted before. Deletion protection is
#     switched off by update-user-pool with DeletionProtection INACTIVE and
#     every other setting of the pool.
#
#     CloudFormation: remove the AWS::Cognito::UserPool with what belongs to
#     it, after an update to DeletionProtection: INACTIVE. A DeletionPolicy of
#     Retain keeps the pool.
#
#     Terraform: remove the aws_cognito_user_pool with what belongs to it,
#     after an apply with deletion_protection = "INACTIVE".
#   waive_when: |
#     Reasonable for a pool that waits for its start or stands by for
#     disasters. Keep sign-up closed and its functions up to date meanwhile,
#     and name an owner.
#   fix:
#     class: manual
#     note: Deleting a pool is final.
#   since: "0.1"
package cognilint.rules.operations.pool_unused

import data.cognilint.lib.client
import data.cognilint.lib.date
import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

applies if {
	not _young
	not _needs_no_users
}

_age := date.days_since(input.UserPool.CreationDate)

_young if _age <= params.min_days

_needs_no_users if {
	some c in input.Clients
	client.oauth_on(c)
	client.kind(c) in {"machine", "federated"}
}

_users := object.get(input, ["UserPool", "EstimatedNumberOfUsers"], null)

unknown contains ["UserPool", "EstimatedNumberOfUsers"] if _users == null

unknown contains ["UserPool", "CreationDate"] if {
	_users == 0
	not _age
}

deny contains violation if {
	applies
	_users == 0
	violation := {
		"msg": sprintf("the pool was created %d days ago and has no users, expected users after %d days", [_age, params.min_days]),
		"path": ["UserPool", "EstimatedNumberOfUsers"],
		"actual": 0,
		"expected": "users, or no pool",
	}
}
