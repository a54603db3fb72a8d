# METADATA
# title: The pool has the required tags
# description: |
#   The pool lacks tags that people gave it. Nobody can tell whose it is and
#   what it serves, and rules about owners, costs and environments pass it by.
# related_resources:
# - description: Tagging Amazon Cognito resources
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/tagging.html
# custom:
#   id: pool-tags
#   severity: low
#   target: pool
#   needs: [UserPool.UserPoolTags]
#   params:
#     required:
#       type: array
#       default: []
#       description: |
#         The keys that must be there, as they are written; empty asks for any
#         tag that no service gave.
#   controls:
#     aws-config: [COGNITO_USER_POOL_TAGGED]
#   remediation: |
#     Console: Settings > Tags.
#
#     AWS CLI: aws cognito-idp tag-resource adds tags and changes nothing else.
#
#     CloudFormation: UserPoolTags of AWS::Cognito::UserPool. Terraform: tags of
#     aws_cognito_user_pool, or default_tags of the provider.
#   waive_when: |
#     Reasonable for short-lived pools of tests, or where an inventory by
#     account tells owner and purpose. It must be kept up to date, since
#     nothing on the pool says so.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.operations.pool_tags

import data.cognilint.lib.param
import data.cognilint.lib.tag

params := param.values(rego.metadata.chain())

_path := ["UserPool", "UserPoolTags"]

_found := object.get(input, _path, null)

deny contains violation if {
	some key in params.required
	object.get(input, array.concat(_path, [key]), null) == null
	violation := {
		"msg": sprintf("the pool has no tag %v, expected one", [key]),
		"path": array.concat(_path, [key]),
		"actual": null,
		"expected": sprintf("a tag with the key %v", [key]),
	}
}

deny contains violation if {
	count(params.required) == 0
	count(tag.keys) == 0
	violation := {
		"msg": sprintf("the pool has no tags%s, expected at least one of its owner", [_others]),
		"path": _path,
		"actual": _found,
		"expected": "a tag that no service gave",
	}
}

_others := "" if {
	count(object.get(input, _path, {})) == 0
} else := " but those of services (aws:)"
