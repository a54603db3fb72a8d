# METADATA
# title: The implicit grant is off
# description: |
#   The client may receive tokens in the address of the redirect. From there
#   they reach the browser history, logs and other scripts of the page, and
#   whoever finds one acts as the user until it expires.
# related_resources:
# - description: OAuth 2.0 grants
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints-oauth-grants.html
# - description: Using PKCE in authorization code grants
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/using-pkce-in-authorization-code.html
# custom:
#   id: client-no-implicit-grant
#   severity: high
#   target: client
#   needs: [Client]
#   controls:
#     asvs-5.0: ["10.4.4"]
#   remediation: |
#     First move the application to the authorization code grant with PKCE; it
#     needs no secret in a browser.
#
#     Console: App clients > Login pages > Edit, clear "Implicit grant" and
#     select "Authorization code grant".
#
#     AWS CLI: update-user-pool-client replaces what it is not told. Take the
#     output of describe-user-pool-client, change AllowedOAuthFlows, and send
#     every setting.
#
#     CloudFormation: AllowedOAuthFlows of AWS::Cognito::UserPoolClient.
#
#     Terraform: allowed_oauth_flows of aws_cognito_user_pool_client.
#   waive_when: |
#     Only while an old single-page app moves to the code grant. Until then
#     tokens must end after a few minutes, the page must load no scripts of
#     others, and addresses must not be logged.
#   fix:
#     class: disruptive
#     note: |
#       Applications that ask for tokens with response_type=token, mostly older
#       single-page apps, cannot sign users in until they use the code grant.
#   since: "0.1"
package cognilint.rules.oauth.client_no_implicit_grant

import data.cognilint.lib.client

_path := ["Client", "AllowedOAuthFlows"]

applies if client.oauth_on(input.Client)

deny contains violation if {
	applies
	some i, "implicit" in input.Client.AllowedOAuthFlows
	violation := {
		"msg": sprintf("client %s has the implicit grant, expected the authorization code grant", [client.label(input.Client)]),
		"path": array.concat(_path, [i]),
		"actual": "implicit",
		"expected": "no implicit",
	}
}

fix contains {"op": "remove", "path": _path, "value": "implicit"} if count(deny) > 0

fix contains {"op": "add", "path": _path, "value": "code"} if {
	count(deny) > 0
	every flow in input.Client.AllowedOAuthFlows {
		flow == "implicit"
	}
}
