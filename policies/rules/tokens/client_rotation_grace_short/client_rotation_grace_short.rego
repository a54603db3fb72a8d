# METADATA
# title: Rotated refresh tokens end soon
# description: |
#   After a refresh the old refresh token goes on working for a while, so that an
#   application can try again. A copy of it works in that time as well, and the
#   longer it is, the likelier it goes unnoticed.
# related_resources:
# - description: RefreshTokenRotationType
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RefreshTokenRotationType.html
# - description: Refresh tokens
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
# custom:
#   id: client-rotation-grace-short
#   severity: low
#   target: client
#   needs: [Client]
#   params:
#     max_seconds:
#       type: integer
#       default: 30
#       min: 0
#       max: 60
#       description: The most seconds that a rotated refresh token may go on working.
#   controls:
#     asvs-5.0: ["10.4.5"]
#   remediation: |
#     Console: App clients > Edit, lower the grace period of refresh token
#     rotation.
#
#     AWS CLI: read the client with describe-user-pool-client and send every
#     setting back in update-user-pool-client, with --refresh-token-rotation
#     Feature=ENABLED,RetryGracePeriodSeconds=30; the call resets what it is not
#     told.
#
#     CloudFormation: RefreshTokenRotation.RetryGracePeriodSeconds.
#
#     Terraform: refresh_token_rotation { retry_grace_period_seconds }.
#   waive_when: |
#     Reasonable for apps on poor networks, where a lost answer would sign
#     users out; the service allows a minute at most. Revocation must be on.
#   fix:
#     class: safe
#     note: |
#       Applications that try again later than that, after a lost answer, have
#       to sign the user in anew.
#   since: "0.1"
package cognilint.rules.tokens.client_rotation_grace_short

import data.cognilint.lib.client
import data.cognilint.lib.param
import data.cognilint.lib.token

params := param.values(rego.metadata.chain())

applies if token.rotates(input.Client)

_path := ["Client", "RefreshTokenRotation", "RetryGracePeriodSeconds"]

# Absent is taken for 0; the API does not document it.
_found := object.get(input, _path, 0)

deny contains violation if {
	_found > params.max_seconds
	violation := {
		"msg": sprintf("rotated refresh tokens of client %s go on working for %d seconds, expected at most %d", [client.label(input.Client), _found, params.max_seconds]),
		"path": _path,
		"actual": _found,
		"expected": params.max_seconds,
	}
}

fix contains {"op": "replace", "path": _path, "value": params.max_seconds} if count(deny) > 0
