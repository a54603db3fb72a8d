# METADATA
# title: Address changes wait for a verification
# description: |
#   Users can replace their email address or phone number, and the new one
#   counts at once. Whoever steals a session puts in an address of their own,
#   resets the password through it and keeps the account.
# related_resources:
# - description: Verifying updates to email addresses and phone numbers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
# custom:
#   id: attribute-update-requires-verification
#   severity: high
#   target: pool
#   needs:
#   - Clients.*
#   - UserPool.UserAttributeUpdateSettings
#   - UserPool.AutoVerifiedAttributes
#   - UserPool.UsernameAttributes
#   - UserPool.SchemaAttributes
#   - UserPool.LambdaConfig
#   applies_needs: [Clients.*, UserPool.LambdaConfig]
#   remediation: |
#     The attribute must also be among AutoVerifiedAttributes; the service refuses
#     it otherwise.
#
#     Console: switch on "Keep original attribute value active when an update is
#     pending" under Sign-up > Attribute verification and user account
#     confirmation.
#
#     AWS CLI: take the settings that describe-user-pool shows, add the attribute
#     to UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate
#     and send all of them with update-user-pool --cli-input-json; the call
#     resets what it is not told.
#
#     CloudFormation:
#     UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate of
#     AWS::Cognito::UserPool.
#
#     Terraform: attributes_require_verification_before_update in
#     user_attribute_update_settings of aws_cognito_user_pool.
#   waive_when: |
#     Only where an address neither recovers an account nor receives codes:
#     administrators reset passwords, and no first or second factor is mailed
#     or texted. Applications must then identify users by sub, not by address.
#   fix:
#     class: safe
#     note: |
#       Users who change their address must enter a code before the new one
#       counts; until then the old one stays.
#   opposes: [attribute-update-immediate]
#   since: "0.1"
package cognilint.rules.attributes.attribute_update_requires_verification

import data.cognilint.lib.attribute
import data.cognilint.lib.client

_path := ["UserPool", "UserAttributeUpdateSettings", "AttributesRequireVerificationBeforeUpdate"]

_found := object.get(input, _path, null)

# What identifies a user or proves who it is, and changes at once.
_immediate := {name |
	some member in ["AutoVerifiedAttributes", "UsernameAttributes"]
	some name in input.UserPool[member]
} - {name | some name in _found}

default applies := false

applies if {
	some c in input.Clients
	attribute.profile_writable(c)
}

# Without a schema nobody knows what a client without a list may write.
unknown contains ["UserPool", "SchemaAttributes"] if {
	not input.UserPool.SchemaAttributes
	count(_immediate) > 0
	some c in input.Clients
	attribute.profile_writable(c)
	not attribute.writable(c)
}

_writers[name] contains client.label(c) if {
	count(_immediate) > 0
	some c in input.Clients
	attribute.profile_writable(c)
	some name in (attribute.writable(c) & _immediate)
}

_names(labels) := sprintf("client %s", [concat(", ", labels)]) if {
	count(labels) < 4
} else := sprintf("%d clients", [count(labels)])

deny contains violation if {
	some name, labels in _writers
	violation := {
		"msg": sprintf("a change of %s takes effect at once (through %s), expected it to wait for a verification", [name, _names(labels)]),
		"path": _path,
		"actual": _found,
		"expected": sprintf("%s among them", [name]),
	}
}

# The service refuses attributes that it does not verify.
fix contains {"op": "add", "path": _path, "value": name} if {
	every name, _ in _writers {
		name in input.UserPool.AutoVerifiedAttributes
	}
	some name, _ in _writers
}
