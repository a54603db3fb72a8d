# METADATA
# title: Attributes that wait for verification are verified
# description: |
#   A changed attribute is held back until it is verified, but the pool does
#   not verify it. The service refuses this state, also on updates that have
#   nothing to do with it, so the pool cannot be changed any more.
# related_resources:
# - description: Verifying contact information at sign-up and on change
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
# custom:
#   id: attribute-update-subset-of-auto-verified
#   severity: high
#   target: pool
#   needs: [UserPool.UserAttributeUpdateSettings, UserPool.AutoVerifiedAttributes]
#   guard: true
#   remediation: |
#     Verify the attribute automatically, or let its changes take effect at
#     once.
#
#     Console: Sign-up > Attribute verification and user account confirmation >
#     Edit.
#
#     AWS CLI: take what describe-user-pool returns, make
#     AutoVerifiedAttributes hold everything that
#     AttributesRequireVerificationBeforeUpdate in UserAttributeUpdateSettings
#     holds, or shorten the latter, and send both in one update-user-pool,
#     together with every other setting of the pool: it replaces what it is not
#     told. An empty list must be sent as such.
#
#     CloudFormation: AutoVerifiedAttributes and
#     UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate of
#     AWS::Cognito::UserPool.
#
#     Terraform: auto_verified_attributes, and
#     attributes_require_verification_before_update in
#     user_attribute_update_settings, of aws_cognito_user_pool.
#   waive_when: |
#     Not reasonable: the service refuses every update of the pool, urgent
#     ones included, until the two lists agree.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.attributes.attribute_update_subset_of_auto_verified

_verified := {attribute | some attribute in input.UserPool.AutoVerifiedAttributes}

deny contains violation if {
	some i, attribute in input.UserPool.UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate
	not attribute in _verified
	violation := {
		"msg": sprintf("a change of %s waits for verification but the pool does not verify it, expected it among AutoVerifiedAttributes", [attribute]),
		"path": ["UserPool", "UserAttributeUpdateSettings", "AttributesRequireVerificationBeforeUpdate", i],
		"actual": attribute,
		"expected": "an attribute of AutoVerifiedAttributes",
	}
}
