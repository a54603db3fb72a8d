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
#     Create the provider under Social and external providers
#     (CreateIdentityProvider), or remove its name under App clients > Login
#     pages. In the API, send SupportedIdentityProviders in UpdateUserPoolClient
#     together with every other setting of the client: the call replaces what
#     it is not told.
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
