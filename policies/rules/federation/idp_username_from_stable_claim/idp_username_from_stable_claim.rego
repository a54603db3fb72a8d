# METADATA
# title: The user name comes from a claim that never changes owner
# description: |
#   The pool recognizes users of the identity provider by a claim that can pass
#   to somebody else, such as an address or a nickname. Whoever gets it next
#   signs in to the account of its former owner.
# related_resources:
# - description: Mapping IdP attributes to profiles and tokens
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-specifying-attribute-mapping.html
# custom:
#   id: idp-username-from-stable-claim
#   severity: high
#   target: identity_provider
#   needs: [IdentityProvider]
#   params:
#     oidc_claims:
#       type: array
#       default: [sub, oid]
#       description: The claims of OIDC providers that identify a user for ever.
#   controls:
#     asvs-5.0: ["6.8.1"]
#   remediation: |
#     With another claim the pool takes every user who comes back for a new one.
#     Add a new provider with the right mapping instead, link the old users to
#     it with AdminLinkProviderForUser, and then remove the old one.
#
#     Console: Social and external providers, add an identity provider, and map
#     username to sub.
#
#     AWS CLI: create-identity-provider with username=sub in the
#     AttributeMapping, then add its name to SupportedIdentityProviders in
#     update-user-pool-client with every other setting of the client, because
#     the call replaces what it is not told.
#
#     CloudFormation: AttributeMapping of
#     AWS::Cognito::UserPoolIdentityProvider.
#
#     Terraform: attribute_mapping of aws_cognito_identity_provider.
#   waive_when: |
#     Only where the provider never gives the claim to somebody else, as with
#     personnel numbers; name it in the parameter oidc_claims then. Until
#     users have moved, delete who leaves before the claim is given away
#     again.
#   fix:
#     class: manual
#     note: Another claim makes each user of the provider a new one.
#   since: "0.1"
package cognilint.rules.federation.idp_username_from_stable_claim

import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

_claims := {
	"OIDC": params.oidc_claims,
	"Google": ["sub"],
	"SignInWithApple": ["sub"],
	"Facebook": ["id"],
	"LoginWithAmazon": ["user_id"],
}

_stable := _claims[input.IdentityProvider.ProviderType]

_found := input.IdentityProvider.AttributeMapping.username

applies if {
	_stable
	_found
}

deny contains violation if {
	not _found in _stable
	violation := {
		"msg": sprintf("provider %s takes the user name from the claim %s, expected %s", [input.IdentityProvider.ProviderName, _found, concat(" or ", _stable)]),
		"path": ["IdentityProvider", "AttributeMapping", "username"],
		"actual": _found,
		"expected": concat(" or ", _stable),
	}
}
