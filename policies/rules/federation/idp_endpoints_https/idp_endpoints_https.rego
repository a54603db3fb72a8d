# METADATA
# title: The endpoints of the identity provider use https
# description: |
#   The pool fetches metadata, keys or tokens of the identity provider over
#   plain http. Whoever can change the answer on its way is the identity
#   provider: they sign in as any user who comes from there.
# related_resources:
# - description: User pool sign-in with third party identity providers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html
# custom:
#   id: idp-endpoints-https
#   severity: high
#   target: identity_provider
#   needs: [IdentityProvider]
#   remediation: |
#     Ask the owner of the provider for the https address first.
#
#     Console: Social and external providers, choose the provider, edit the
#     identity provider information.
#
#     AWS CLI: describe-identity-provider, then update-identity-provider with
#     the complete ProviderDetails and AttributeMapping, because the call
#     replaces both; leave out what the service adds by itself, such as
#     SSORedirectBindingURI.
#
#     CloudFormation: ProviderDetails of AWS::Cognito::UserPoolIdentityProvider.
#
#     Terraform: provider_details of aws_cognito_identity_provider.
#   waive_when: |
#     Only in a pool for tests without real users and data. Otherwise not
#     reasonable: nothing in the pool makes up for keys or tokens that come
#     over plain http.
#   fix:
#     class: manual
#     note: Only the owner of the identity provider knows the right address.
#   since: "0.1"
package cognilint.rules.federation.idp_endpoints_https

import data.cognilint.lib.url

_endpoints := ["MetadataURL", "oidc_issuer", "authorize_url", "token_url", "attributes_url", "jwks_uri"]

deny contains violation if {
	some key in _endpoints
	found := input.IdentityProvider.ProviderDetails[key]
	url.scheme(found) == "http"
	violation := {
		"msg": sprintf("provider %s has the %s %s, expected https", [input.IdentityProvider.ProviderName, key, found]),
		"path": ["IdentityProvider", "ProviderDetails", key],
		"actual": found,
		"expected": "an https URL",
	}
}
