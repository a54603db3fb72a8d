# METADATA
# title: Every offered first factor can work
# description: |
#   The sign-in policy offers a factor for which the pool lacks the settings:
#   a texted code without SMS settings, a passkey without a relying party, or
#   nothing at all. Users who are offered it, or chose it, cannot sign in.
# related_resources:
# - description: Authentication with user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
# custom:
#   id: signin-factor-usable
#   severity: medium
#   target: pool
#   needs: [UserPool.Policies.SignInPolicy, MfaConfig]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   guard: true
#   remediation: |
#     Complete the settings of the factor, or remove it from the first factors.
#
#     Console: Authentication methods > SMS or Authentication methods >
#     Passkey; to remove it Sign-in > Options for choice-based sign-in > Edit.
#
#     AWS CLI: take what describe-user-pool returns, change
#     AllowedFirstAuthFactors in Policies.SignInPolicy, or add
#     SmsConfiguration, and send every setting with update-user-pool: it resets
#     what it is not told. For a passkey get-user-pool-mfa-config, then
#     set-user-pool-mfa-config with RelyingPartyId in
#     --web-authn-configuration, the mode and every other factor.
#
#     CloudFormation: Policies.SignInPolicy.AllowedFirstAuthFactors,
#     SmsConfiguration or WebAuthnRelyingPartyID of AWS::Cognito::UserPool.
#
#     Terraform: sign_in_policy.allowed_first_auth_factors, sms_configuration
#     or web_authn_configuration.relying_party_id in aws_cognito_user_pool.
#   waive_when: |
#     Not reasonable: users who are offered the factor, or chose it, cannot
#     sign in with it until its settings are complete.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.mfa.signin_factor_usable

import data.cognilint.lib.known
import data.cognilint.lib.pool

_path := ["UserPool", "Policies", "SignInPolicy", "AllowedFirstAuthFactors"]

_factors := input.UserPool.Policies.SignInPolicy.AllowedFirstAuthFactors

applies if _factors

deny contains violation if {
	count(_factors) == 0
	violation := {
		"msg": "the list of first factors is empty, expected at least one",
		"path": _path,
		"actual": [],
		"expected": "at least one of PASSWORD, EMAIL_OTP, SMS_OTP, WEB_AUTHN",
	}
}

deny contains violation if {
	some i, "SMS_OTP" in _factors
	not input.UserPool.SmsConfiguration
	violation := {
		"msg": "SMS_OTP is a first factor but the pool has no SMS settings, expected SmsConfiguration or another factor",
		"path": array.concat(_path, [i]),
		"actual": "SMS_OTP",
		"expected": "a factor that works, or SmsConfiguration in the pool",
	}
}

deny contains violation if {
	some i, "WEB_AUTHN" in _factors
	known.section("MfaConfig")
	not input.MfaConfig.WebAuthnConfiguration.RelyingPartyId
	not pool.has_domain
	violation := {
		"msg": "WEB_AUTHN is a first factor but the pool has neither a relying party nor a domain, expected one of them or another factor",
		"path": array.concat(_path, [i]),
		"actual": "WEB_AUTHN",
		"expected": "a factor that works, or WebAuthnConfiguration.RelyingPartyId, or a domain",
	}
}
