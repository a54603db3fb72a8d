# METADATA
# title: SAML metadata comes from a URL
# description: |
#   The metadata of the identity provider is a file that somebody uploaded. When
#   the provider changes its certificate, nobody can sign in until somebody
#   uploads the new file. From a URL the pool fetches it by itself.
# related_resources:
# - description: Things to know about SAML IdPs in Amazon Cognito user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-saml-idp-things-to-know.html
# custom:
#   id: saml-metadata-by-url
#   severity: low
#   target: identity_provider
#   needs: [IdentityProvider]
#   remediation: |
#     Console: Social and external providers, choose the provider, replace the
#     metadata and enter the URL of the metadata document.
#
#     AWS CLI: describe-identity-provider, then update-identity-provider with
#     the complete ProviderDetails and AttributeMapping, because the call
#     replaces both; leave out what the service adds by itself, such as
#     SSORedirectBindingURI.
#
#     CloudFormation: MetadataURL instead of MetadataFile in ProviderDetails of
#     AWS::Cognito::UserPoolIdentityProvider.
#
#     Terraform: MetadataURL instead of MetadataFile in provider_details of
#     aws_cognito_identity_provider.
#   waive_when: |
#     Reasonable where the provider publishes no metadata. Somebody must then
#     own the file and get the next certificate in time;
#     saml-certificate-not-expiring warns before the old one ends.
#   fix:
#     class: manual
#     note: Only the owner of the identity provider knows whether it publishes its metadata.
#   since: "0.1"
package cognilint.rules.federation.saml_metadata_by_url

applies if input.IdentityProvider.ProviderType == "SAML"

_path := ["IdentityProvider", "ProviderDetails", "MetadataURL"]

deny contains violation if {
	object.get(input, ["IdentityProvider", "ProviderDetails", "MetadataFile"], "") != ""
	found := object.get(input, _path, null)
	found in {null, ""}
	violation := {
		"msg": sprintf("the metadata of provider %s is an uploaded file, expected a URL from which it is renewed", [input.IdentityProvider.ProviderName]),
		"path": _path,
		"actual": found,
		"expected": "the https URL of the metadata",
	}
}
