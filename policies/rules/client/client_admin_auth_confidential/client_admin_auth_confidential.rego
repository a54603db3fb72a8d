# METADATA
# title: Server-side sign-in has a client of its own, with a secret
# description: |
#   The client accepts the flow with which a server signs in users by their
#   password, but has no secret. Its id ships in apps and pages: a caller with
#   the AWS permission needs nothing that only the server has, and sign-ins of
#   the server cannot be told from those of the apps.
# related_resources:
# - description: Authentication flows
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
# - description: Application-specific settings with app clients
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
# custom:
#   id: client-admin-auth-confidential
#   severity: medium
#   target: client
#   needs: [Client]
#   applies_needs: [Client, UserPool.LambdaConfig]
#   remediation: |
#     Create a client with a secret for the server, which allows
#     ALLOW_ADMIN_USER_PASSWORD_AUTH, move the server to it, then take the flow
#     from this client. An existing client cannot get a secret.
#
#     Console: App clients > Create app client; then this client > Edit.
#
#     AWS CLI: create-user-pool-client --generate-secret; then read this client
#     with describe-user-pool-client and send every setting back in
#     update-user-pool-client, with the shorter --explicit-auth-flows; the call
#     resets what it is not told.
#
#     CloudFormation: GenerateSecret, ExplicitAuthFlows.
#
#     Terraform: generate_secret, explicit_auth_flows.
#   waive_when: |
#     Reasonable until a client with a secret is made, if only the server uses
#     this one and its id is in no app or page. Only the role of that server
#     may then call AdminInitiateAuth.
#   fix:
#     class: manual
#     note: A client with a secret has to be created, and the server moved to it.
#   since: "0.1"
package cognilint.rules.client.client_admin_auth_confidential

import data.cognilint.lib.client

applies if client.kind(input.Client) == "user"

deny contains violation if {
	input.Client.HasClientSecret == false
	some i, flow in input.Client.ExplicitAuthFlows
	flow in {"ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"}
	violation := {
		"msg": sprintf("client %s has no secret and allows the server-side flow %s, expected a client with a secret for it", [client.label(input.Client), flow]),
		"path": ["Client", "ExplicitAuthFlows", i],
		"actual": flow,
		"expected": "the flow on a client with a secret only",
	}
}
