# METADATA
# title: The SAML provider does not start sign-ins
# description: |
#   The pool accepts SAML responses that it did not ask for. A stolen or
#   injected response then signs in: nothing ties it to a browser in which the
#   user began to sign in.
# related_resources:
# - description: SAML session initiation in Amazon Cognito user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-SAML-session-initiation.html
# custom:
#   id: saml-no-idp-initiated
#   severity: medium
#   target: identity_provider
#   needs: [IdentityProvider]
#   remediation: |
#     Links in the portal of the provider must lead to the application or to the
#     authorize endpoint first, which then starts the sign-in.
#
#     Console: Social and external providers, choose the provider, edit the
#     identity provider information and accept SP-initiated assertions only.
#
#     AWS CLI: describe-identity-provider, then update-identity-provider with
#     the complete ProviderDetails and AttributeMapping, because the call
#     replaces both; leave out what the service adds by itself, such as
#     SSORedirectBindingURI.
#
#     CloudFormation: IDPInit "false" in ProviderDetails of
#     AWS::Cognito::UserPoolIdentityProvider.
#
#     Terraform: IDPInit "false" in provider_details of
#     aws_cognito_identity_provider.
#   waive_when: |
#     Reasonable where users start at the portal of their company and its
#     links cannot lead to the application. Assertions must then be valid for
#     a few minutes only, and the provider must require MFA.
#   fix:
#     class: manual
#     note: Users who start at the portal of the provider are turned away until its links are changed.
#   since: "0.1"
package cognilint.rules.federation.saml_no_idp_initiated

applies if input.IdentityProvider.ProviderType == "SAML"

_path := ["IdentityProvider", "ProviderDetails", "IDPInit"]

# The values of details are texts.
deny contains violation if {
	found := object.get(input, _path, "false")
	lower(found) == "true"
	violation := {
		"msg": sprintf("provider %s may start sign-ins (IDPInit), expected only those that the pool asks for", [input.IdentityProvider.ProviderName]),
		"path": _path,
		"actual": found,
		"expected": "false",
	}
}
