# METADATA
# title: Users cannot write attributes that grant rights
# description: |
#   Users can write a custom attribute whose name promises a right, such as a
#   role or a tenant, in their own profile or when they sign up. Applications
#   that trust it give them whatever they put in: they make themselves
#   administrators.
# related_resources:
# - description: Working with user attributes
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
# - description: WriteAttributes of an app client
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html
# custom:
#   id: privileged-attribute-not-writable
#   severity: critical
#   target: client
#   needs: [Client, UserPool.SchemaAttributes, UserPool.AdminCreateUserConfig]
#   applies_needs: [Client, UserPool.AdminCreateUserConfig, UserPool.LambdaConfig]
#   params:
#     tokens:
#       type: array
#       default: [role, roles, admin, admins, administrator, superuser, group, groups, tenant, org, organization, account, permission, permissions, scope, scopes, entitlement, entitlements, privilege, plan, tier]
#       description: |
#         The words that promise a right where one of them is a whole word of an
#         attribute's name.
#     ignore:
#       type: array
#       default: []
#       description: |
#         Attributes that grant nothing, whatever they are called, with or
#         without the prefix "custom:".
#   remediation: |
#     Change the write list of the client, not the attribute. Leave required
#     attributes and those that identity providers fill on the list; an empty
#     list would mean the default, which is more.
#
#     Console: App clients > the client > Attribute permissions.
#
#     AWS CLI: take the settings that describe-user-pool-client shows, send
#     WriteAttributes without the attribute and all other settings with
#     update-user-pool-client --cli-input-json; the call resets what it is not
#     told.
#
#     CloudFormation: WriteAttributes of AWS::Cognito::UserPoolClient.
#
#     Terraform: write_attributes of aws_cognito_user_pool_client.
#   waive_when: |
#     Only where the owner of each application confirmed that nothing takes
#     the attribute for a right; name it in the parameter ignore then. That
#     the application does not show the field is no reason: users call the API
#     themselves.
#   fix:
#     class: disruptive
#     note: |
#       Applications that let users write the attribute through this client get
#       an error. In place of the default the client gets a list of what users
#       can change and must state; other attributes that can only be set once,
#       at sign-up, are not on it.
#     needs: [IdentityProviders]
#   since: "0.1"
package cognilint.rules.attributes.privileged_attribute_not_writable

import data.cognilint.lib.attribute
import data.cognilint.lib.client
import data.cognilint.lib.param
import data.cognilint.lib.pool

params := param.values(rego.metadata.chain())

_path := ["Client", "WriteAttributes"]

_found := object.get(input.Client, "WriteAttributes", [])

default applies := false

applies if attribute.profile_writable(input.Client)

# Any client can serve SignUp.
applies if pool.self_signup_open

_by_users contains name if {
	attribute.profile_writable(input.Client)
	some name in attribute.writable(input.Client)
}

_at_sign_up contains name if {
	pool.self_signup_open
	some name in attribute.writable_at_signup(input.Client)
}

_tokens := {lower(token) | some token in params.tokens}

_ignored := {trim_prefix(name, "custom:") | some name in params.ignore}

_privileged contains name if {
	some name in (_by_users | _at_sign_up)
	startswith(name, "custom:")
	not trim_prefix(name, "custom:") in _ignored
	attribute.privileged(name, _tokens)
}

_state(name) := sprintf("users change %s and anyone choose it at sign-up", [name]) if {
	name in _by_users
	name in _at_sign_up
} else := sprintf("users change %s", [name]) if {
	name in _by_users
} else := sprintf("anyone choose %s at sign-up", [name])

_hint := " (its list is the default: AWS names only standard attributes, but custom ones were found writable)" if {
	count(_found) == 0
} else := ""

# Sign-up alone matters only while the pool has users of its own.
_note(name) := "" if {
	name in _by_users
} else := pool.local_passwords_note

deny contains violation if {
	some name in _privileged
	violation := {
		"msg": sprintf("client %s lets %s; the name promises a right, expected the client's write list without it%s%s", [client.label(input.Client), _state(name), _hint, _note(name)]),
		"path": _place(name),
		"actual": object.get(input, _place(name), null),
		"expected": sprintf("a list without %s", [name]),
	}
}

_place(name) := array.concat(_path, [min({i | some i, listed in _found; listed == name})]) if {
	name in _found
} else := _path

_listed := {name | some name in _found}

_rest := _listed - _privileged if {
	count(_listed) > 0
} else := ((attribute.writable(input.Client) | attribute.required) | attribute.mapped(input.Client)) - _privileged

# A provider fails to sign users in if it may not write what it fills, and
# users cannot sign up without what is required.
_fixable if {
	count(_privileged) > 0
	count(_rest) > 0
	count(_privileged & attribute.mapped(input.Client)) == 0
	count(_privileged & attribute.required) == 0
}

fix contains {"op": "remove", "path": _path, "value": name} if {
	_fixable
	count(_listed) > 0
	some name in _privileged
}

fix contains {"op": "replace", "path": _path, "value": sort(_rest)} if {
	_fixable
	count(_listed) == 0
}
