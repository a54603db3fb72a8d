# METADATA
# title: The app client hides which users exist
# description: |
#   The answers of the client to sign-in and password recovery tell whether an
#   account exists. Anyone can sort a list of addresses by it, then guess
#   passwords for or write to real users only. The setting does not cover
#   choice-based sign-in (ALLOW_USER_AUTH), nor sign-up.
# related_resources:
# - description: Managing user existence error responses
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
# custom:
#   id: client-prevents-user-existence-errors
#   severity: medium
#   target: client
#   needs: [Client]
#   applies_needs: [Client, UserPool.LambdaConfig]
#   controls:
#     nist-800-53r5: [SI-11]
#     asvs-5.0: ["6.3.8"]
#     cis-controls-8.1: ["16.10"]
#   remediation: |
#     Console: App clients > Edit, select "Prevent user existence errors".
#
#     AWS CLI: read the client with describe-user-pool-client and send every
#     setting back in update-user-pool-client, with
#     --prevent-user-existence-errors ENABLED; the call resets what it is not
#     told, this setting included.
#
#     CloudFormation: PreventUserExistenceErrors: ENABLED.
#
#     Terraform: prevent_user_existence_errors = "ENABLED".
#   waive_when: |
#     Reasonable while an application needs UserNotFoundException, or where it
#     is no secret who has an account. A web ACL must then limit the rate of
#     requests, and MFA must be required.
#   fix:
#     class: safe
#     note: |
#       Applications that branch on UserNotFoundException get
#       NotAuthorizedException or a simulated delivery instead, also those that
#       migrate users by a trigger.
#   since: "0.1"
package cognilint.rules.client.client_prevents_user_existence_errors

import data.cognilint.lib.client

applies if client.kind(input.Client) == "user"

_path := ["Client", "PreventUserExistenceErrors"]

_found := object.get(input, _path, null)

_state := "unset, which means LEGACY" if {
	_found == null
} else := _found

deny contains violation if {
	_found != "ENABLED"
	violation := {
		"msg": sprintf("client %s tells which users exist (%s), expected ENABLED", [client.label(input.Client), _state]),
		"path": _path,
		"actual": _found,
		"expected": "ENABLED",
	}
}

fix contains {"op": "replace", "path": _path, "value": "ENABLED"} if count(deny) > 0
