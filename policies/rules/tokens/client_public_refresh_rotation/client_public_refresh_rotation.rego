# METADATA
# title: Public clients rotate refresh tokens
# description: |
#   The client has no secret and keeps one refresh token for the whole session.
#   Whoever copies the token from a browser or a device can use it beside the
#   user, and nothing tells the two apart. With rotation each token works once.
# related_resources:
# - description: Refresh tokens
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
# - description: GetTokensFromRefreshToken
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html
# custom:
#   id: client-public-refresh-rotation
#   severity: medium
#   target: client
#   needs: [Client]
#   applies_needs: [Client, UserPool.LambdaConfig]
#   controls:
#     asvs-5.0: ["10.4.5"]
#   remediation: |
#     Prepare the application first: each refresh brings a new refresh token to
#     keep, and instead of REFRESH_TOKEN_AUTH, which is refused with rotation, it
#     has to use GetTokensFromRefreshToken or the token endpoint. The pool needs
#     the plan ESSENTIALS or PLUS.
#
#     Console: App clients > Edit, select "Enable refresh token rotation" and
#     clear ALLOW_REFRESH_TOKEN_AUTH in one change.
#
#     AWS CLI: read the client with describe-user-pool-client and send every
#     setting back in update-user-pool-client, with --refresh-token-rotation
#     Feature=ENABLED,RetryGracePeriodSeconds=10 and --explicit-auth-flows
#     without ALLOW_REFRESH_TOKEN_AUTH; the call resets what it is not told.
#
#     CloudFormation: RefreshTokenRotation, ExplicitAuthFlows.
#
#     Terraform: refresh_token_rotation, explicit_auth_flows.
#   waive_when: |
#     Reasonable while an SDK in use cannot rotate, or on the plan Lite.
#     Refresh tokens must then end within a day or so, and revocation must be
#     on.
#   fix:
#     class: disruptive
#     note: |
#       Applications that refresh with REFRESH_TOKEN_AUTH, older SDKs among them,
#       sign their users out. Not proposed on the plan LITE, where no other flow
#       would be left, and for legacy flows, which imply refresh.
#     needs: [UserPool.UserPoolTier]
#   since: "0.1"
package cognilint.rules.tokens.client_public_refresh_rotation

import data.cognilint.lib.client
import data.cognilint.lib.token

applies if {
	client.kind(input.Client) in {"user", "federated"}
	input.Client.HasClientSecret == false
	_gets_refresh_tokens
	_refreshes
}

# The implicit grant gives none.
_gets_refresh_tokens if count(client.sdk_user_flows(input.Client)) > 0

_gets_refresh_tokens if "code" in input.Client.AllowedOAuthFlows

_refreshes if token.rotates(input.Client)

_refreshes if "ALLOW_REFRESH_TOKEN_AUTH" in client.effective_flows(input.Client)

_flows_path := ["Client", "ExplicitAuthFlows"]

_feature_path := ["Client", "RefreshTokenRotation", "Feature"]

deny contains violation if {
	not token.rotates(input.Client)
	found := object.get(input, _feature_path, null)
	violation := {
		"msg": sprintf("client %s has no secret and does not rotate refresh tokens%s, expected rotation", [client.label(input.Client), _origin(found)]),
		"path": _feature_path,
		"actual": found,
		"expected": "ENABLED",
	}
}

_origin(found) := " (off by default)" if {
	found == null
} else := ""

_flows := object.get(input.Client, "ExplicitAuthFlows", [])

_remaining := client.effective_flows(input.Client) - {"ALLOW_REFRESH_TOKEN_AUTH"}

# An empty list would mean the default set, and a legacy one implies refresh.
_fixable if {
	count(deny) > 0
	object.get(input.UserPool, "UserPoolTier", "") != "LITE"
	count(_remaining) > 0
	every flow in _flows {
		startswith(flow, "ALLOW_")
	}
}

fix contains {"op": "replace", "path": _feature_path, "value": "ENABLED"} if _fixable

# Time for an application to try again after a lost answer.
fix contains edit if {
	_fixable
	edit := {"op": "replace", "path": ["Client", "RefreshTokenRotation", "RetryGracePeriodSeconds"], "value": 10}
}

fix contains {"op": "remove", "path": _flows_path, "value": "ALLOW_REFRESH_TOKEN_AUTH"} if {
	_fixable
	count(_flows) > 0
}

fix contains {"op": "replace", "path": _flows_path, "value": sort(_remaining)} if {
	_fixable
	count(_flows) == 0
}
