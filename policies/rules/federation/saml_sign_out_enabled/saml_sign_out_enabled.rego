# METADATA
# title: Signing out reaches the SAML provider
# description: |
#   Who signs out of the application stays signed in at the identity provider.
#   On a shared computer the next person gets in without a password.
# related_resources:
# - description: SAML sign-out flow
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-saml-idp-sign-out.html
# custom:
#   id: saml-sign-out-enabled
#   severity: low
#   target: identity_provider
#   needs: [IdentityProvider]
#   remediation: |
#     The provider must support single logout, know the signing certificate of
#     the pool and send its answer to saml2/logout of the domain of the pool.
#
#     Console: Social and external providers, choose the provider, edit the
#     identity provider information and add the sign-out flow.
#
#     AWS CLI: describe-identity-provider, then update-identity-provider with
#     the complete ProviderDetails and AttributeMapping, because the call
#     replaces both; leave out what the service adds by itself, such as
#     SSORedirectBindingURI.
#
#     CloudFormation: IDPSignout "true" in ProviderDetails of
#     AWS::Cognito::UserPoolIdentityProvider.
#
#     Terraform: IDPSignout "true" in provider_details of
#     aws_cognito_identity_provider.
#   waive_when: |
#     Reasonable where everybody has a device of their own, or shall stay
#     signed in for other applications. On shared computers sessions at the
#     provider must then end soon by themselves.
#   fix:
#     class: manual
#     note: The identity provider must support single logout.
#   since: "0.1"
package cognilint.rules.federation.saml_sign_out_enabled

applies if input.IdentityProvider.ProviderType == "SAML"

_path := ["IdentityProvider", "ProviderDetails", "IDPSignout"]

deny contains violation if {
	found := object.get(input, _path, null)
	not _signs_out
	violation := {
		"msg": sprintf("signing out does not reach provider %s, expected the sign-out flow", [input.IdentityProvider.ProviderName]),
		"path": _path,
		"actual": found,
		"expected": "true",
	}
}

# The values of details are texts.
_signs_out if lower(object.get(input, _path, "false")) == "true"
