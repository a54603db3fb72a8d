# METADATA
# title: The app client has a list of its own of writable attributes
# description: |
#   The client keeps the default list. In practice users may then write every
#   mutable custom attribute, those that are added later too, though AWS says
#   that the default is the standard attributes. Nobody decided that.
# related_resources:
# - description: Working with user attributes
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
# - description: WriteAttributes of an app client
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html
# custom:
#   id: client-write-attributes-explicit
#   severity: medium
#   target: client
#   needs: [Client, UserPool.SchemaAttributes, UserPool.AdminCreateUserConfig]
#   applies_needs: [Client, UserPool.AdminCreateUserConfig, UserPool.LambdaConfig]
#   remediation: |
#     The finding shows the list that keeps the rights of today; take out what
#     users shall not write. Required attributes and those that identity
#     providers fill must stay.
#
#     Console: App clients > the client > Attribute permissions.
#
#     AWS CLI: take the settings that describe-user-pool-client shows, add
#     WriteAttributes and send all of them with update-user-pool-client
#     --cli-input-json; the call resets what it is not told.
#
#     CloudFormation: WriteAttributes of AWS::Cognito::UserPoolClient.
#
#     Terraform: write_attributes of aws_cognito_user_pool_client.
#   waive_when: |
#     Reasonable where every custom attribute is meant to be edited by its
#     user. Never where one names a role or a tenant; and whoever adds an
#     attribute must give the clients a list of their own first.
#   fix:
#     class: manual
#   opposes: [client-default-attribute-permissions]
#   same_cause: [privileged-attribute-not-writable]
#   since: "0.1"
package cognilint.rules.attributes.client_write_attributes_explicit

import data.cognilint.lib.attribute
import data.cognilint.lib.client
import data.cognilint.lib.pool

_path := ["Client", "WriteAttributes"]

default applies := false

applies if attribute.profile_writable(input.Client)

# Any client can serve SignUp.
applies if pool.self_signup_open

_writable := attribute.writable_at_signup(input.Client) if {
	pool.self_signup_open
} else := attribute.writable(input.Client)

_custom := {name | some name in _writable; startswith(name, "custom:")}

_names := concat(", ", _custom) if {
	count(_custom) < 4
} else := sprintf("%d attributes", [count(_custom)])

# Sign-up alone matters only while the pool has users of its own.
_note := "" if {
	attribute.profile_writable(input.Client)
} else := pool.local_passwords_note

deny contains violation if {
	count(object.get(input, _path, [])) == 0
	count(_custom) > 0
	violation := {
		"msg": sprintf("client %s has the default write list, which in practice holds custom attributes (%s; AWS names only standard ones), expected a list of its own%s", [client.label(input.Client), _names, _note]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": sort(_writable),
	}
}
