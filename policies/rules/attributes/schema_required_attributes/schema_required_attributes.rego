# METADATA
# title: The agreed attributes are required
# description: |
#   Users can be created without an attribute that was agreed to be required.
#   Applications meet users without it, and without an email address nobody can
#   reach the user or reset the password by email.
# related_resources:
# - description: Working with user attributes
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
# custom:
#   id: schema-required-attributes
#   severity: info
#   target: pool
#   needs: [UserPool.SchemaAttributes]
#   params:
#     attributes:
#       type: array
#       default: [email]
#       description: The standard attributes that must be required.
#   remediation: |
#     Which attributes are required is fixed when the pool is created. Create a
#     new pool and move the users, or check the attribute in a pre sign-up
#     trigger.
#
#     Console: not possible on an existing pool; choose the required attributes
#     for sign-up while creating a new one. The trigger stands under
#     Extensions > Lambda triggers.
#
#     AWS CLI: not possible on an existing pool; create-user-pool with --schema
#     and Required=true for the attribute. For the trigger take what
#     describe-user-pool returns, add PreSignUp to LambdaConfig, with all other
#     triggers, and send every setting with update-user-pool: it resets what it
#     is not told.
#
#     CloudFormation: Required: true in Schema of a new AWS::Cognito::UserPool,
#     or LambdaConfig.PreSignUp.
#
#     Terraform: required = true in schema of a new aws_cognito_user_pool, or
#     lambda_config.pre_sign_up.
#   waive_when: |
#     Reasonable in an existing pool, where it cannot be changed. A pre
#     sign-up trigger or the process that creates users must then ask for the
#     attribute, and users who lack it must be found and completed.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.attributes.schema_required_attributes

import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

_path := ["UserPool", "SchemaAttributes"]

_names := {attribute.Name | some attribute in object.get(input, _path, [])}

deny contains violation if {
	some name in params.attributes
	some i, attribute in object.get(input, _path, [])
	attribute.Name == name
	found := object.get(attribute, "Required", null)
	found != true
	violation := {
		"msg": sprintf("the attribute %s is not required, expected it to be", [name]),
		"path": array.concat(_path, [i, "Required"]),
		"actual": found,
		"expected": true,
	}
}

deny contains violation if {
	some name in params.attributes
	not name in _names
	violation := {
		"msg": sprintf("the attribute %s is absent from the schema, which means not required, expected it to be required", [name]),
		"path": _path,
		"actual": null,
		"expected": sprintf("%s with Required true", [name]),
	}
}
