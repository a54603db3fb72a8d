# METADATA
# title: Refresh tokens are valid for a limited time
# description: |
#   A refresh token is the session: whoever finds one on a lost or sold device
#   gets new tokens in the name of the user until it ends, without a password and
#   without a second factor.
# related_resources:
# - description: Refresh tokens
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
# custom:
#   id: client-refresh-token-lifetime
#   severity: medium
#   target: client
#   needs: [Client]
#   applies_needs: [Client, UserPool.LambdaConfig]
#   params:
#     max_minutes:
#       type: integer
#       default: 43200
#       min: 60
#       max: 5256000
#       description: The most minutes that a refresh token may be valid; 43200 are 30 days.
#   controls:
#     asvs-5.0: ["7.3.2", "10.4.8"]
#   remediation: |
#     Console: App clients > Edit, lower "Refresh token expiration".
#
#     AWS CLI: read the client with describe-user-pool-client and send every
#     setting back in update-user-pool-client, with --refresh-token-validity and
#     its unit in --token-validity-units; the call resets what it is not told,
#     and without the unit the number means days. Keep it above the lifetimes of
#     access and ID tokens.
#
#     CloudFormation: RefreshTokenValidity, TokenValidityUnits.RefreshToken.
#
#     Terraform: refresh_token_validity, token_validity_units.
#   waive_when: |
#     Reasonable for apps that keep the token behind the PIN or biometry of a
#     personal device. Revocation must be on, tokens must rotate, and actions
#     of high value must ask for a new sign-in.
#   fix:
#     class: disruptive
#     note: |
#       Users have to sign in again when the shorter time is over. Tokens that
#       were issued before keep their lifetime. Not proposed where access or ID
#       tokens would live longer than the refresh token.
#   same_cause: [client-long-refresh-controlled]
#   since: "0.1"
package cognilint.rules.tokens.client_refresh_token_lifetime

import data.cognilint.lib.client
import data.cognilint.lib.param
import data.cognilint.lib.token

params := param.values(rego.metadata.chain())

applies if client.kind(input.Client) in {"user", "federated"}

_path := ["Client", "RefreshTokenValidity"]

_unit := ["Client", "TokenValidityUnits", "RefreshToken"]

_found := object.get(input, _path, null)

_minutes := token.refresh_minutes(input.Client)

# A unit that the API does not have.
unknown contains _unit if not _minutes

_origin := " by default" if {
	_found in {null, 0}
} else := ""

deny contains violation if {
	_minutes > params.max_minutes
	violation := {
		"msg": sprintf("refresh tokens of client %s are valid for %s%s, expected at most %s", [client.label(input.Client), token.text(_minutes), _origin, token.text(params.max_minutes)]),
		"path": _path,
		"actual": _found,
		"expected": sprintf("at most %s", [token.text(params.max_minutes)]),
	}
}

# A refresh token that ends before the tokens it renews is refused.
_fixable if {
	count(deny) > 0
	params.max_minutes >= token.access_minutes(input.Client)
	params.max_minutes >= token.id_minutes(input.Client)
}

_limit := {"value": params.max_minutes / 1440, "unit": "days"} if {
	params.max_minutes % 1440 == 0
} else := {"value": params.max_minutes, "unit": "minutes"}

fix contains {"op": "replace", "path": _path, "value": _limit.value} if _fixable

fix contains {"op": "replace", "path": _unit, "value": _limit.unit} if _fixable
