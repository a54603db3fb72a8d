# METADATA
# title: ID tokens are valid for a short time
# description: |
#   An ID token carries the profile of the user, and services take it as proof
#   of who is there without asking the pool. A stolen or outdated one is accepted
#   until it ends.
# related_resources:
# - description: Understanding the identity (ID) token
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
# custom:
#   id: client-id-token-lifetime
#   severity: medium
#   target: client
#   needs: [Client]
#   applies_needs: [Client, UserPool.LambdaConfig]
#   params:
#     max_minutes:
#       type: integer
#       default: 60
#       min: 5
#       max: 1440
#       description: The most minutes that an ID token may be valid.
#   controls:
#     asvs-5.0: ["7.3.1", "7.3.2"]
#   remediation: |
#     Console: App clients > Edit, lower "ID token expiration".
#
#     AWS CLI: read the client with describe-user-pool-client and send every
#     setting back in update-user-pool-client, with --id-token-validity and its
#     unit in --token-validity-units; the call resets what it is not told, and
#     without the unit the number means hours.
#
#     CloudFormation: IdTokenValidity, TokenValidityUnits.IdToken.
#
#     Terraform: id_token_validity, token_validity_units.
#   waive_when: |
#     Reasonable where the ID token only fills the pages of the application.
#     Every API must then refuse it as proof of who is there; keep a test of
#     that.
#   fix:
#     class: disruptive
#     note: |
#       Applications that keep an ID token without refreshing it are refused
#       sooner, and tokens are refreshed more often, which counts against quotas.
#   since: "0.1"
package cognilint.rules.tokens.client_id_token_lifetime

import data.cognilint.lib.client
import data.cognilint.lib.param
import data.cognilint.lib.token

params := param.values(rego.metadata.chain())

applies if client.kind(input.Client) in {"user", "federated"}

_path := ["Client", "IdTokenValidity"]

_unit := ["Client", "TokenValidityUnits", "IdToken"]

_found := object.get(input, _path, null)

_minutes := token.id_minutes(input.Client)

# A unit that the API does not have.
unknown contains _unit if not _minutes

_origin := " by default" if {
	_found in {null, 0}
} else := ""

deny contains violation if {
	_minutes > params.max_minutes
	violation := {
		"msg": sprintf("ID tokens of client %s are valid for %s%s, expected at most %s", [client.label(input.Client), token.text(_minutes), _origin, token.text(params.max_minutes)]),
		"path": _path,
		"actual": _found,
		"expected": sprintf("at most %s", [token.text(params.max_minutes)]),
	}
}

fix contains {"op": "replace", "path": _path, "value": params.max_minutes} if count(deny) > 0

fix contains {"op": "replace", "path": _unit, "value": "minutes"} if count(deny) > 0
