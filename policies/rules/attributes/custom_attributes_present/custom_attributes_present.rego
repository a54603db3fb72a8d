# METADATA
# title: The custom attributes exist
# description: |
#   The pool lacks custom attributes that were agreed on. Applications that
#   store or read them fail with an error at sign-up or when they change a
#   profile.
# related_resources:
# - description: Working with user attributes
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
# custom:
#   id: custom-attributes-present
#   severity: info
#   target: pool
#   needs: [UserPool.SchemaAttributes]
#   params:
#     attributes:
#       type: array
#       default:
#       - {name: country, min_length: null, max_length: null}
#       - {name: department, min_length: null, max_length: null}
#       - {name: status, min_length: 1, max_length: 256}
#       - {name: officeCode, min_length: 1, max_length: 15}
#       - {name: profileType, min_length: 1, max_length: 256}
#       - {name: externalUserId, min_length: 1, max_length: 256}
#       - {name: administrator, min_length: 1, max_length: 15}
#       description: |
#         The attributes, each with its name without the prefix "custom:" and
#         the least and most characters of a value, where null is any.
#   remediation: |
#     An attribute can never be removed or changed afterwards. Clients with a
#     list of their own must get the rights to read and write it.
#
#     Console: Sign-up > Custom attributes > Add custom attributes, then App
#     clients > the client > Attribute permissions.
#
#     AWS CLI: aws cognito-idp add-custom-attributes with the names without the
#     prefix custom:, which leaves the rest of the pool alone. For the rights
#     of a client take the output of describe-user-pool-client, extend
#     ReadAttributes and WriteAttributes, and send every setting with
#     update-user-pool-client: it resets what it is not told.
#
#     CloudFormation: Schema of AWS::Cognito::UserPool, ReadAttributes and
#     WriteAttributes of AWS::Cognito::UserPoolClient.
#
#     Terraform: a schema block for each attribute in aws_cognito_user_pool,
#     read_attributes and write_attributes of aws_cognito_user_pool_client.
#   waive_when: |
#     Reasonable in a pool whose applications neither store nor read these
#     attributes. Name those that they do use in the parameter attributes, so
#     that a missing one is noticed.
#   fix:
#     class: disruptive
#     irreversible: true
#     note: |
#       Irreversible: a custom attribute can never be removed or changed. Needs
#       --allow-irreversible. Decide next which app clients may write it.
#   since: "0.1"
package cognilint.rules.attributes.custom_attributes_present

import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

_path := ["UserPool", "SchemaAttributes"]

_names := {attribute.Name | some attribute in object.get(input, _path, [])}

_missing contains attribute if {
	some attribute in params.attributes
	not sprintf("custom:%s", [attribute.name]) in _names
}

deny contains violation if {
	some attribute in _missing
	violation := {
		"msg": sprintf("the attribute custom:%s is missing, expected it in the schema", [attribute.name]),
		"path": _path,
		"actual": null,
		"expected": sprintf("custom:%s", [attribute.name]),
	}
}

# A pool can have 50 custom attributes. Those of developers count as well.
_room if {
	present := {name | some name in _names; contains(name, "custom:")}
	count(present) + count(_missing) <= 50
}

fix contains edit if {
	count(deny) > 0
	_room
	some attribute in _missing
	edit := {"op": "add", "path": _path, "value": _definition(attribute)}
}

_definition(attribute) := object.union(
	{
		"Name": sprintf("custom:%s", [attribute.name]),
		"AttributeDataType": "String",
		"DeveloperOnlyAttribute": false,
		"Mutable": true,
		"Required": false,
	},
	{"StringAttributeConstraints": limits | some limits in [_limits(attribute)]; count(limits) > 0},
)

# The API writes these numbers as strings.
_limits(attribute) := {member: sprintf("%d", [length]) |
	some member, name in {"MinLength": "min_length", "MaxLength": "max_length"}
	length := object.get(attribute, name, null)
	length != null
}
