# METADATA
# title: The app client lists its authentication flows
# description: |
#   The client has no list of authentication flows and so gets the default: SRP,
#   custom challenges and refresh. Nobody chose these; whoever adds the triggers
#   of custom challenges to the pool opens that sign-in for this client too.
# related_resources:
# - description: Authentication flows
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
# - description: UpdateUserPoolClient
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
# custom:
#   id: client-auth-flows-explicit
#   severity: low
#   target: client
#   needs: [Client]
#   applies_needs: [Client, UserPool.LambdaConfig]
#   remediation: |
#     List the flows that the application uses, ALLOW_REFRESH_TOKEN_AUTH
#     included unless refresh tokens rotate.
#
#     Console: App clients > Edit > Authentication flows.
#
#     AWS CLI: read the client with describe-user-pool-client and send every
#     setting back in update-user-pool-client, with --explicit-auth-flows, for
#     example ALLOW_USER_SRP_AUTH ALLOW_REFRESH_TOKEN_AUTH; the call resets what
#     it is not told.
#
#     CloudFormation: ExplicitAuthFlows.
#
#     Terraform: explicit_auth_flows.
#   waive_when: |
#     Reasonable where the default flows, SRP and refresh, are what the
#     application uses and the pool has no triggers for custom challenges.
#     Whoever adds such triggers must list the flows first.
#   fix:
#     class: manual
#     note: Only the owner knows which of the default flows the application uses.
#   since: "0.1"
package cognilint.rules.client.client_auth_flows_explicit

import data.cognilint.lib.client

applies if client.kind(input.Client) == "user"

deny contains violation if {
	count(object.get(input.Client, "ExplicitAuthFlows", [])) == 0
	violation := {
		"msg": sprintf("client %s lists no authentication flows, which means SRP, custom challenges and refresh, expected a list", [client.label(input.Client)]),
		"path": ["Client", "ExplicitAuthFlows"],
		"actual": object.get(input.Client, "ExplicitAuthFlows", null),
		"expected": "a list of flows",
	}
}
