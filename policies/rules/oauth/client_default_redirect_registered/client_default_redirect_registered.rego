# METADATA
# title: The default redirect is a registered callback
# description: |
#   The client names a default redirect that is not among its callback URLs.
#   The service refuses this, so every later change of the client fails; as a
#   guard the rule keeps fixes from removing the callback that is the default.
# related_resources:
# - description: Application-specific settings with app clients
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
# custom:
#   id: client-default-redirect-registered
#   severity: high
#   target: client
#   needs: [Client]
#   guard: true
#   remediation: |
#     Add the URL to the callback URLs, or choose a registered one as default.
#
#     Console: App clients > Login pages > Edit > Allowed callback URLs and
#     default redirect.
#
#     AWS CLI: take the output of describe-user-pool-client, make CallbackURLs
#     and DefaultRedirectURI agree, and send both in one
#     update-user-pool-client, together with every other setting of the client:
#     it replaces what it is not told.
#
#     CloudFormation: CallbackURLs and DefaultRedirectURI of
#     AWS::Cognito::UserPoolClient.
#
#     Terraform: callback_urls and default_redirect_uri of
#     aws_cognito_user_pool_client.
#   waive_when: |
#     Not reasonable: the service refuses every change of the client until the
#     default redirect is one of its callbacks.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.oauth.client_default_redirect_registered

import data.cognilint.lib.client

applies if object.get(input.Client, "DefaultRedirectURI", "") != ""

deny contains violation if {
	applies
	found := input.Client.DefaultRedirectURI
	not found in object.get(input.Client, "CallbackURLs", [])
	violation := {
		"msg": sprintf("client %s redirects by default to %s, which is no callback URL, expected a registered one", [client.label(input.Client), found]),
		"path": ["Client", "DefaultRedirectURI"],
		"actual": found,
		"expected": "one of CallbackURLs",
	}
}
