# METADATA
# title: The identity provider is used
# description: |
#   No app client offers the identity provider. It is a standing trust that
#   nobody needs or watches: one name in one client, and its users get in.
# related_resources:
# - description: User pool sign-in with third party identity providers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html
# custom:
#   id: idp-unused
#   severity: low
#   target: identity_provider
#   needs: [IdentityProvider, Clients]
#   remediation: |
#     Keep the description of the provider first (describe-identity-provider):
#     what is deleted cannot be restored.
#
#     Console: Social and external providers, choose the provider, delete it.
#
#     AWS CLI: delete-identity-provider.
#
#     CloudFormation: remove the AWS::Cognito::UserPoolIdentityProvider.
#
#     Terraform: remove the aws_cognito_identity_provider.
#   waive_when: |
#     Reasonable for a provider that waits for its start, or that stays as a
#     way back for some weeks after a move. Somebody must notice meanwhile if
#     a client offers it.
#   fix:
#     class: manual
#     note: A provider that was deleted has to be set up again on both sides.
#   since: "0.1"
package cognilint.rules.federation.idp_unused

import data.cognilint.lib.known

_offered if {
	some c in input.Clients
	input.IdentityProvider.ProviderName in c.SupportedIdentityProviders
}

unknown contains ["Clients", "-"] if {
	not known.complete("Clients")
	not _offered
}

deny contains violation if {
	known.complete("Clients")
	not _offered
	violation := {
		"msg": sprintf("no app client offers provider %s, expected one that does or no provider", [input.IdentityProvider.ProviderName]),
		"path": ["IdentityProvider", "ProviderName"],
		"actual": input.IdentityProvider.ProviderName,
		"expected": "a name among SupportedIdentityProviders of a client",
	}
}
