# METADATA
# title: Passkeys verify their user
# description: |
#   A passkey signs in without a PIN, fingerprint or face. It proves then that
#   somebody holds the device, not that its owner does: whoever finds or steals
#   it has the account.
# related_resources:
# - description: Authentication flows, passkey sign-in
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
# - description: WebAuthnConfigurationType
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_WebAuthnConfigurationType.html
# custom:
#   id: passkey-user-verification
#   severity: medium
#   target: pool
#   needs: [MfaConfig.WebAuthnConfiguration]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   remediation: |
#     Console: Authentication methods > Passkey > Edit, set user verification
#     to required.
#
#     AWS CLI: get-user-pool-mfa-config, then set-user-pool-mfa-config with
#     --web-authn-configuration UserVerification=required, the relying party,
#     the mode and every other block as it was read: the call replaces the
#     whole MFA configuration.
#
#     CloudFormation: WebAuthnUserVerification: required.
#
#     Terraform: web_authn_configuration { user_verification = "required" } in
#     aws_cognito_user_pool.
#   waive_when: |
#     Only while keys without PIN are replaced. Until then a passkey proves
#     the device alone: applications must ask for more before actions of high
#     value, and lost keys must be removed at once.
#   fix:
#     class: disruptive
#     note: |
#       Passkeys on devices without PIN or biometry stop working. No edit where
#       the pool has SMS settings that are no MFA factor: writing the MFA
#       settings may clear them.
#   since: "0.1"
package cognilint.rules.mfa.passkey_user_verification

import data.cognilint.lib.pool

applies if "WEB_AUTHN" in pool.first_factors

_path := ["MfaConfig", "WebAuthnConfiguration", "UserVerification"]

_found := object.get(input, _path, null)

_state := "not set (the default is not documented)" if {
	_found == null
} else := sprintf("%q", [_found])

deny contains violation if {
	"WEB_AUTHN" in pool.first_factors
	_found != "required"
	violation := {
		"msg": sprintf("user verification of passkeys is %s, expected required", [_state]),
		"path": _path,
		"actual": _found,
		"expected": "required",
	}
}

fix contains edit if {
	count(deny) > 0
	not _sms_settings_at_risk
	edit := {"op": "replace", "path": _path, "value": "required"}
}

# The write carries no SMS block then, and that may clear the SMS settings.
_sms_settings_at_risk if {
	input.UserPool.SmsConfiguration
	not "SMS" in pool.mfa_factors
}
