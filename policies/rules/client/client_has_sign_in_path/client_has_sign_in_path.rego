# METADATA
# title: The app client can sign in
# description: |
#   The client has no authentication flow for users, no login pages with a
#   callback and a provider, and no client credentials grant. Nobody can use
#   it. As a guard the rule keeps fixes that only remove flows from leaving
#   such a client behind.
# related_resources:
# - description: Application-specific settings with app clients
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
# custom:
#   id: client-has-sign-in-path
#   severity: medium
#   target: client
#   needs: [Client]
#   guard: true
#   remediation: |
#     Allow a user flow such as ALLOW_USER_SRP_AUTH, complete the OAuth
#     settings (flow, callback URL, identity provider), or delete the client.
#
#     Console: App clients > Edit > Authentication flows, or App clients >
#     Login pages > Edit.
#
#     AWS CLI: take the output of describe-user-pool-client, change
#     ExplicitAuthFlows, or AllowedOAuthFlows, AllowedOAuthScopes,
#     AllowedOAuthFlowsUserPoolClient, CallbackURLs and
#     SupportedIdentityProviders, and send every setting with
#     update-user-pool-client: it resets what it is not told. Or
#     delete-user-pool-client.
#
#     CloudFormation: ExplicitAuthFlows of AWS::Cognito::UserPoolClient, or
#     AllowedOAuthFlows, AllowedOAuthScopes, AllowedOAuthFlowsUserPoolClient,
#     CallbackURLs and SupportedIdentityProviders.
#
#     Terraform: explicit_auth_flows of aws_cognito_user_pool_client, or
#     allowed_oauth_flows, allowed_oauth_scopes,
#     allowed_oauth_flows_user_pool_client, callback_urls and
#     supported_identity_providers.
#   waive_when: |
#     Not reasonable: nobody can sign in through this client until it is
#     fixed. Delete it if nobody needs it any more.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.client.client_has_sign_in_path

import data.cognilint.lib.client

deny contains violation if {
	not _usable
	violation := {
		"msg": sprintf("client %s has no way to sign in", [client.label(input.Client)]),
		"path": ["Client", "ExplicitAuthFlows"],
		"actual": object.get(input.Client, "ExplicitAuthFlows", null),
		"expected": "a user flow, login pages with callback and provider, or the client credentials grant",
	}
}

_usable if count(client.sdk_user_flows(input.Client)) > 0

_usable if client.machine(input.Client)

_usable if {
	client.managed_login(input.Client)
	count(object.get(input.Client, "CallbackURLs", [])) > 0
	count(object.get(input.Client, "SupportedIdentityProviders", [])) > 0
}
