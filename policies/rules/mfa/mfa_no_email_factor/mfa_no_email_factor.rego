# METADATA
# title: Email is no second factor
# description: |
#   Users may choose mailed codes as second factor. A mailbox does not prove
#   that somebody holds a device: NIST forbids email for out-of-band
#   authentication, and the same mailbox usually resets the password.
# related_resources:
# - description: SMS and email message MFA
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-sms-email-message.html
# custom:
#   id: mfa-no-email-factor
#   severity: medium
#   target: pool
#   needs: [MfaConfig]
#   applies_needs: [UserPool.MfaConfiguration]
#   controls:
#     asvs-5.0: ["6.3.6"]
#   remediation: |
#     Have users with email as second factor enrol an authenticator app first;
#     they are locked out of their second factor otherwise.
#
#     Console: Sign-in > Multi-factor authentication > Edit, add authenticator
#     apps, later clear email.
#
#     AWS CLI: get-user-pool-mfa-config, then set-user-pool-mfa-config without
#     --email-mfa-configuration, but with the mode and every other block as it
#     was read: the call replaces the whole MFA configuration.
#
#     CloudFormation: remove EMAIL_OTP from EnabledMfas.
#
#     Terraform: remove email_mfa_configuration from aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where users have neither an app nor a key and no standard
#     forbids email. Authenticator apps must be on offer as well, and the same
#     mailbox must not reset the password.
#   fix:
#     class: manual
#     note: Users whose only factor is email would lose it.
#   since: "0.1"
package cognilint.rules.mfa.mfa_no_email_factor

import data.cognilint.lib.pool

applies if not pool.mfa_mode == "OFF"

deny contains violation if {
	pool.mfa_mode != "OFF"
	"EMAIL" in pool.mfa_factors
	violation := {
		"msg": "email is an MFA factor, expected authenticator apps or SMS only",
		"path": ["MfaConfig", "EmailMfaConfiguration"],
		"actual": input.MfaConfig.EmailMfaConfiguration,
		"expected": "no email factor",
	}
}
