# METADATA
# title: Social providers do not fill privileged attributes
# description: |
#   A social identity provider fills an attribute whose name promises rights,
#   such as a role or a tenant. What its users can change in their profile there
#   then decides what they may do here.
# related_resources:
# - description: Mapping IdP attributes to profiles and tokens
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-specifying-attribute-mapping.html
# custom:
#   id: idp-no-privileged-mapping
#   severity: high
#   target: identity_provider
#   needs: [IdentityProvider]
#   params:
#     types:
#       type: array
#       default: [Facebook, Google, LoginWithAmazon, SignInWithApple]
#       description: |
#         The types of providers that must not decide about rights. SAML and
#         OIDC are left out: groups from the directory of a company are normal.
#     tokens:
#       type: array
#       default:
#       - role
#       - roles
#       - admin
#       - admins
#       - administrator
#       - superuser
#       - group
#       - groups
#       - tenant
#       - org
#       - organization
#       - account
#       - permission
#       - permissions
#       - scope
#       - scopes
#       - entitlement
#       - entitlements
#       - privilege
#       - plan
#       - tier
#       description: |
#         The words, in lower case, that make the name of an attribute
#         privileged. Only whole words count.
#   controls:
#     asvs-5.0: ["6.8.1"]
#   remediation: |
#     Set the attribute on the server instead, with AdminUpdateUserAttributes or
#     in a pre token generation trigger, and check the values that users have
#     today.
#
#     Console: Social and external providers, choose the provider, edit the
#     attribute mapping and remove the row.
#
#     AWS CLI: describe-identity-provider, then update-identity-provider with
#     the complete ProviderDetails and the AttributeMapping without the
#     attribute, because the call replaces both.
#
#     CloudFormation: AttributeMapping of
#     AWS::Cognito::UserPoolIdentityProvider.
#
#     Terraform: attribute_mapping of aws_cognito_identity_provider.
#   waive_when: |
#     Only where no application takes the attribute for a right, or a pre
#     token generation trigger puts a value from your server in its place.
#     Test that with a profile whose owner wrote a right into it.
#   fix:
#     class: manual
#     note: Users who have rights by the mapping lose them.
#   since: "0.1"
package cognilint.rules.federation.idp_no_privileged_mapping

import data.cognilint.lib.attribute
import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

applies if input.IdentityProvider.ProviderType in params.types

deny contains violation if {
	some name, claim in input.IdentityProvider.AttributeMapping
	attribute.privileged(name, params.tokens)
	violation := {
		"msg": sprintf("provider %s fills %s from its claim %s, expected no attribute that grants rights", [input.IdentityProvider.ProviderName, name, claim]),
		"path": ["IdentityProvider", "AttributeMapping", name],
		"actual": claim,
		"expected": "no mapping",
	}
}
