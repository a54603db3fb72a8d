# METADATA
# title: MFA is not off
# description: |
#   No second factor can even be enrolled. Users who would protect their
#   account cannot, and a reused or phished password is enough to take it over.
# related_resources:
# - description: Adding MFA to a user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
# custom:
#   id: mfa-not-off
#   severity: high
#   target: pool
#   needs: [UserPool.MfaConfiguration]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   controls:
#     aws-fsbp: [Cognito.5]
#   remediation: |
#     Console: Sign-in > Multi-factor authentication > Edit, choose "Optional
#     MFA" (or "Require MFA") and authenticator apps.
#
#     AWS CLI: get-user-pool-mfa-config, then set-user-pool-mfa-config with
#     --mfa-configuration OPTIONAL, --software-token-mfa-configuration
#     Enabled=true and every other block as it was read: the call replaces the
#     whole MFA configuration. update-user-pool is no substitute, it does not
#     take the factors.
#
#     CloudFormation: MfaConfiguration: OPTIONAL and EnabledMfas:
#     [SOFTWARE_TOKEN_MFA].
#
#     Terraform: mfa_configuration = "OPTIONAL" and
#     software_token_mfa_configuration { enabled = true } in
#     aws_cognito_user_pool.
#   waive_when: |
#     Only for pools without real users and data, or where the application
#     asks for a second factor of its own after each sign-in. Every API that
#     takes the tokens must then insist on that factor.
#   fix:
#     class: safe
#     note: |
#       Only users who enrol an authenticator app are asked for its codes. No
#       edit where the pool has SMS settings that are no MFA factor: writing
#       the MFA settings may clear them.
#     needs: [MfaConfig]
#   same_cause: [mfa-required]
#   since: "0.1"
package cognilint.rules.mfa.mfa_not_off

import data.cognilint.lib.known
import data.cognilint.lib.pool

applies := pool.local_passwords

unknown contains ["MfaConfig"] if not pool.mfa_mode

deny contains violation if {
	pool.mfa_mode == "OFF"
	violation := {
		"msg": sprintf("MFA is %s, so nobody can use a second factor, expected OPTIONAL or ON%s%s", [_state, _reason, pool.local_passwords_note]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": "OPTIONAL or ON",
	}
}

_path := ["UserPool", "MfaConfiguration"] if {
	not input.MfaConfig.MfaConfiguration
	input.UserPool.MfaConfiguration
} else := ["MfaConfig", "MfaConfiguration"]

_state := "absent, which means OFF" if {
	object.get(input, _path, null) == null
} else := "OFF"

_reason := "; not fixed automatically: setting the mode may clear the SMS settings of the pool" if {
	_sms_settings_at_risk
} else := ""

# The write carries no SMS block then, and that may clear the SMS settings.
_sms_settings_at_risk if {
	known.section("MfaConfig")
	input.UserPool.SmsConfiguration
	not "SMS" in pool.mfa_factors
}

_fixable if {
	count(deny) > 0
	known.section("MfaConfig")
	not _sms_settings_at_risk
}

fix contains {"op": "replace", "path": ["MfaConfig", "MfaConfiguration"], "value": "OPTIONAL"} if _fixable

# While MFA is off the service keeps no factor, and OPTIONAL needs one.
fix contains {"op": "replace", "path": ["MfaConfig", "SoftwareTokenMfaConfiguration", "Enabled"], "value": true} if _fixable
