# METADATA
# title: MFA, first factors, recovery and email agree
# description: |
#   Two settings exclude each other and the service refuses the pair: a
#   mailed or texted code or a single-factor passkey as first factor beside
#   required MFA, a factor beside MFA that is off, or email as second factor
#   without an email sender or a recovery channel of its own. A template with
#   such a pair cannot be deployed, a fix plan cannot be applied.
# related_resources:
# - description: Adding MFA to a user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
# - description: SMS and email message MFA
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-sms-email-message.html
# - description: Authentication with user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
# custom:
#   id: mfa-combination-valid
#   severity: high
#   target: pool
#   needs: [MfaConfig, UserPool.Policies, UserPool.EmailConfiguration, UserPool.AccountRecoverySetting]
#   guard: true
#   remediation: |
#     Change one of the two settings, in the template or the plan where the
#     pair is planned only.
#
#     Console: Sign-in (multi-factor authentication, user account recovery),
#     Authentication methods (email, passkey) and Sign-in > Options for
#     choice-based sign-in.
#
#     AWS CLI: for the mode, the factors and passkeys get-user-pool-mfa-config,
#     then set-user-pool-mfa-config with the mode and every factor block that
#     shall stay. For first factors, email and recovery take what
#     describe-user-pool returns, change Policies.SignInPolicy,
#     EmailConfiguration or AccountRecoverySetting, and send every setting with
#     update-user-pool: it resets what it is not told.
#
#     CloudFormation: MfaConfiguration, EnabledMfas,
#     Policies.SignInPolicy.AllowedFirstAuthFactors,
#     WebAuthnFactorConfiguration, EmailConfiguration and
#     AccountRecoverySetting of AWS::Cognito::UserPool.
#
#     Terraform: mfa_configuration, software_token_mfa_configuration,
#     email_mfa_configuration, sign_in_policy, email_configuration and
#     account_recovery_setting of aws_cognito_user_pool; for passkeys as
#     multi-factor web_authn_factor_configuration in awscc_cognito_user_pool.
#   waive_when: |
#     Not reasonable: the service refuses the pair, so the template cannot be
#     deployed and the plan cannot be applied.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.mfa.mfa_combination_valid

import data.cognilint.lib.pool

deny contains violation if {
	pool.mfa_mode == "ON"
	some i, factor in input.UserPool.Policies.SignInPolicy.AllowedFirstAuthFactors
	factor in {"EMAIL_OTP", "SMS_OTP"}
	violation := {
		"msg": sprintf("%s is a first factor though MFA is ON, expected only PASSWORD and WEB_AUTHN beside required MFA", [factor]),
		"path": ["UserPool", "Policies", "SignInPolicy", "AllowedFirstAuthFactors", i],
		"actual": factor,
		"expected": "PASSWORD or WEB_AUTHN",
	}
}

deny contains violation if {
	pool.mfa_mode == "ON"
	"WEB_AUTHN" in pool.first_factors
	path := ["MfaConfig", "WebAuthnConfiguration", "FactorConfiguration"]
	found := object.get(input, path, null)
	found != "MULTI_FACTOR_WITH_USER_VERIFICATION"
	violation := {
		"msg": "a passkey counts as a single factor (the default) though MFA is ON, expected passkeys with user verification as multi-factor",
		"path": path,
		"actual": found,
		"expected": "MULTI_FACTOR_WITH_USER_VERIFICATION",
	}
}

deny contains violation if {
	_not_in_force
	pool.mfa_mode == "OFF"
	"TOTP" in pool.mfa_factors
	path := ["MfaConfig", "MfaConfiguration"]
	violation := {
		"msg": "MFA is OFF though authenticator apps are enabled, expected OPTIONAL or ON",
		"path": path,
		"actual": object.get(input, path, null),
		"expected": "OPTIONAL or ON",
	}
}

# Whether a pool in force can show this pair is not known, so only templates
# and planned states are judged.
_not_in_force if {
	object.get(input, "source", "") != "live"
	some mark in ["template", "planned"]
	object.get(input, mark, false) == true
}

deny contains violation if {
	"EMAIL" in pool.mfa_factors
	path := ["UserPool", "EmailConfiguration", "EmailSendingAccount"]
	found := object.get(input, path, null)
	found != "DEVELOPER"
	violation := {
		"msg": "email is an MFA factor though the service sends the mail itself (COGNITO_DEFAULT), expected an own SES identity",
		"path": path,
		"actual": found,
		"expected": "DEVELOPER",
	}
}

deny contains violation if {
	"EMAIL" in pool.mfa_factors
	path := ["UserPool", "AccountRecoverySetting", "RecoveryMechanisms"]
	found := object.get(input, path, [])
	{mechanism.Name | some mechanism in found} == {"verified_email"}
	violation := {
		"msg": "email is an MFA factor and the only way to recover an account, expected a second recovery channel or none by email",
		"path": path,
		"actual": found,
		"expected": "verified_phone_number beside verified_email, or admin_only",
	}
}
