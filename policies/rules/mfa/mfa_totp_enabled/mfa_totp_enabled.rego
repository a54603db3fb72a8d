# METADATA
# title: Authenticator apps are a second factor
# description: |
#   Users cannot enrol an authenticator app. Codes by SMS or email depend on a
#   phone company or a mailbox, and whoever takes over either of them has the
#   second factor as well.
# related_resources:
# - description: TOTP software token MFA
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-totp.html
# custom:
#   id: mfa-totp-enabled
#   severity: medium
#   target: pool
#   needs: [MfaConfig]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   remediation: |
#     With MFA off the service refuses the factor: make MFA optional or
#     required in the same change.
#
#     Console: Sign-in > Multi-factor authentication > Edit, add authenticator
#     apps.
#
#     AWS CLI: get-user-pool-mfa-config, then set-user-pool-mfa-config with
#     --software-token-mfa-configuration Enabled=true, the mode and every other
#     factor: the call replaces the whole MFA configuration.
#
#     CloudFormation: SOFTWARE_TOKEN_MFA in EnabledMfas of
#     AWS::Cognito::UserPool.
#
#     Terraform: software_token_mfa_configuration { enabled = true } in
#     aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where everybody signs in with passkeys that count as MFA, or
#     while the application cannot enrol apps yet. The channel of the second
#     factor must then not reset the password, too.
#   fix:
#     class: safe
#     note: Users may enrol an authenticator app; nobody has to.
#   since: "0.1"
package cognilint.rules.mfa.mfa_totp_enabled

import data.cognilint.lib.pool

applies := pool.local_passwords

_path := ["MfaConfig", "SoftwareTokenMfaConfiguration", "Enabled"]

_found := object.get(input, _path, null)

_state := "absent, which means off" if {
	_found == null
} else := "off"

deny contains violation if {
	_found != true
	violation := {
		"msg": sprintf("authenticator apps (TOTP) are %s, expected on%s", [_state, pool.local_passwords_note]),
		"path": _path,
		"actual": _found,
		"expected": true,
	}
}

# While MFA is off a factor is refused; the rule on the mode brings it.
fix contains edit if {
	count(deny) > 0
	pool.mfa_mode != "OFF"
	not _sms_settings_at_risk
	edit := {"op": "replace", "path": _path, "value": true}
}

# A call without the SMS factor may clear the SMS settings of the pool.
_sms_settings_at_risk if {
	input.UserPool.SmsConfiguration
	not "SMS" in pool.mfa_factors
}
