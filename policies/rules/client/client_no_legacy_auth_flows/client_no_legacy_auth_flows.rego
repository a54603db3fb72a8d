# METADATA
# title: The app client lists no legacy flows
# description: |
#   The client names its authentication flows in the old way. The old names
#   imply further flows that stand nowhere, and cannot be mixed with the names
#   that replaced them, so nobody can change one flow of this client alone.
# related_resources:
# - description: Authentication flows
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
# - description: UpdateUserPoolClient
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
# custom:
#   id: client-no-legacy-auth-flows
#   severity: low
#   target: client
#   needs: [Client]
#   applies_needs: [Client, UserPool.LambdaConfig]
#   remediation: |
#     Replace the whole list: ADMIN_NO_SRP_AUTH becomes
#     ALLOW_ADMIN_USER_PASSWORD_AUTH, USER_PASSWORD_AUTH becomes
#     ALLOW_USER_PASSWORD_AUTH, CUSTOM_AUTH_FLOW_ONLY becomes ALLOW_CUSTOM_AUTH.
#     Add ALLOW_REFRESH_TOKEN_AUTH and, unless the list was
#     CUSTOM_AUTH_FLOW_ONLY, ALLOW_USER_SRP_AUTH, which were implied.
#
#     Console: App clients > Edit > Authentication flows.
#
#     AWS CLI: read the client with describe-user-pool-client and send every
#     setting back in update-user-pool-client, with the new
#     --explicit-auth-flows; the call resets what it is not told.
#
#     CloudFormation: ExplicitAuthFlows.
#
#     Terraform: explicit_auth_flows.
#   waive_when: |
#     Reasonable while an old SDK or deployment tool knows the old names only.
#     Write down which flows they imply, and make sure that none of these is
#     unwanted.
#   fix:
#     class: disruptive
#     note: |
#       Meant to change nothing but the names. Applications that depend on a flow
#       which the old names implied in another way than documented may fail to
#       sign in: watch sign-ins afterwards.
#   since: "0.1"
package cognilint.rules.client.client_no_legacy_auth_flows

import data.cognilint.lib.client
import data.cognilint.lib.token

applies if client.kind(input.Client) == "user"

_path := ["Client", "ExplicitAuthFlows"]

_renamed := {
	"ADMIN_NO_SRP_AUTH": "ALLOW_ADMIN_USER_PASSWORD_AUTH",
	"USER_PASSWORD_AUTH": "ALLOW_USER_PASSWORD_AUTH",
	"CUSTOM_AUTH_FLOW_ONLY": "ALLOW_CUSTOM_AUTH",
}

deny contains violation if {
	some i, flow in input.Client.ExplicitAuthFlows
	renamed := _renamed[flow]
	violation := {
		"msg": sprintf("client %s has the legacy flow %s, expected %s", [client.label(input.Client), flow, renamed]),
		"path": array.concat(_path, [i]),
		"actual": flow,
		"expected": renamed,
	}
}

# With the flows that the old names imply.
_current := sort(client.effective_flows(input.Client) - _excluded)

# The service refuses the refresh flow beside rotation.
_excluded := {"ALLOW_REFRESH_TOKEN_AUTH"} if {
	token.rotates(input.Client)
} else := set()

fix contains {"op": "replace", "path": _path, "value": _current} if count(deny) > 0
