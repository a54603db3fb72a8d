# METADATA
# title: Accounts from social providers pass a trigger
# description: |
#   Only administrators may create users, but a client offers a social identity
#   provider: whoever has an account there gets one here at the first sign-in.
#   The setting does not stop them, and no trigger looks at them either.
# related_resources:
# - description: Pre sign-up Lambda trigger
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
# - description: Inbound federation Lambda trigger
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-inbound-federation.html
# custom:
#   id: social-provisioning-gated
#   severity: medium
#   target: pool
#   needs: [UserPool.AdminCreateUserConfig, UserPool.LambdaConfig, Clients, IdentityProviders]
#   applies_needs: [UserPool.AdminCreateUserConfig]
#   remediation: |
#     Write a function that refuses users whom nobody has invited
#     (PreSignUp_ExternalProvider), or take the provider off the clients.
#
#     Console: Extensions > Lambda triggers, add a pre sign-up trigger, or App
#     clients > Login pages, identity providers.
#
#     AWS CLI: describe-user-pool, then update-user-pool with every setting, all
#     triggers and LambdaConfig.PreSignUp, because the call replaces what it is
#     not told. Allow the pool to call the function (lambda add-permission).
#
#     CloudFormation: LambdaConfig.PreSignUp of AWS::Cognito::UserPool.
#
#     Terraform: lambda_config.pre_sign_up of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where anyone with a social account may have one here and only
#     local accounts are by invitation. Applications must then give new users
#     nothing before somebody granted it.
#   fix:
#     class: manual
#     note: Only the owner of the pool knows who may have an account.
#   since: "0.1"
package cognilint.rules.federation.social_provisioning_gated

import data.cognilint.lib.client
import data.cognilint.lib.known

_types := {"Facebook", "Google", "LoginWithAmazon", "SignInWithApple"}

_administrators_only if input.UserPool.AdminCreateUserConfig.AllowAdminCreateUserOnly == true

# Providers that users can really come from: the others are dead text.
_offered contains name if {
	some c in input.Clients
	client.managed_login(c)
	some name in c.SupportedIdentityProviders
	name != "COGNITO"
}

_social contains provider.ProviderName if {
	some provider in input.IdentityProviders
	provider.ProviderType in _types
	provider.ProviderName in _offered
}

unknown contains ["Clients", "-"] if {
	_administrators_only
	count(_social) == 0
	not known.complete("Clients")
}

unknown contains ["IdentityProviders", "-"] if {
	_administrators_only
	count(_social) == 0
	not known.complete("IdentityProviders")
	count(_offered - {provider.ProviderName | some provider in input.IdentityProviders; provider.ProviderType}) > 0
}

applies if {
	_administrators_only
	count(_social) > 0
}

applies if count(unknown) > 0

_triggers := object.get(input.UserPool, "LambdaConfig", {})

deny contains violation if {
	_administrators_only
	count(_social) > 0
	not _triggers.PreSignUp
	not _triggers.InboundFederation
	violation := {
		"msg": sprintf("only administrators create users, but anyone with an account at %s gets one, expected a pre sign-up or inbound federation trigger that decides", [concat(", ", _social)]),
		"path": ["UserPool", "LambdaConfig", "PreSignUp"],
		"actual": null,
		"expected": "the ARN of a function",
	}
}
