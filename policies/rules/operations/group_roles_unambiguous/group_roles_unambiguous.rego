# METADATA
# title: Groups with roles have different precedence
# description: |
#   Groups have different IAM roles but the same precedence, or none. The tokens
#   of a user in two of them name no preferred role, so the identity pool
#   refuses credentials or gives out those of another role.
# related_resources:
# - description: Adding groups to a user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html
# - description: Using role-based access control
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html
# custom:
#   id: group-roles-unambiguous
#   severity: medium
#   target: pool
#   needs: [Groups]
#   applies_needs: [Groups.*]
#   remediation: |
#     Decide which role wins; the lowest number does.
#
#     Console: Groups > the group > Edit > Precedence.
#
#     AWS CLI: aws cognito-idp update-group with --precedence. Send the
#     description and role that get-group returns as well.
#
#     CloudFormation: Precedence of AWS::Cognito::UserPoolGroup. Terraform:
#     precedence of aws_cognito_user_group.
#   waive_when: |
#     Reasonable where nobody can be in two of these groups, or the
#     application names the role that it wants. A check must then keep the
#     memberships apart.
#   fix:
#     class: manual
#     note: Which role wins is a decision of the owner.
#   since: "0.1"
package cognilint.rules.operations.group_roles_unambiguous

import data.cognilint.lib.known

# The groups with a role, by their place in the list.
_role[i] := group.RoleArn if {
	some i, group in input.Groups
	object.get(group, "RoleArn", "") != ""
}

applies if count(_role) > 1

_rank[precedence] contains i if {
	some i, _ in _role
	precedence := object.get(input.Groups[i], "Precedence", "none")
}

# A group that was not read may clash with another one.
unknown contains ["Groups", "-"] if {
	count(deny) == 0
	not known.complete("Groups")
}

deny contains violation if {
	some precedence, members in _rank
	roles := {_role[i] | some i in members}
	count(roles) > 1
	first := min(members)
	violation := {
		"msg": sprintf("groups %s have %d different roles but %s, expected one precedence for each role", [_names(members), count(roles), _text(precedence)]),
		"path": ["Groups", first, "Precedence"],
		"actual": object.get(input.Groups[first], "Precedence", null),
		"expected": "another precedence for each role",
	}
}

_names(members) := concat(", ", names) if {
	count(members) < 4
	names := [name | some i in members; name := sprintf("%q", [object.get(input.Groups[i], "GroupName", "?")])]
} else := sprintf("%q and %d more", [object.get(input.Groups[min(members)], "GroupName", "?"), count(members) - 1])

_text(precedence) := "no precedence" if {
	precedence == "none"
} else := sprintf("the same precedence %v", [precedence])
