# METADATA
# title: Users sign in with the expected names
# description: |
#   The names that users may sign in with (user name, email address, phone
#   number, preferred user name) differ from those that were agreed on.
#   Applications and instructions for users that build on them do not work.
# related_resources:
# - description: Working with user attributes
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
# custom:
#   id: sign-in-options
#   severity: info
#   target: pool
#   needs: [UserPool.UsernameAttributes, UserPool.AliasAttributes]
#   params:
#     options:
#       type: array
#       enum: [username, email, phone_number]
#       default: [username, email]
#       description: The names to sign in with, of username, email and phone_number.
#     preferred_username_alias:
#       type: string
#       default: null
#       enum: [required, forbidden]
#       description: Whether preferred_username must or must not be an alias; unset accepts both.
#   remediation: |
#     The sign-in options are fixed when the pool is created. Create a new pool
#     with the right ones and move the users.
#
#     Console: not possible on an existing pool; choose the options for sign-in
#     identifiers while creating a new one.
#
#     AWS CLI: not possible on an existing pool, update-user-pool knows neither
#     setting; create-user-pool with --username-attributes or
#     --alias-attributes.
#
#     CloudFormation: UsernameAttributes or AliasAttributes of a new
#     AWS::Cognito::UserPool.
#
#     Terraform: username_attributes or alias_attributes of a new
#     aws_cognito_user_pool; on an existing one the change replaces the pool
#     and deletes its users.
#   waive_when: |
#     Reasonable in an existing pool, where it cannot be changed, if
#     applications and instructions fit the names that it has. Set them in the
#     parameter options.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.signup.sign_in_options

import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

_usernames := ["UserPool", "UsernameAttributes"]

_aliases := ["UserPool", "AliasAttributes"]

_set(path) := {name | some name in object.get(input, path, [])}

_options := {option | some option in params.options}

_text(names) := concat(", ", names) if {
	count(names) > 0
} else := "nothing"

# A user name of its own beside aliases, or addresses in place of it: a pool
# has one or the other.
deny contains violation if {
	"username" in _options
	count(_set(_usernames)) > 0
	violation := {
		"msg": sprintf("%s takes the place of the user name, expected a user name", [_text(_set(_usernames))]),
		"path": _usernames,
		"actual": object.get(input, _usernames, null),
		"expected": [],
	}
}

deny contains violation if {
	"username" in _options
	count(_set(_usernames)) == 0 # else the finding above says it
	expected := _options - {"username"}
	found := _set(_aliases) - {"preferred_username"}
	found != expected
	violation := {
		"msg": sprintf("users sign in with %s beside their user name, expected %s", [_text(found), _text(expected)]),
		"path": _aliases,
		"actual": object.get(input, _aliases, null),
		"expected": sort(expected),
	}
}

deny contains violation if {
	not "username" in _options
	_set(_usernames) != _options
	violation := {
		"msg": sprintf("%s takes the place of the user name, expected %s", [_text(_set(_usernames)), _text(_options)]),
		"path": _usernames,
		"actual": object.get(input, _usernames, null),
		"expected": sort(_options),
	}
}

deny contains violation if {
	params.preferred_username_alias == "required"
	not "preferred_username" in _set(_aliases)
	violation := {
		"msg": "users cannot sign in with preferred_username, expected it among the aliases",
		"path": _aliases,
		"actual": object.get(input, _aliases, null),
		"expected": "preferred_username among them",
	}
}

deny contains violation if {
	params.preferred_username_alias == "forbidden"
	some i, name in object.get(input, _aliases, [])
	name == "preferred_username"
	violation := {
		"msg": "users can sign in with preferred_username, expected no such alias",
		"path": array.concat(_aliases, [i]),
		"actual": name,
		"expected": "no preferred_username",
	}
}
