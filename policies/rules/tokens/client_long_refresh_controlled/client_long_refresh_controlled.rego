# METADATA
# title: Long-lived refresh tokens can be recalled and are rotated
# description: |
#   Refresh tokens work for months, and either they cannot be revoked or nobody
#   notices when a copy is used. Whoever steals one keeps the user's session for
#   all that time, even after the theft was found out.
# related_resources:
# - description: Refresh tokens
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
# - description: Ending user sessions with token revocation
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html
# custom:
#   id: client-long-refresh-controlled
#   severity: high
#   target: client
#   needs: [Client]
#   applies_needs: [Client, UserPool.LambdaConfig]
#   params:
#     long_minutes:
#       type: integer
#       default: 129600
#       min: 60
#       max: 5256000
#       description: |
#         Refresh tokens that are valid for more minutes than this are
#         long-lived; 129600 are 90 days.
#   controls:
#     asvs-5.0: ["10.4.8", "10.4.9"]
#   remediation: |
#     Shorten the refresh tokens, or enable both token revocation and refresh
#     token rotation. Rotation needs the plan ESSENTIALS or PLUS. With it,
#     applications have to refresh with GetTokensFromRefreshToken or at the token
#     endpoint, and ALLOW_REFRESH_TOKEN_AUTH must leave the authentication flows
#     in the same change.
#
#     Console: App clients > Edit, "Refresh token expiration", "Enable token
#     revocation", "Enable refresh token rotation".
#
#     AWS CLI: read the client with describe-user-pool-client and send every
#     setting back in update-user-pool-client, with --enable-token-revocation,
#     --refresh-token-rotation and the shorter --explicit-auth-flows, or with
#     --refresh-token-validity and its unit; the call resets what it is not
#     told.
#
#     CloudFormation: RefreshTokenValidity, EnableTokenRevocation,
#     RefreshTokenRotation.
#
#     Terraform: refresh_token_validity, enable_token_revocation,
#     refresh_token_rotation.
#   waive_when: |
#     Only for devices on which nobody can sign in again, until their software
#     rotates tokens. Revocation must be on, the token must lie in the key
#     store of the device, and lost devices must be revoked at once.
#   fix:
#     class: manual
#     note: Whether to shorten the tokens or to rotate them is a decision about the application.
#   since: "0.1"
package cognilint.rules.tokens.client_long_refresh_controlled

import data.cognilint.lib.client
import data.cognilint.lib.param
import data.cognilint.lib.token

params := param.values(rego.metadata.chain())

applies if {
	client.kind(input.Client) in {"user", "federated"}
	not _short
}

_minutes := token.refresh_minutes(input.Client)

_short if _minutes <= params.long_minutes

# A unit that the API does not have.
unknown contains ["Client", "TokenValidityUnits", "RefreshToken"] if not _minutes

_state := sprintf("client %s has refresh tokens that are valid for %s", [client.label(input.Client), token.text(_minutes)])

deny contains violation if {
	found := object.get(input.Client, "EnableTokenRevocation", null)
	found != true
	violation := {
		"msg": sprintf("%s and cannot be revoked, expected revocation for more than %s", [_state, token.text(params.long_minutes)]),
		"path": ["Client", "EnableTokenRevocation"],
		"actual": found,
		"expected": true,
	}
}

deny contains violation if {
	not token.rotates(input.Client)
	path := ["Client", "RefreshTokenRotation", "Feature"]
	violation := {
		"msg": sprintf("%s and are not rotated, expected rotation for more than %s", [_state, token.text(params.long_minutes)]),
		"path": path,
		"actual": object.get(input, path, null),
		"expected": "ENABLED",
	}
}
