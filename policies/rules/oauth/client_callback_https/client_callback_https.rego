# METADATA
# title: Callback URLs use https
# description: |
#   The login pages send the user back over plain http. The code or token in
#   the address crosses the network readable, and whoever listens or answers in
#   place of the server can sign in as the user.
# related_resources:
# - description: Application-specific settings with app clients
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
# - description: The redirect and authorization endpoint
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
# custom:
#   id: client-callback-https
#   severity: high
#   target: client
#   needs: [Client]
#   controls:
#     asvs-5.0: ["10.4.1"]
#   remediation: |
#     Serve the page over https, register its new URL, move the application, and
#     take the old URL out. Plain http is for localhost only.
#
#     Console: App clients > Login pages > Edit > Allowed callback URLs and
#     Default redirect URL.
#
#     AWS CLI: update-user-pool-client replaces what it is not told. Take the
#     output of describe-user-pool-client, change CallbackURLs and
#     DefaultRedirectURI, and send every setting.
#
#     CloudFormation: CallbackURLs and DefaultRedirectURI of
#     AWS::Cognito::UserPoolClient.
#
#     Terraform: callback_urls and default_redirect_uri of
#     aws_cognito_user_pool_client.
#   waive_when: |
#     Only in a pool for tests without real users and data. Otherwise not
#     reasonable: PKCE does not stop somebody who answers in place of the
#     server.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.oauth.client_callback_https

import data.cognilint.lib.client
import data.cognilint.lib.url

applies if client.oauth_on(input.Client)

deny contains violation if {
	applies
	some i, callback in input.Client.CallbackURLs
	url.insecure(callback)
	violation := {
		"msg": sprintf("client %s has the callback %s%s, expected https", [client.label(input.Client), callback, _also_default(callback)]),
		"path": ["Client", "CallbackURLs", i],
		"actual": callback,
		"expected": "a URL with https",
	}
}

_also_default(callback) := " (also its default redirect)" if {
	input.Client.DefaultRedirectURI == callback
} else := ""

# A default that is a callback has the same cause as the callback.
deny contains violation if {
	applies
	found := input.Client.DefaultRedirectURI
	url.insecure(found)
	not found in object.get(input.Client, "CallbackURLs", [])
	violation := {
		"msg": sprintf("client %s redirects by default to %s, expected https", [client.label(input.Client), found]),
		"path": ["Client", "DefaultRedirectURI"],
		"actual": found,
		"expected": "a URL with https",
	}
}
