# METADATA
# title: Address changes take effect at once
# description: |
#   A new email address or phone number counts only after a code was confirmed.
#   A pool that is meant to take changes at once keeps the old value, and users
#   or applications that expect the new one get confused.
# related_resources:
# - description: Verifying updates to email addresses and phone numbers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
# custom:
#   id: attribute-update-immediate
#   severity: info
#   target: pool
#   needs: [UserPool.UserAttributeUpdateSettings]
#   remediation: |
#     It weakens the pool: a stolen session can then change the address and
#     reset the password.
#
#     Console: Sign-up > Attribute verification and user account confirmation >
#     Edit, switch off "Keep original attribute value active when an update is
#     pending".
#
#     AWS CLI: take what describe-user-pool returns, set
#     AttributesRequireVerificationBeforeUpdate in UserAttributeUpdateSettings
#     to an explicit empty list, since leaving it out may keep the old one, and
#     send every setting with update-user-pool: it resets what it is not told.
#
#     CloudFormation: UserAttributeUpdateSettings with
#     AttributesRequireVerificationBeforeUpdate: [] of AWS::Cognito::UserPool.
#
#     Terraform: remove user_attribute_update_settings from
#     aws_cognito_user_pool; the provider then sends the empty list.
#   waive_when: |
#     Reasonable in every pool that makes changes of addresses wait for a
#     verification, which is the safer state. Nothing has to make up for it;
#     applications must expect the old value until the code is entered.
#   fix:
#     class: disruptive
#     only_named: true
#     note: Weakens the pool; applied only when the rule is named.
#   opposes: [attribute-update-requires-verification]
#   since: "0.1"
package cognilint.rules.attributes.attribute_update_immediate

_path := ["UserPool", "UserAttributeUpdateSettings", "AttributesRequireVerificationBeforeUpdate"]

deny contains violation if {
	found := object.get(input, _path, [])
	count(found) > 0
	violation := {
		"msg": sprintf("changes of %s wait for a verification, expected them to take effect at once", [concat(", ", sort(found))]),
		"path": _path,
		"actual": found,
		"expected": [],
	}
}

# Only an explicit empty list switches it off.
fix contains {"op": "replace", "path": _path, "value": []} if count(deny) > 0
