# METADATA
# title: Remembered devices are still asked for a second factor
# description: |
#   A remembered device replaces the second factor. Devices are remembered
#   without asking the user, so whoever learns the password and gets at such a
#   device signs in, and MFA protects less than its setting promises.
# related_resources:
# - description: Working with user devices
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
# custom:
#   id: device-remembering-keeps-mfa
#   severity: low
#   target: pool
#   needs: [MfaConfig, UserPool.DeviceConfiguration]
#   applies_needs: [UserPool.MfaConfiguration, UserPool.DeviceConfiguration]
#   params:
#     allow_user_opt_in:
#       type: boolean
#       default: true
#       description: |
#         Accept pools in which a device replaces the second factor only after
#         its user agreed to have it remembered.
#   remediation: |
#     Console: Sign-in > Device tracking > Edit, do not let trusted devices
#     suppress MFA, or choose "User opt-in" where that is accepted.
#
#     AWS CLI: describe-user-pool, then update-user-pool with
#     --device-configuration ChallengeRequiredOnNewDevice=false (and the other
#     member as it was read) and every other setting of the pool: the call
#     replaces what it is not told.
#
#     CloudFormation: DeviceConfiguration.ChallengeRequiredOnNewDevice: false.
#
#     Terraform: device_configuration { challenge_required_on_new_device =
#     false } in aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where all devices belong to the company, are locked and are
#     managed, so that the device itself is a factor. Lost devices must then
#     be forgotten in the pool at once.
#   fix:
#     class: disruptive
#     note: |
#       Users of remembered devices are asked for their second factor at each
#       sign-in, and applications must be able to handle that challenge there.
#   since: "0.1"
package cognilint.rules.mfa.device_remembering_keeps_mfa

import data.cognilint.lib.param
import data.cognilint.lib.pool

params := param.values(rego.metadata.chain())

# Without the block no device is remembered.
applies if {
	not pool.mfa_mode == "OFF"
	input.UserPool.DeviceConfiguration
}

# Despite its name the member says that a remembered device is no longer asked.
_path := ["UserPool", "DeviceConfiguration", "ChallengeRequiredOnNewDevice"]

deny contains violation if {
	pool.mfa_mode != "OFF"
	object.get(input, _path, false) == true
	not _opt_in_accepted
	violation := {
		"msg": sprintf("a device replaces the second factor once it is remembered%s, expected MFA on remembered devices too", [_how]),
		"path": _path,
		"actual": true,
		"expected": false,
	}
}

_opt_in_accepted if {
	params.allow_user_opt_in
	_asks_user
}

_asks_user if input.UserPool.DeviceConfiguration.DeviceOnlyRememberedOnUserPrompt == true

_how := ", which its user agrees to" if {
	_asks_user
} else := ", which happens without asking its user"

fix contains {"op": "replace", "path": _path, "value": false} if count(deny) > 0
