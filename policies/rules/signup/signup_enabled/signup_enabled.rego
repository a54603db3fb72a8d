# METADATA
# title: Users can sign up themselves
# description: |
#   Only administrators can create accounts. In a pool that is meant to offer
#   self-registration nobody new gets in without one of them.
# related_resources:
# - description: Signing up and confirming user accounts
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html
# custom:
#   id: signup-enabled
#   severity: info
#   target: pool
#   needs: [UserPool.AdminCreateUserConfig]
#   remediation: |
#     Anyone on the internet can create an account afterwards: attach a web ACL
#     and verify contact addresses first.
#
#     Console: Sign-up > Self-service sign-up > Edit, enable self-registration.
#
#     AWS CLI: take what describe-user-pool returns, set
#     AllowAdminCreateUserOnly in AdminCreateUserConfig to false, and send
#     every setting with update-user-pool: it resets what it is not told.
#
#     CloudFormation: AdminCreateUserConfig.AllowAdminCreateUserOnly: false of
#     AWS::Cognito::UserPool.
#
#     Terraform: allow_admin_create_user_only = false in
#     admin_create_user_config of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable in every pool for invited users: closed sign-up is the safer
#     state. Administrators or a server must then create the accounts.
#   fix:
#     class: disruptive
#     only_named: true
#     note: |
#       Opens the pool to the internet. Applied only when the rule is named, and
#       only if a web ACL is attached, sign-up verifies the contact address and
#       no app client can write a custom attribute.
#     needs: [WebACL]
#   opposes: [signup-disabled]
#   since: "0.1"
package cognilint.rules.signup.signup_enabled

import data.cognilint.lib.known

_path := ["UserPool", "AdminCreateUserConfig", "AllowAdminCreateUserOnly"]

deny contains violation if {
	object.get(input, _path, false) == true
	violation := {
		"msg": "only administrators can create users, expected self-registration",
		"path": _path,
		"actual": true,
		"expected": false,
	}
}

fix contains edit if {
	count(deny) > 0
	object.get(input, "WebACL", null) != null
	_contact_verified
	_custom_attributes_closed
	edit := {"op": "replace", "path": _path, "value": false}
}

_contact_verified if {
	verified := {name | some name in input.UserPool.AutoVerifiedAttributes}
	count(verified) > 0
	identifiers := {name |
		some member in ["UsernameAttributes", "AliasAttributes"]
		some name in input.UserPool[member]
		name in {"email", "phone_number"}
	}
	count(identifiers - verified) == 0
}

# Stricter than privileged-attribute-not-writable: whatever a custom attribute
# means, nobody can choose it at sign-up.
_custom_attributes_closed if count(_custom_attributes) == 0

_custom_attributes_closed if {
	known.complete("Clients")
	every c in input.Clients {
		count(object.get(c, "WriteAttributes", [])) > 0
		count({name | some name in c.WriteAttributes} & _custom_attributes) == 0
	}
}

_custom_attributes contains attribute.Name if {
	some attribute in input.UserPool.SchemaAttributes
	startswith(attribute.Name, "custom:")
}
