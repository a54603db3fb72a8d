# METADATA
# title: MFA has a factor that users can set up
# description: |
#   MFA is required or offered, but authenticator apps, SMS and email are all
#   off. Where MFA is required nobody can sign in; where it is optional it is
#   decoration. A passkey alone does not count: the service wants one of the
#   three beside it.
# related_resources:
# - description: Adding MFA to a user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
# custom:
#   id: mfa-has-usable-factor
#   severity: high
#   target: pool
#   needs: [MfaConfig]
#   applies_needs: [UserPool.MfaConfiguration]
#   guard: true
#   remediation: |
#     Enable authenticator apps.
#
#     Console: Sign-in > Multi-factor authentication > Edit, select
#     authenticator apps.
#
#     AWS CLI: get-user-pool-mfa-config, then set-user-pool-mfa-config with
#     --software-token-mfa-configuration Enabled=true, the mode and every other
#     factor block: the call replaces what it is not told. Where the pool has
#     SMS settings that are no MFA factor, look at them afterwards with
#     describe-user-pool: the call may clear them.
#
#     CloudFormation: SOFTWARE_TOKEN_MFA in EnabledMfas of
#     AWS::Cognito::UserPool.
#
#     Terraform: software_token_mfa_configuration { enabled = true } in
#     aws_cognito_user_pool.
#   waive_when: |
#     Not reasonable: where MFA is required nobody can sign in until a factor
#     is on, and where it is optional nobody can protect an account.
#   fix:
#     class: safe
#     note: |
#       Users can set up an authenticator app at the next sign-in. No edit where
#       the pool has SMS settings that are no MFA factor: writing the MFA
#       settings may clear them.
#   since: "0.1"
package cognilint.rules.mfa.mfa_has_usable_factor

import data.cognilint.lib.pool

applies if not pool.mfa_mode == "OFF"

_enabled := ["MfaConfig", "SoftwareTokenMfaConfiguration", "Enabled"]

_consequence := "nobody can sign in" if {
	pool.mfa_mode == "ON"
} else := "nobody can use it"

deny contains violation if {
	pool.mfa_mode != "OFF"
	count(pool.mfa_factors) == 0
	violation := {
		"msg": sprintf("MFA is %s but has no factor, so %s, expected authenticator apps, SMS or email", [pool.mfa_mode, _consequence]),
		"path": _enabled,
		"actual": object.get(input, _enabled, null),
		"expected": true,
	}
}

fix contains edit if {
	count(deny) > 0
	not _sms_settings_at_risk
	edit := {"op": "replace", "path": _enabled, "value": true}
}

# The write carries no SMS block then, and that may clear the SMS settings.
_sms_settings_at_risk if {
	input.UserPool.SmsConfiguration
	not input.MfaConfig.SmsMfaConfiguration
}
