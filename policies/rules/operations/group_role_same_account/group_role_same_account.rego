# METADATA
# title: The role of a group belongs to the account of the pool
# description: |
#   Members of the group are told to use a role of another account. They may get
#   credentials there, and whoever owns that account decides what the group may
#   do.
# related_resources:
# - description: Adding groups to a user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html
# - description: Using role-based access control
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html
# custom:
#   id: group-role-same-account
#   severity: medium
#   target: group
#   needs: [Group, UserPool.Arn]
#   applies_needs: [Group]
#   remediation: |
#     Give the group a role of the account of the pool, or none.
#
#     Console: Groups > the group > Edit > IAM role.
#
#     AWS CLI: aws cognito-idp update-group with --role-arn. Send the
#     description and precedence that get-group returns as well.
#
#     CloudFormation: RoleArn of AWS::Cognito::UserPoolGroup. Terraform:
#     role_arn of aws_cognito_user_group.
#   waive_when: |
#     Reasonable where a central account owns roles and identity pool. The
#     trust policy must then name that identity pool (aud) and authenticated
#     users (amr), and its owner must announce changes.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.operations.group_role_same_account

import data.cognilint.lib.arn

_role := object.get(input.Group, "RoleArn", "")

applies if _role != ""

unknown contains ["UserPool", "Arn"] if arn.undecided(_role)

deny contains violation if {
	account := arn.foreign_account(_role)
	violation := {
		"msg": sprintf("the role of group %q belongs to account %s, expected the account of the pool, %s", [object.get(input.Group, "GroupName", "?"), account, arn.pool_account]),
		"path": ["Group", "RoleArn"],
		"actual": _role,
		"expected": sprintf("a role of account %s", [arn.pool_account]),
	}
}
