# METADATA
# title: Clients of other providers take no passwords
# description: |
#   The login pages of the client offer other identity providers only, but its
#   authentication flows still accept passwords of this pool. Who has a local
#   account signs in through the API, past the provider and its second factor.
# related_resources:
# - description: Authentication with Amazon Cognito user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
# - description: Application-specific settings with app clients
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
# custom:
#   id: client-federated-no-local-flows
#   severity: medium
#   target: client
#   needs: [Client, UserPool.Policies.SignInPolicy, UserPool.LambdaConfig]
#   applies_needs: [Client]
#   remediation: |
#     Leave ALLOW_REFRESH_TOKEN_AUTH alone in the list: an empty one means the
#     default flows, which take passwords. With refresh token rotation the list
#     cannot hold it: switch the rotation off first.
#
#     Console: App clients, choose the client, edit the app client information
#     and clear the authentication flows.
#
#     AWS CLI: describe-user-pool-client, then update-user-pool-client with
#     every setting and ExplicitAuthFlows [ALLOW_REFRESH_TOKEN_AUTH], because
#     the call replaces what it is not told.
#
#     CloudFormation: ExplicitAuthFlows of AWS::Cognito::UserPoolClient.
#
#     Terraform: explicit_auth_flows of aws_cognito_user_pool_client.
#   waive_when: |
#     Reasonable where a few local accounts, such as those for emergencies or
#     tests, sign in through the API by design. MFA must then be required, and
#     somebody must watch the list of local users.
#   fix:
#     class: disruptive
#     note: |
#       Local users who sign in through this client by the API, such as scripts
#       and test accounts, cannot any more. Clients with refresh token rotation,
#       or with flows that take no password, are left to their owner.
#   since: "0.1"
package cognilint.rules.federation.client_federated_no_local_flows

import data.cognilint.lib.client
import data.cognilint.lib.token

applies if {
	client.managed_login(input.Client)
	count(object.get(input.Client, "SupportedIdentityProviders", [])) > 0
	not "COGNITO" in input.Client.SupportedIdentityProviders
}

_flows := client.sdk_user_flows(input.Client)

_password_flows contains flow if {
	some flow in _flows
	flow in {"ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"}
}

_password_flows contains "ALLOW_USER_AUTH" if {
	"ALLOW_USER_AUTH" in _flows
	"PASSWORD" in client.first_factors
}

_path := ["Client", "ExplicitAuthFlows"]

_default := " by default" if {
	count(object.get(input, _path, [])) == 0
} else := ""

deny contains violation if {
	count(_password_flows) > 0
	violation := {
		"msg": sprintf("client %s offers other identity providers only, but takes passwords of this pool through %s%s, expected no such flow", [client.label(input.Client), concat(", ", _password_flows), _default]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": ["ALLOW_REFRESH_TOKEN_AUTH"],
	}
}

# With rotation the list would be empty, which means the default flows.
fix contains {"op": "replace", "path": _path, "value": ["ALLOW_REFRESH_TOKEN_AUTH"]} if {
	count(deny) > 0
	count(_flows - _password_flows) == 0
	not token.rotates(input.Client)
}
