# METADATA
# title: Sign-out URLs use https
# description: |
#   After signing out, users are sent to a page over plain http. Somebody in
#   the same network can answer in its place, for example with a copy of the
#   login page that collects passwords.
# related_resources:
# - description: The managed login sign-out endpoint
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
# custom:
#   id: client-logout-https
#   severity: medium
#   target: client
#   needs: [Client]
#   remediation: |
#     Serve the page over https, register its new URL, move the application, and
#     take the old URL out. Plain http is for localhost only.
#
#     Console: App clients > Login pages > Edit > Allowed sign-out URLs.
#
#     AWS CLI: update-user-pool-client replaces what it is not told. Take the
#     output of describe-user-pool-client, change LogoutURLs, and send every
#     setting.
#
#     CloudFormation: LogoutURLs of AWS::Cognito::UserPoolClient.
#
#     Terraform: logout_urls of aws_cognito_user_pool_client.
#   waive_when: |
#     Only for an internal page that has no https yet. It must be reachable in
#     the company network or over a VPN only, and must not lead on to a
#     sign-in.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.oauth.client_logout_https

import data.cognilint.lib.client
import data.cognilint.lib.url

applies if client.oauth_on(input.Client)

deny contains violation if {
	applies
	some i, found in input.Client.LogoutURLs
	url.insecure(found)
	violation := {
		"msg": sprintf("client %s has the sign-out URL %s, expected https", [client.label(input.Client), found]),
		"path": ["Client", "LogoutURLs", i],
		"actual": found,
		"expected": "a URL with https",
	}
}
