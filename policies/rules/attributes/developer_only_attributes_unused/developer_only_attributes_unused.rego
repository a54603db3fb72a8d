# METADATA
# title: No attribute is for developers only
# description: |
#   The pool has attributes with the prefix "dev:", a feature that AWS calls
#   legacy. No app client can write them, and few tools know them; the write
#   lists of app clients do the same for any attribute.
# related_resources:
# - description: Schema attributes
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SchemaAttributeType.html
# custom:
#   id: developer-only-attributes-unused
#   severity: info
#   target: pool
#   needs: [UserPool.SchemaAttributes]
#   remediation: |
#     An attribute cannot be changed or removed once it exists. Add a custom
#     attribute, copy the values, and keep it out of WriteAttributes of all app
#     clients.
#
#     Console: Sign-up > Custom attributes, and App clients > the client >
#     Attribute permissions.
#
#     AWS CLI: aws cognito-idp add-custom-attributes without
#     DeveloperOnlyAttribute.
#
#     CloudFormation: Schema of AWS::Cognito::UserPool without
#     DeveloperOnlyAttribute.
#
#     Terraform: schema of aws_cognito_user_pool without
#     developer_only_attribute.
#   waive_when: |
#     Reasonable in an old pool: such attributes cannot be removed, and no app
#     client can write them. Only servers with AWS permissions may then set
#     them, and no new ones may be added.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.attributes.developer_only_attributes_unused

deny contains violation if {
	some i, found in input.UserPool.SchemaAttributes
	member := _member(found)
	violation := {
		"msg": sprintf("%s is for developers only, expected a custom attribute that no app client may write", [object.get(found, "Name", "an attribute")]),
		"path": ["UserPool", "SchemaAttributes", i, member],
		"actual": found[member],
		"expected": _expected[member],
	}
}

_member(found) := "DeveloperOnlyAttribute" if {
	found.DeveloperOnlyAttribute == true
} else := "Name" if {
	startswith(found.Name, "dev:")
}

_expected := {"DeveloperOnlyAttribute": false, "Name": "no name that starts with dev:"}
