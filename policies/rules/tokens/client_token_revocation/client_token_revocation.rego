# METADATA
# title: Refresh tokens can be revoked
# description: |
#   The client issues tokens that cannot be revoked one by one. When a user signs
#   out, or reports a device as lost, the stolen session goes on until its refresh
#   token ends.
# related_resources:
# - description: Ending user sessions with token revocation
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html
# custom:
#   id: client-token-revocation
#   severity: medium
#   target: client
#   needs: [Client]
#   applies_needs: [Client, UserPool.LambdaConfig]
#   controls:
#     asvs-5.0: ["10.4.9"]
#   remediation: |
#     Console: App clients > Edit, select "Enable token revocation".
#
#     AWS CLI: read the client with describe-user-pool-client and send every
#     setting back in update-user-pool-client, with --enable-token-revocation;
#     the call resets what it is not told.
#
#     CloudFormation: EnableTokenRevocation: true.
#
#     Terraform: enable_token_revocation = true.
#   waive_when: |
#     Reasonable while a service cannot take the larger tokens. Refresh tokens
#     must then be short, and a lost device must be answered by signing its
#     user out everywhere.
#   fix:
#     class: safe
#     note: |
#       New access and ID tokens get the claims jti and origin_jti and grow by
#       them. Tokens that were issued before cannot be revoked.
#   same_cause: [client-long-refresh-controlled]
#   since: "0.1"
package cognilint.rules.tokens.client_token_revocation

import data.cognilint.lib.client

applies if client.kind(input.Client) in {"user", "federated"}

_path := ["Client", "EnableTokenRevocation"]

_found := object.get(input, _path, null)

_state := "unset, which means off in clients that are older than the setting" if {
	_found == null
} else := "off"

deny contains violation if {
	_found != true
	violation := {
		"msg": sprintf("token revocation of client %s is %s, expected on", [client.label(input.Client), _state]),
		"path": _path,
		"actual": _found,
		"expected": true,
	}
}

fix contains {"op": "replace", "path": _path, "value": true} if count(deny) > 0
