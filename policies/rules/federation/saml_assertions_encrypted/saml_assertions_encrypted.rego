# METADATA
# title: The SAML provider encrypts its assertions
# description: |
#   Assertions pass the browser of the user in clear text. Extensions of the
#   browser and proxies that open its connections can read the names, addresses
#   and roles in them.
# related_resources:
# - description: SAML signing and encryption
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-SAML-signing-encryption.html
# custom:
#   id: saml-assertions-encrypted
#   severity: low
#   target: identity_provider
#   needs: [IdentityProvider]
#   remediation: |
#     Let the provider encrypt with the certificate of the pool first: once the
#     pool requires it, responses without encryption are refused.
#
#     Console: Social and external providers, choose the provider, edit the
#     identity provider information and require encrypted SAML assertions. The
#     certificate is offered for download there.
#
#     AWS CLI: describe-identity-provider, then update-identity-provider with
#     the complete ProviderDetails and AttributeMapping, because the call
#     replaces both; leave out what the service adds by itself, such as
#     SSORedirectBindingURI.
#
#     CloudFormation: EncryptedResponses "true" in ProviderDetails of
#     AWS::Cognito::UserPoolIdentityProvider.
#
#     Terraform: EncryptedResponses "true" in provider_details of
#     aws_cognito_identity_provider.
#   waive_when: |
#     Reasonable where the provider cannot encrypt and its assertions hold
#     little more than a name and an address. It must then send only the
#     attributes that the pool maps.
#   fix:
#     class: manual
#     note: Nobody can sign in through the provider until it encrypts.
#   since: "0.1"
package cognilint.rules.federation.saml_assertions_encrypted

applies if input.IdentityProvider.ProviderType == "SAML"

_path := ["IdentityProvider", "ProviderDetails", "EncryptedResponses"]

deny contains violation if {
	found := object.get(input, _path, null)
	not _encrypted
	violation := {
		"msg": sprintf("provider %s may send assertions without encryption, expected encrypted ones only", [input.IdentityProvider.ProviderName]),
		"path": _path,
		"actual": found,
		"expected": "true",
	}
}

# The values of details are texts.
_encrypted if lower(object.get(input, _path, "false")) == "true"
