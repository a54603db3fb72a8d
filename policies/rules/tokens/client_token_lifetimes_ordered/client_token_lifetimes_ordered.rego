# METADATA
# title: Refresh tokens outlive the tokens that they renew
# description: |
#   The refresh token ends before the access or ID token. Nobody wants that, so
#   one of the numbers has most likely the wrong unit: users are signed out much
#   too early, or tokens live much longer than somebody thought.
# related_resources:
# - description: Refresh tokens
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
# - description: TokenValidityUnitsType
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_TokenValidityUnitsType.html
# custom:
#   id: client-token-lifetimes-ordered
#   severity: low
#   target: client
#   needs: [Client]
#   applies_needs: [Client, UserPool.LambdaConfig]
#   remediation: |
#     Compare the three lifetimes and their units. Without a unit, access and ID
#     tokens count in hours and refresh tokens in days.
#
#     Console: App clients > Edit, the three token expirations.
#
#     AWS CLI: read the client with describe-user-pool-client and send every
#     setting back in update-user-pool-client, with the right numbers and all
#     units in --token-validity-units; the call resets what it is not told.
#
#     CloudFormation: RefreshTokenValidity, AccessTokenValidity,
#     IdTokenValidity, TokenValidityUnits.
#
#     Terraform: refresh_token_validity, access_token_validity,
#     id_token_validity, token_validity_units.
#   waive_when: |
#     Reasonable where the application never refreshes and its sessions end
#     with the access token. That token must then be as short as a session
#     should be; write the units down.
#   fix:
#     class: manual
#     note: Only the owner knows which of the numbers is wrong.
#   since: "0.1"
package cognilint.rules.tokens.client_token_lifetimes_ordered

import data.cognilint.lib.client
import data.cognilint.lib.token

applies if client.kind(input.Client) in {"user", "federated"}

_path := ["Client", "RefreshTokenValidity"]

_refresh := token.refresh_minutes(input.Client)

_renewed["access"] := token.access_minutes(input.Client)

_renewed["ID"] := token.id_minutes(input.Client)

# Units that the API does not have.
unknown contains ["Client", "TokenValidityUnits", "RefreshToken"] if not _refresh

unknown contains ["Client", "TokenValidityUnits", "AccessToken"] if not _renewed.access

unknown contains ["Client", "TokenValidityUnits", "IdToken"] if not _renewed.ID

deny contains violation if {
	some name, minutes in _renewed
	_refresh < minutes
	violation := {
		"msg": sprintf("refresh tokens of client %s are valid for %s, %s tokens for %s, expected refresh tokens to last longer", [client.label(input.Client), token.text(_refresh), name, token.text(minutes)]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": sprintf("at least %s", [token.text(minutes)]),
	}
}
