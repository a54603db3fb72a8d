# METADATA
# title: The client credentials grant stands alone
# description: |
#   The client has the client credentials grant together with a grant for
#   users. The service refuses this; one credential would speak both for a
#   machine and for people.
# related_resources:
# - description: OAuth 2.0 grants
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints-oauth-grants.html
# custom:
#   id: client-grant-exclusive
#   severity: high
#   target: client
#   needs: [Client]
#   guard: true
#   remediation: |
#     Keep one kind of grant and create a second client for the other.
#
#     Console: App clients > Login pages > Edit > OAuth 2.0 grant types, and
#     App clients > Create app client.
#
#     AWS CLI: take the output of describe-user-pool-client, shorten
#     AllowedOAuthFlows, and send every setting with update-user-pool-client:
#     it resets what it is not told. create-user-pool-client for the other
#     kind; for machines with --generate-secret.
#
#     CloudFormation: AllowedOAuthFlows of AWS::Cognito::UserPoolClient, and a
#     second client.
#
#     Terraform: allowed_oauth_flows of aws_cognito_user_pool_client, and a
#     second client.
#   waive_when: |
#     Not reasonable: the service refuses the pair, so the client cannot be
#     deployed or changed. Give people and machines a client each.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.oauth.client_grant_exclusive

import data.cognilint.lib.client

applies if client.oauth_on(input.Client)

deny contains violation if {
	applies
	flows := input.Client.AllowedOAuthFlows
	"client_credentials" in flows
	user_flows := {flow | some flow in flows; flow in {"code", "implicit"}}
	count(user_flows) > 0
	violation := {
		"msg": sprintf("client %s has client_credentials together with %s, expected one client for each", [client.label(input.Client), concat(" and ", user_flows)]),
		"path": ["Client", "AllowedOAuthFlows"],
		"actual": flows,
		"expected": "client_credentials alone, or no client_credentials",
	}
}
