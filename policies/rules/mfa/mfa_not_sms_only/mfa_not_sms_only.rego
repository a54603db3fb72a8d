# METADATA
# title: SMS is not the only second factor
# description: |
#   Users can only choose texted codes as second factor. Whoever has the phone
#   company move the number to another SIM card, or reads messages on their
#   way, receives the codes; NIST treats the telephone network as restricted.
# related_resources:
# - description: Adding MFA to a user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
# - description: TOTP software token MFA
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-totp.html
# custom:
#   id: mfa-not-sms-only
#   severity: medium
#   target: pool
#   needs: [MfaConfig]
#   applies_needs: [UserPool.MfaConfiguration]
#   controls:
#     asvs-5.0: ["6.6.1"]
#   remediation: |
#     Console: Sign-in > Multi-factor authentication > Edit, add authenticator
#     apps.
#
#     AWS CLI: get-user-pool-mfa-config, then set-user-pool-mfa-config with
#     --software-token-mfa-configuration Enabled=true, the mode and every other
#     block as it was read: the call replaces the whole MFA configuration.
#
#     CloudFormation: SOFTWARE_TOKEN_MFA beside SMS_MFA in EnabledMfas.
#
#     Terraform: software_token_mfa_configuration { enabled = true } in
#     aws_cognito_user_pool.
#   waive_when: |
#     Only while the application cannot enrol authenticator apps yet. Until
#     then accounts must not be recovered by SMS, and actions of high value
#     must be confirmed in another way.
#   fix:
#     class: safe
#     note: Users may enrol an authenticator app; those with SMS keep it.
#   since: "0.1"
package cognilint.rules.mfa.mfa_not_sms_only

import data.cognilint.lib.pool

applies if not pool.mfa_mode == "OFF"

_enabled := ["MfaConfig", "SoftwareTokenMfaConfiguration", "Enabled"]

deny contains violation if {
	pool.mfa_mode != "OFF"
	pool.mfa_factors == {"SMS"}
	violation := {
		"msg": "SMS is the only MFA factor, expected authenticator apps beside it",
		"path": _enabled,
		"actual": object.get(input, _enabled, null),
		"expected": true,
	}
}

fix contains {"op": "replace", "path": _enabled, "value": true} if count(deny) > 0
