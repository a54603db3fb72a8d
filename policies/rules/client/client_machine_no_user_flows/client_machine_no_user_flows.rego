# METADATA
# title: A client credentials client signs in no users
# description: |
#   The client fetches tokens for a service, and people can sign in with it too,
#   or it has callback URLs for them. Whoever holds the credential of the
#   service can try the passwords of users, and its sign-ins look like theirs. A
#   client without a list of flows has the default set, which signs in users.
# related_resources:
# - description: OAuth 2.0 grants
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints-oauth-grants.html
# - description: Authentication flows
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
# custom:
#   id: client-machine-no-user-flows
#   severity: medium
#   target: client
#   needs: [Client, UserPool.LambdaConfig]
#   applies_needs: [Client]
#   remediation: |
#     Use a second client for people. On this one allow ALLOW_REFRESH_TOKEN_AUTH
#     only, which signs in nobody; an empty list would mean the default set.
#     Remove the callback URLs.
#
#     Console: App clients > Edit > Authentication flows, and Login pages.
#
#     AWS CLI: read the client with describe-user-pool-client and send every
#     setting back in update-user-pool-client, with --explicit-auth-flows
#     ALLOW_REFRESH_TOKEN_AUTH and without --callback-urls and
#     --default-redirect-uri; the call resets what it is not told.
#
#     CloudFormation: ExplicitAuthFlows, CallbackURLs.
#
#     Terraform: explicit_auth_flows, callback_urls.
#   waive_when: |
#     Only while people move to a client of their own. Until then MFA must be
#     required, the secret must stay on servers, and sign-ins through this
#     client must be watched.
#   fix:
#     class: disruptive
#     note: |
#       People who sign in through this client can no longer do so; they need a
#       client of their own first. A client with callback URLs or with refresh
#       token rotation is left to its owner.
#   since: "0.1"
package cognilint.rules.client.client_machine_no_user_flows

import data.cognilint.lib.client
import data.cognilint.lib.token

applies if client.machine(input.Client)

_path := ["Client", "ExplicitAuthFlows"]

_found := object.get(input.Client, "ExplicitAuthFlows", [])

_user_flows := client.sdk_user_flows(input.Client)

_callbacks := object.get(input.Client, "CallbackURLs", [])

_origin := " by default, as it lists no flows" if {
	count(_found) == 0
} else := ""

deny contains violation if {
	count(_user_flows) > 0
	violation := {
		"msg": sprintf("client %s uses the client credentials grant and signs in users%s (%s), expected ALLOW_REFRESH_TOKEN_AUTH alone", [client.label(input.Client), _origin, concat(", ", _user_flows)]),
		"path": _path,
		"actual": object.get(input.Client, "ExplicitAuthFlows", null),
		"expected": ["ALLOW_REFRESH_TOKEN_AUTH"],
	}
}

deny contains violation if {
	count(_callbacks) > 0
	violation := {
		"msg": sprintf("client %s uses the client credentials grant and has callback URLs, expected none", [client.label(input.Client)]),
		"path": ["Client", "CallbackURLs"],
		"actual": _callbacks,
		"expected": [],
	}
}

# The service refuses the refresh flow beside rotation, and an empty list would
# mean the default set.
fix contains {"op": "replace", "path": _path, "value": ["ALLOW_REFRESH_TOKEN_AUTH"]} if {
	count(_user_flows) > 0
	count(_callbacks) == 0
	not token.rotates(input.Client)
}
