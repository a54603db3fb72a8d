# METADATA
# title: Sign-in challenges have to be answered soon
# description: |
#   Between two steps of a sign-in the client leaves more time than users need.
#   Whoever intercepts the session of the first step can use that time to obtain
#   or guess the answer to the next, the code of the second factor for example.
# related_resources:
# - description: Application-specific settings with app clients
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
# - description: UpdateUserPoolClient
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
# custom:
#   id: client-auth-session-short
#   severity: low
#   target: client
#   needs: [Client]
#   applies_needs: [Client, UserPool.LambdaConfig]
#   params:
#     max_minutes:
#       type: integer
#       default: 5
#       min: 3
#       max: 15
#       description: The most minutes that a user may take to answer a challenge.
#   remediation: |
#     Console: App clients > Edit, lower "Authentication flow session duration".
#
#     AWS CLI: read the client with describe-user-pool-client and send every
#     setting back in update-user-pool-client, with --auth-session-validity; the
#     call resets what it is not told.
#
#     CloudFormation: AuthSessionValidity.
#
#     Terraform: auth_session_validity.
#   waive_when: |
#     Reasonable where users need more time, because of slow mail or a
#     disability. A web ACL must then limit the rate of answers to challenges.
#   fix:
#     class: safe
#     note: |
#       Users who need longer, to find a code in their mail for example, start
#       their sign-in again.
#   since: "0.1"
package cognilint.rules.tokens.client_auth_session_short

import data.cognilint.lib.client
import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

applies if client.kind(input.Client) == "user"

_path := ["Client", "AuthSessionValidity"]

# Absent means 3 minutes, the least.
_found := object.get(input, _path, 3)

deny contains violation if {
	_found > params.max_minutes
	violation := {
		"msg": sprintf("client %s gives users %d minutes to answer a challenge, expected at most %d", [client.label(input.Client), _found, params.max_minutes]),
		"path": _path,
		"actual": _found,
		"expected": params.max_minutes,
	}
}

fix contains {"op": "replace", "path": _path, "value": params.max_minutes} if count(deny) > 0
