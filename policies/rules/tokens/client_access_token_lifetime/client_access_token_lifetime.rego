# METADATA
# title: Access tokens are valid for a short time
# description: |
#   Most services check an access token without asking the pool. Whoever steals
#   one can use it until it ends, whatever happens to the user or the session
#   meanwhile.
# related_resources:
# - description: Understanding the access token
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
# custom:
#   id: client-access-token-lifetime
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
#       description: The most minutes that an access token may be valid.
#   controls:
#     asvs-5.0: ["7.3.1", "7.3.2"]
#   remediation: |
#     Console: App clients > Edit, lower "Access token expiration".
#
#     AWS CLI: read the client with describe-user-pool-client and send every
#     setting back in update-user-pool-client, with --access-token-validity and
#     its unit in --token-validity-units; the call resets what it is not told,
#     and without the unit the number means hours.
#
#     CloudFormation: AccessTokenValidity, TokenValidityUnits.AccessToken.
#
#     Terraform: access_token_validity, token_validity_units.
#   waive_when: |
#     Reasonable for long jobs and devices that cannot refresh. The token must
#     then open little, or the API must ask the pool at each call whether it
#     still holds.
#   fix:
#     class: disruptive
#     note: |
#       Applications that keep an access token without refreshing it are refused
#       sooner, and tokens are requested more often, which counts against quotas
#       and, for client credentials, costs money.
#   since: "0.1"
package cognilint.rules.tokens.client_access_token_lifetime

import data.cognilint.lib.client
import data.cognilint.lib.param
import data.cognilint.lib.token

params := param.values(rego.metadata.chain())

applies if client.kind(input.Client) != "inert"

_path := ["Client", "AccessTokenValidity"]

_unit := ["Client", "TokenValidityUnits", "AccessToken"]

_found := object.get(input, _path, null)

_minutes := token.access_minutes(input.Client)

# A unit that the API does not have.
unknown contains _unit if not _minutes

_origin := " by default" if {
	_found in {null, 0}
} else := ""

deny contains violation if {
	_minutes > params.max_minutes
	violation := {
		"msg": sprintf("access tokens of client %s are valid for %s%s, expected at most %s", [client.label(input.Client), token.text(_minutes), _origin, token.text(params.max_minutes)]),
		"path": _path,
		"actual": _found,
		"expected": sprintf("at most %s", [token.text(params.max_minutes)]),
	}
}

fix contains {"op": "replace", "path": _path, "value": params.max_minutes} if count(deny) > 0

fix contains {"op": "replace", "path": _unit, "value": "minutes"} if count(deny) > 0
