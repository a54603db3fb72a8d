# METADATA
# title: The app client keeps the default attribute permissions
# description: |
#   The client has its own list of attributes that it may read or write. Where
#   the defaults were agreed on, an attribute that the list lacks cannot be
#   read or set by users of this client.
# related_resources:
# - description: Working with user attributes
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
# custom:
#   id: client-default-attribute-permissions
#   severity: info
#   target: client
#   needs: [Client]
#   params:
#     client_name:
#       type: string
#       default: null
#       description: Only clients whose name matches this glob; unset means every client.
#   remediation: |
#     Compare the list with the default. Check first that no user may then
#     write an attribute that grants rights.
#
#     Console: App clients > the client > Attribute permissions > Edit, select
#     what the default has.
#
#     AWS CLI: take the output of describe-user-pool-client, take
#     ReadAttributes and WriteAttributes out, and send every other setting with
#     update-user-pool-client: it resets what it is not told, here the two
#     lists to the default.
#
#     CloudFormation: no ReadAttributes and WriteAttributes in
#     AWS::Cognito::UserPoolClient.
#
#     Terraform: no read_attributes and write_attributes in
#     aws_cognito_user_pool_client. Look at the client after the change: a list
#     may stay as it was.
#   waive_when: |
#     Reasonable wherever the list was cut on purpose, so that users cannot
#     write what grants rights: that is the safer state. Test that the
#     application gets along with the shorter list.
#   fix:
#     class: manual
#   opposes: [client-write-attributes-explicit]
#   since: "0.1"
package cognilint.rules.attributes.client_default_attribute_permissions

import data.cognilint.lib.client
import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

default applies := false

applies if {
	client.has_user_path(input.Client)
	_named
}

_named if params.client_name == null

_named if {
	params.client_name != null
	glob.match(params.client_name, null, object.get(input.Client, "ClientName", ""))
}

_verbs := {"ReadAttributes": "read", "WriteAttributes": "write"}

deny contains violation if {
	some member, verb in _verbs
	found := object.get(input.Client, member, [])
	count(found) > 0
	violation := {
		"msg": sprintf("client %s may %s a list of its own (%s), expected the default permissions", [client.label(input.Client), verb, concat(", ", sort(found))]),
		"path": ["Client", member],
		"actual": found,
		"expected": "no list",
	}
}
