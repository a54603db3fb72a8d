# METADATA
# title: Email is not the only second factor
# description: |
#   Users can only choose mailed codes as second factor. The mailbox that
#   resets the password answers the second factor as well, so whoever takes it
#   over has the account.
# related_resources:
# - description: SMS and email message MFA
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-sms-email-message.html
# - description: TOTP software token MFA
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-totp.html
# custom:
#   id: mfa-not-email-only
#   severity: medium
#   target: pool
#   needs: [MfaConfig]
#   applies_needs: [UserPool.MfaConfiguration]
#   remediation: |
#     Console: Sign-in > Multi-factor authentication > Edit, add authenticator
#     apps.
#
#     AWS CLI: get-user-pool-mfa-config, then set-user-pool-mfa-config with
#     --software-token-mfa-configuration Enabled=true, the mode and every other
#     block as it was read: the call replaces the whole MFA configuration.
#
#     CloudFormation: SOFTWARE_TOKEN_MFA beside EMAIL_OTP in EnabledMfas.
#
#     Terraform: software_token_mfa_configuration { enabled = true } in
#     aws_cognito_user_pool.
#   waive_when: |
#     Only while the application cannot enrol authenticator apps yet. Until
#     then the mailboxes need MFA of their own, as company mail has, and must
#     not reset the password.
#   fix:
#     class: safe
#     note: |
#       Users may enrol an authenticator app; those with email keep it. No edit
#       where the pool has SMS settings that are no MFA factor: writing the MFA
#       settings may clear them.
#   same_cause: [mfa-no-email-factor]
#   since: "0.1"
package cognilint.rules.mfa.mfa_not_email_only

import data.cognilint.lib.pool

applies if not pool.mfa_mode == "OFF"

_enabled := ["MfaConfig", "SoftwareTokenMfaConfiguration", "Enabled"]

deny contains violation if {
	pool.mfa_mode != "OFF"
	pool.mfa_factors == {"EMAIL"}
	violation := {
		"msg": "email is the only MFA factor, expected authenticator apps beside it",
		"path": _enabled,
		"actual": object.get(input, _enabled, null),
		"expected": true,
	}
}

# A write without the SMS block may clear the SMS settings of the pool.
fix contains edit if {
	count(deny) > 0
	not input.UserPool.SmsConfiguration
	edit := {"op": "replace", "path": _enabled, "value": true}
}
