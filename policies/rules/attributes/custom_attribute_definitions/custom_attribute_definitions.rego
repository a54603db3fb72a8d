# METADATA
# title: The custom attributes have the agreed definition
# description: |
#   A custom attribute exists but has another type, other limits or other flags
#   than agreed on. Values that applications write are refused, or values that
#   they cannot handle are accepted. The definition can never be changed.
# related_resources:
# - description: Working with user attributes
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
# custom:
#   id: custom-attribute-definitions
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
#         the least and most characters of a value, where null is any. All are
#         strings, mutable, not required and not for developers only.
#   remediation: |
#     A custom attribute cannot be changed or removed once it exists. Add one
#     under another name and copy the values, or create a new pool and move the
#     users.
#
#     Console: not possible on an existing attribute; add the other one under
#     Sign-up > Custom attributes.
#
#     AWS CLI: not possible on an existing attribute; aws cognito-idp
#     add-custom-attributes adds the other one. Clients with a list of their
#     own must then get the rights to read and write it in
#     update-user-pool-client, with every other setting that
#     describe-user-pool-client shows.
#
#     CloudFormation: not possible on an existing attribute, an update that
#     changes it fails; add the other one to Schema of AWS::Cognito::UserPool.
#
#     Terraform: not possible on an existing attribute, an apply that changes
#     it fails; add the other one as a schema block of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where applications have adapted to the definition as it is,
#     since nobody can change it. They must then check length and content of
#     the values themselves.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.attributes.custom_attribute_definitions

import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

_path := ["UserPool", "SchemaAttributes"]

# The agreed attributes that exist, by their place in the schema.
_agreed[i] := attribute if {
	some attribute in params.attributes
	name := sprintf("custom:%s", [attribute.name])
	some i, found in object.get(input, _path, [])
	found.Name == name
}

_members := {
	"AttributeDataType": "String",
	"Mutable": true,
	"Required": false,
	"DeveloperOnlyAttribute": false,
}

# An absent flag is off, but the type and the right to change are always told.
_when_absent := {"Required": false, "DeveloperOnlyAttribute": false}

unknown contains array.concat(_path, [i, member]) if {
	some i, _ in _agreed
	some member, _ in _members
	not member in object.keys(_when_absent)
	not member in object.keys(input.UserPool.SchemaAttributes[i])
}

deny contains violation if {
	some i, _ in _agreed
	found := input.UserPool.SchemaAttributes[i]
	some member, expected in _members
	value := object.get(found, member, object.get(_when_absent, member, expected))
	value != expected
	violation := {
		"msg": sprintf("%s has %s %v, expected %v", [found.Name, member, value, expected]),
		"path": array.concat(_path, [i, member]),
		"actual": object.get(found, member, null),
		"expected": expected,
	}
}

_limits := {"MinLength": "min_length", "MaxLength": "max_length"}

deny contains violation if {
	some i, attribute in _agreed
	found := input.UserPool.SchemaAttributes[i]
	object.get(found, "AttributeDataType", "String") == "String"
	some member, name in _limits
	expected := object.get(attribute, name, null)
	expected != null
	actual := object.get(found, ["StringAttributeConstraints", member], null)
	not _same(actual, expected)
	violation := {
		"msg": sprintf("%s has %s, expected %d", [found.Name, _text(member, actual), expected]),
		"path": array.concat(_path, [i, "StringAttributeConstraints", member]),
		"actual": actual,
		"expected": sprintf("%d", [expected]),
	}
}

# The API writes these numbers as strings. Text that is no number is another
# value, not an error.
_same(actual, expected) if {
	text := sprintf("%v", [actual])
	regex.match(`^[0-9]{1,9}$`, text)
	to_number(text) == expected
}

_text(member, actual) := sprintf("no %s", [member]) if {
	actual == null
} else := sprintf("%s %v", [member, actual])
