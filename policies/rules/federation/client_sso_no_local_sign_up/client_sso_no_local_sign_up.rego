# METADATA
# title: Clients with company sign-on have no open sign-up
# description: |
#   The login pages of the client offer the identity provider of a company and,
#   beside it, accounts that anyone can create. Who was never known to the
#   company, or has left it, gets in with an account of their own.
# related_resources:
# - description: Signing up and confirming user accounts
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html
# - description: User pool sign-in with third party identity providers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html
# custom:
#   id: client-sso-no-local-sign-up
#   severity: high
#   target: client
#   needs: [Client, IdentityProviders, UserPool.AdminCreateUserConfig]
#   applies_needs: [Client]
#   remediation: |
#     Decide who may have an account: close sign-up for the pool, or take the
#     users of the pool off the login pages of this client.
#
#     Console: Sign-up > Self-service sign-up, or App clients > Login pages,
#     identity providers without the Cognito user pool directory.
#
#     AWS CLI: AllowAdminCreateUserOnly true in update-user-pool, or
#     SupportedIdentityProviders without COGNITO in update-user-pool-client.
#     Both calls replace what they are not told: describe first and send every
#     setting.
#
#     CloudFormation: AdminCreateUserConfig.AllowAdminCreateUserOnly of
#     AWS::Cognito::UserPool, or SupportedIdentityProviders of
#     AWS::Cognito::UserPoolClient.
#
#     Terraform: admin_create_user_config of aws_cognito_user_pool, or
#     supported_identity_providers of aws_cognito_user_pool_client.
#   waive_when: |
#     Only where guests are meant to sign up beside employees. Applications
#     must then tell the two apart in every token and give guests nothing
#     internal, and sign-up must verify addresses.
#   fix:
#     class: manual
#     note: Who has a local account without being known to the company cannot sign in any more.
#   since: "0.1"
package cognilint.rules.federation.client_sso_no_local_sign_up

import data.cognilint.lib.client
import data.cognilint.lib.known

_listed := {name |
	some name in input.Client.SupportedIdentityProviders
	name != "COGNITO"
}

_company contains provider.ProviderName if {
	some provider in input.IdentityProviders
	provider.ProviderName in _listed
	provider.ProviderType in {"SAML", "OIDC"}
}

# A listed provider that was not read may belong to a company.
_undecided if {
	count(_company) == 0
	not known.complete("IdentityProviders")
	count(_listed - {provider.ProviderName | some provider in input.IdentityProviders; provider.ProviderType}) > 0
}

applies if {
	client.managed_login(input.Client)
	count(_company) > 0
}

applies if {
	client.managed_login(input.Client)
	_undecided
}

unknown contains ["IdentityProviders", "-"] if _undecided

_path := ["UserPool", "AdminCreateUserConfig", "AllowAdminCreateUserOnly"]

# The users of the pool can sign in here, so sign-up is not a dead setting.
deny contains violation if {
	client.local_managed_login(input.Client)
	count(_company) > 0
	found := object.get(input, _path, null)
	found != true
	violation := {
		"msg": sprintf("client %s offers %s and accounts that anyone can create, expected one of the two", [client.label(input.Client), concat(", ", _company)]),
		"path": _path,
		"actual": found,
		"expected": true,
	}
}
