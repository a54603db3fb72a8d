# METADATA
# title: Addresses from the provider say whether they are verified
# description: |
#   The pool takes over the email address that the identity provider reports,
#   but not whether the provider has verified it. Applications that link
#   accounts by their address can be given somebody else's.
# related_resources:
# - description: Mapping IdP attributes to profiles and tokens
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-specifying-attribute-mapping.html
# custom:
#   id: idp-email-verified-mapped
#   severity: medium
#   target: identity_provider
#   needs: [IdentityProvider]
#   controls:
#     asvs-5.0: ["6.8.1"]
#   remediation: |
#     Console: Social and external providers, choose the provider, edit the
#     attribute mapping and map email_verified to email_verified.
#
#     AWS CLI: describe-identity-provider, then update-identity-provider with
#     the complete ProviderDetails and AttributeMapping and
#     email_verified=email_verified, because the call replaces both; leave out
#     what the service adds by itself, such as attributes_url. The private key
#     of Sign in with Apple is not in the answer: it has to be added.
#
#     CloudFormation: email_verified in AttributeMapping of
#     AWS::Cognito::UserPoolIdentityProvider.
#
#     Terraform: email_verified in attribute_mapping of
#     aws_cognito_identity_provider.
#   waive_when: |
#     Reasonable where the provider does not tell it, or hands out addresses
#     that it manages itself, such as those of a company. Applications must
#     then identify and link users by sub, not by address.
#   fix:
#     class: disruptive
#     note: |
#       At their next sign-in, users whose address the provider has not verified
#       get an unverified one, and applications that ask for a verified address
#       turn them away. Sign in with Apple is not fixed automatically, because
#       the API does not return its private key.
#   since: "0.1"
package cognilint.rules.federation.idp_email_verified_mapped

_path := ["IdentityProvider", "AttributeMapping", "email_verified"]

applies if {
	input.IdentityProvider.ProviderType in {"OIDC", "Google", "SignInWithApple"}
	input.IdentityProvider.AttributeMapping.email
}

deny contains violation if {
	found := object.get(input, _path, null)
	found in {null, ""}
	violation := {
		"msg": sprintf("provider %s fills email but not email_verified, expected both", [input.IdentityProvider.ProviderName]),
		"path": _path,
		"actual": found,
		"expected": "email_verified",
	}
}

fix contains {"op": "replace", "path": _path, "value": "email_verified"} if {
	count(deny) > 0
	input.IdentityProvider.ProviderType != "SignInWithApple"
}
