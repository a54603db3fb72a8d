# METADATA
# title: Deletion protection is on
# description: |
#   One call can delete the pool with all its users, and there is no backup.
#   Pools that were not created in the console start without the protection.
# related_resources:
# - description: User pool deletion protection
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html
# - description: Security Hub controls for Amazon Cognito
#   ref: https://docs.aws.amazon.com/securityhub/latest/userguide/cognito-controls.html
# custom:
#   id: deletion-protection
#   severity: medium
#   target: pool
#   needs: [UserPool.DeletionProtection]
#   controls:
#     aws-fsbp: [Cognito.6]
#     aws-config: [COGNITO_USER_POOL_DELETION_PROTECTION_ENABLED]
#   remediation: |
#     Console: Settings > Deletion protection > Activate.
#
#     AWS CLI: take what describe-user-pool returns, set DeletionProtection to
#     ACTIVE and send every setting with update-user-pool: it resets what it is
#     not told.
#
#     CloudFormation: DeletionProtection ACTIVE of AWS::Cognito::UserPool.
#     Terraform: deletion_protection = "ACTIVE" of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable for pools that automatic tests create and delete. Elsewhere a
#     policy must deny cognito-idp:DeleteUserPool, and users must be exported
#     regularly, though their passwords cannot be.
#   fix:
#     class: safe
#     note: |
#       Users notice nothing. Deleting the pool, also with its stack, fails
#       until the protection is taken off.
#   since: "0.1"
package cognilint.rules.operations.deletion_protection

_path := ["UserPool", "DeletionProtection"]

_found := object.get(input, _path, null)

deny contains violation if {
	_found != "ACTIVE"
	violation := {
		"msg": sprintf("deletion protection is %s, expected ACTIVE", [_state]),
		"path": _path,
		"actual": _found,
		"expected": "ACTIVE",
	}
}

_state := "absent, which means INACTIVE" if {
	_found == null
} else := _found

fix contains {"op": "replace", "path": _path, "value": "ACTIVE"} if count(deny) > 0
