# METADATA
# title: Requests to the SAML provider are signed
# description: |
#   The pool does not sign its SAML requests. The identity provider cannot tell
#   who asks and cannot refuse requests that somebody else wrote.
# related_resources:
# - description: SAML signing and encryption
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-SAML-signing-encryption.html
# custom:
#   id: saml-requests-signed
#   severity: low
#   target: identity_provider
#   needs: [IdentityProvider]
#   remediation: |
#     Give the provider the signing certificate of the pool first
#     (get-signing-certificate), and let it demand signed requests afterwards.
#
#     Console: Social and external providers, choose the provider, edit the
#     identity provider information and sign requests to this provider.
#
#     AWS CLI: describe-identity-provider, then update-identity-provider with
#     the complete ProviderDetails and AttributeMapping, because the call
#     replaces both; leave out what the service adds by itself, such as
#     SSORedirectBindingURI.
#
#     CloudFormation: RequestSigningAlgorithm rsa-sha256 in ProviderDetails of
#     AWS::Cognito::UserPoolIdentityProvider.
#
#     Terraform: RequestSigningAlgorithm rsa-sha256 in provider_details of
#     aws_cognito_identity_provider.
#   waive_when: |
#     Reasonable where the provider cannot check signatures. It must then send
#     its answers to the registered address of the pool only, whatever a
#     request says.
#   fix:
#     class: manual
#     note: The identity provider has to know the key of the pool first.
#   since: "0.1"
package cognilint.rules.federation.saml_requests_signed

applies if input.IdentityProvider.ProviderType == "SAML"

_path := ["IdentityProvider", "ProviderDetails", "RequestSigningAlgorithm"]

deny contains violation if {
	found := object.get(input, _path, null)
	found in {null, ""}
	violation := {
		"msg": sprintf("requests to provider %s are not signed, expected a signature", [input.IdentityProvider.ProviderName]),
		"path": _path,
		"actual": found,
		"expected": "rsa-sha256",
	}
}
