# METADATA
# title: Refresh token rotation and the refresh flow agree
# description: |
#   With rotation the plain refresh flow must be off, without rotation it must
#   be on. The service refuses both mismatches, so the client can no longer be
#   changed and a template with it cannot be deployed.
# related_resources:
# - description: Refresh tokens
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
# custom:
#   id: client-rotation-flow-consistent
#   severity: high
#   target: client
#   needs: [Client]
#   guard: true
#   remediation: |
#     Either enable refresh token rotation or allow ALLOW_REFRESH_TOKEN_AUTH,
#     not both and not neither.
#
#     Console: App clients > Edit, refresh token rotation and authentication
#     flows.
#
#     AWS CLI: take the output of describe-user-pool-client, make
#     RefreshTokenRotation and ExplicitAuthFlows agree, and send both in one
#     update-user-pool-client, together with every other setting of the client:
#     it replaces what it is not told. To switch rotation off send the feature
#     as DISABLED.
#
#     CloudFormation: RefreshTokenRotation.Feature and ExplicitAuthFlows of
#     AWS::Cognito::UserPoolClient.
#
#     Terraform: refresh_token_rotation.feature and explicit_auth_flows of
#     aws_cognito_user_pool_client.
#   waive_when: |
#     Not reasonable: the service refuses every change of the client until
#     rotation and the refresh flow agree.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.tokens.client_rotation_flow_consistent

import data.cognilint.lib.client

_flows := input.Client.ExplicitAuthFlows

applies if _flows

_rotates if input.Client.RefreshTokenRotation.Feature == "ENABLED"

deny contains violation if {
	_rotates
	some i, "ALLOW_REFRESH_TOKEN_AUTH" in _flows
	violation := {
		"msg": sprintf("client %s rotates refresh tokens and allows the plain refresh flow, expected only one of them", [client.label(input.Client)]),
		"path": ["Client", "ExplicitAuthFlows", i],
		"actual": "ALLOW_REFRESH_TOKEN_AUTH",
		"expected": "no ALLOW_REFRESH_TOKEN_AUTH while rotation is ENABLED",
	}
}

# Legacy flow names imply the refresh flow, an empty list is the default set.
deny contains violation if {
	not _rotates
	count(_flows) > 0
	every flow in _flows {
		startswith(flow, "ALLOW_")
	}
	not "ALLOW_REFRESH_TOKEN_AUTH" in _flows
	violation := {
		"msg": sprintf("client %s neither rotates refresh tokens (off by default) nor allows the refresh flow, expected one of them", [client.label(input.Client)]),
		"path": ["Client", "ExplicitAuthFlows"],
		"actual": _flows,
		"expected": "a list with ALLOW_REFRESH_TOKEN_AUTH while rotation is off",
	}
}
