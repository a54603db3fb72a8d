# METADATA
# title: Passkeys count as multi-factor authentication
# description: |
#   The pool takes a passkey for a single factor. Users with MFA cannot sign in
#   with their passkey, the strongest factor they have, and fall back to
#   passwords and codes, which can be phished.
# related_resources:
# - description: WebAuthnConfigurationType
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_WebAuthnConfigurationType.html
# - description: Adding MFA to a user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
# custom:
#   id: passkey-counts-as-mfa
#   severity: low
#   target: pool
#   needs: [MfaConfig.WebAuthnConfiguration]
#   applies_needs: [UserPool.Policies.SignInPolicy, UserPool.MfaConfiguration]
#   remediation: |
#     Console: Authentication methods > Passkey > Edit, let passkeys with user
#     verification satisfy MFA.
#
#     AWS CLI: get-user-pool-mfa-config, then set-user-pool-mfa-config with
#     FactorConfiguration=MULTI_FACTOR_WITH_USER_VERIFICATION and
#     UserVerification=required in --web-authn-configuration, the relying
#     party, the mode and every other block as it was read: the call replaces
#     the whole MFA configuration.
#
#     CloudFormation: WebAuthnFactorConfiguration:
#     MULTI_FACTOR_WITH_USER_VERIFICATION and WebAuthnUserVerification:
#     required.
#
#     Terraform: web_authn_factor_configuration in awscc_cognito_user_pool;
#     web_authn_configuration of aws_cognito_user_pool had no argument for it
#     when this was written.
#   waive_when: |
#     Reasonable where users have keys without PIN or biometry, which would
#     stop working. Users with MFA then sign in by password and code; offer
#     them authenticator apps rather than SMS.
#   fix:
#     class: disruptive
#     note: |
#       Passkeys on devices without PIN or biometry stop working. Users with MFA
#       may sign in with a passkey alone. No edit where the pool has SMS
#       settings that are no MFA factor: writing the MFA settings may clear
#       them.
#   since: "0.1"
package cognilint.rules.mfa.passkey_counts_as_mfa

import data.cognilint.lib.pool

applies if {
	"WEB_AUTHN" in pool.first_factors
	not pool.mfa_mode == "OFF"
}

_block := ["MfaConfig", "WebAuthnConfiguration"]

_path := array.concat(_block, ["FactorConfiguration"])

_multi := "MULTI_FACTOR_WITH_USER_VERIFICATION"

_found := object.get(input, _path, null)

_state := "absent, which means a single factor" if {
	_found == null
} else := _found

deny contains violation if {
	"WEB_AUTHN" in pool.first_factors
	pool.mfa_mode != "OFF"
	_found != _multi
	violation := {
		"msg": sprintf("MFA is %s and the factor configuration of passkeys is %s, expected %s", [pool.mfa_mode, _state, _multi]),
		"path": _path,
		"actual": _found,
		"expected": _multi,
	}
}

_fixable if {
	count(deny) > 0
	not _sms_settings_at_risk
}

fix contains {"op": "replace", "path": _path, "value": _multi} if _fixable

# The value holds for passkeys that verify their user only.
fix contains edit if {
	_fixable
	path := array.concat(_block, ["UserVerification"])
	object.get(input, path, null) != "required"
	edit := {"op": "replace", "path": path, "value": "required"}
}

# The write carries no SMS block then, and that may clear the SMS settings.
_sms_settings_at_risk if {
	input.UserPool.SmsConfiguration
	not "SMS" in pool.mfa_factors
}
