# METADATA
# title: The identity providers of the client exist
# description: |
#   The client offers an identity provider that the pool does not have. The
#   service refuses this: the client cannot be changed any more, and a template
#   with it cannot be deployed.
# related_resources:
# - description: User pool sign-in with third party identity providers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html
# custom:
#   id: client-identity-providers-exist
#   severity: high
#   target: client
#   needs: [Client, "IdentityProviders.*"]
#   guard: true
#   remediation: |
#     Create the provider, or remove its name from the client.
#
#     Console: Social and external providers > Add identity provider, or App
#     clients > Login pages > Edit > Identity providers.
#
#     AWS CLI: create-identity-provider, or take the output of
#     describe-user-pool-client, take the name out of
#     SupportedIdentityProviders, and send every setting with
#     update-user-pool-client: it resets what it is not told.
#
#     CloudFormation: AWS::Cognito::UserPoolIdentityProvider, on which the
#     client must depend, or SupportedIdentityProviders of
#     AWS::Cognito::UserPoolClient.
#
#     Terraform: aws_cognito_identity_provider, whose provider_name the client
#     refers to, or supported_identity_providers of
#     aws_cognito_user_pool_client.
#   waive_when: |
#     Not reasonable: the client can no longer be changed, and a template with
#     it cannot be deployed, until the provider exists or its name is taken
#     out.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.federation.client_identity_providers_exist

import data.cognilint.lib.client

_existing := {provider.ProviderName | some provider in input.IdentityProviders} | {"COGNITO"}

deny contains violation if {
	some i, name in input.Client.SupportedIdentityProviders
	not name in _existing
	violation := {
		"msg": sprintf("client %s offers the identity provider %s, which the pool does not have, expected one that exists", [client.label(input.Client), name]),
		"path": ["Client", "SupportedIdentityProviders", i],
		"actual": name,
		"expected": "COGNITO or the name of a provider of the pool",
	}
}
