# METADATA
# title: Passwords are proven, not sent
# description: |
#   The client accepts a flow in which the application hands the password of
#   the user to the API. Every program on the way, the application and its logs
#   included, can keep it. With SRP the password never leaves the user's device.
# related_resources:
# - description: Authentication flows
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
# - description: Migrate user Lambda trigger
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html
# custom:
#   id: client-no-user-password-auth
#   severity: medium
#   target: client
#   needs: [Client, UserPool.LambdaConfig]
#   params:
#     allow_during_migration:
#       type: boolean
#       default: true
#       description: |
#         Accept the flow while the pool has the trigger that migrates users,
#         which works only with the password itself.
#   controls:
#     pci-dss-4.0.1: ["8.3.1"]
#     nist-800-53r5: [IA-2]
#   remediation: |
#     Find out first who still signs in with the flow (CloudTrail: InitiateAuth
#     with USER_PASSWORD_AUTH), and let them use SRP.
#
#     Console: App clients > Edit, clear ALLOW_USER_PASSWORD_AUTH.
#
#     AWS CLI: read the client with describe-user-pool-client and send every
#     setting back in update-user-pool-client, with the shorter
#     --explicit-auth-flows; the call resets what it is not told. Keep a flow
#     for users, and ALLOW_REFRESH_TOKEN_AUTH unless refresh tokens rotate.
#
#     CloudFormation: ExplicitAuthFlows.
#
#     Terraform: explicit_auth_flows.
#   waive_when: |
#     Reasonable for an application that cannot do SRP, or that sends
#     passwords so that leaked ones are found at sign-in. MFA must then be
#     required, and neither the application nor its proxies may log requests
#     with passwords.
#   fix:
#     class: disruptive
#     note: |
#       Applications that still send passwords can no longer sign in; look for
#       their use first. Lists of legacy flows are left to
#       client-no-legacy-auth-flows.
#   opposes: [compromised-credentials-sign-in-blind]
#   since: "0.1"
package cognilint.rules.client.client_no_user_password_auth

import data.cognilint.lib.client
import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

applies if {
	client.kind(input.Client) == "user"
	not _migrating
}

_migrating if {
	params.allow_during_migration
	input.UserPool.LambdaConfig.UserMigration
}

_path := ["Client", "ExplicitAuthFlows"]

# The default set has no such flow.
_flows := object.get(input.Client, "ExplicitAuthFlows", [])

deny contains violation if {
	some i, flow in _flows
	flow in {"ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"}
	violation := {
		"msg": sprintf("client %s lets applications send passwords (%s), expected SRP", [client.label(input.Client), flow]),
		"path": array.concat(_path, [i]),
		"actual": flow,
		"expected": "ALLOW_USER_SRP_AUTH instead",
	}
}

# Legacy names cannot stand beside those that replace them.
_fixable if {
	"ALLOW_USER_PASSWORD_AUTH" in _flows
	not "USER_PASSWORD_AUTH" in _flows
}

fix contains {"op": "remove", "path": _path, "value": "ALLOW_USER_PASSWORD_AUTH"} if _fixable

# Without a flow for users nobody could sign in, and an empty list would allow
# the default set.
fix contains {"op": "add", "path": _path, "value": "ALLOW_USER_SRP_AUTH"} if {
	_fixable
	count(client.sdk_user_flows(input.Client) - {"ALLOW_USER_PASSWORD_AUTH"}) == 0
}
