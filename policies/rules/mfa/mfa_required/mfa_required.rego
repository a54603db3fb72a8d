# METADATA
# title: MFA is required
# description: |
#   Users can sign in with a password alone. A password that was reused,
#   guessed or phished is then enough to take over the account.
# related_resources:
# - description: Adding MFA to a user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
# - description: Adaptive authentication
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-adaptive-authentication.html
# custom:
#   id: mfa-required
#   severity: high
#   target: pool
#   needs: [UserPool.MfaConfiguration]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   params:
#     allow_optional_with_adaptive:
#       type: boolean
#       default: false
#       description: |
#         Accept OPTIONAL where threat protection is enforced and answers high
#         and medium risk with BLOCK or MFA_REQUIRED.
#   reads_with_param: {allow_optional_with_adaptive: [RiskConfigurations]}
#   controls:
#     pci-dss-4.0.1: ["8.4.2"]
#     nist-800-53r5: [IA-2]
#     asvs-5.0: ["6.3.3"]
#     cis-controls-8.1: ["6.3"]
#     soc2: [CC6.1]
#     iso-27001-2022: [A.8.5]
#   remediation: |
#     EMAIL_OTP and SMS_OTP must leave the first factors before.
#
#     Console: Sign-in > Multi-factor authentication > Edit, choose "Require
#     MFA".
#
#     AWS CLI: get-user-pool-mfa-config, then set-user-pool-mfa-config with
#     --mfa-configuration ON and every factor that shall stay on: the call
#     replaces the whole MFA configuration. update-user-pool cannot do it.
#
#     CloudFormation: MfaConfiguration: "ON" of AWS::Cognito::UserPool, with
#     EnabledMfas. Stacks were reported to fail at this change of an existing
#     pool; then do it by the AWS CLI and let the template follow.
#
#     Terraform: mfa_configuration = "ON" in aws_cognito_user_pool, with the
#     block of a factor such as software_token_mfa_configuration.
#   waive_when: |
#     Only for consumer accounts of low value, or sign-in by mailed codes,
#     which rules it out. Threat protection must then answer risky sign-ins
#     (allow_optional_with_adaptive), and users with rights need MFA in any
#     case.
#   fix:
#     class: disruptive
#     note: |
#       Users without a second factor must enrol one at their next sign-in, and
#       applications must be able to handle that challenge.
#   since: "0.1"
package cognilint.rules.mfa.mfa_required

import data.cognilint.lib.known
import data.cognilint.lib.param
import data.cognilint.lib.pool
import data.cognilint.lib.threat

params := param.values(rego.metadata.chain())

applies := pool.local_passwords

unknown contains ["MfaConfig"] if not pool.mfa_mode

unknown contains ["RiskConfigurations"] if {
	_optional_may_pass
	not known.section("RiskConfigurations")
}

# An unread element may be the one of the pool.
unknown contains ["RiskConfigurations", "-"] if {
	_optional_may_pass
	known.section("RiskConfigurations")
	not known.complete("RiskConfigurations")
	not threat.pool_risk
}

_optional_may_pass if {
	params.allow_optional_with_adaptive
	pool.mfa_mode == "OPTIONAL"
}

deny contains violation if {
	pool.mfa_mode != "ON"
	not _adaptive
	violation := {
		"msg": sprintf("%s, expected %s%s%s", [_state, _expected, _reasons, pool.local_passwords_note]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": _expected,
	}
}

_path := ["UserPool", "MfaConfiguration"] if {
	not input.MfaConfig.MfaConfiguration
	input.UserPool.MfaConfiguration
} else := ["MfaConfig", "MfaConfiguration"]

_state := "the MFA mode is absent, which means OFF" if {
	object.get(input, _path, null) == null
} else := "MFA is OPTIONAL, and risky sign-ins are not all blocked or asked for a second factor" if {
	_optional_may_pass
} else := sprintf("MFA is %s", [pool.mfa_mode])

_expected := "ON, or OPTIONAL with enforced threat protection" if {
	params.allow_optional_with_adaptive
} else := "ON"

_adaptive if {
	_optional_may_pass
	input.UserPool.UserPoolAddOns.AdvancedSecurityMode == "ENFORCED"
	every level in ["HighAction", "MediumAction"] {
		threat.pool_risk.AccountTakeoverRiskConfiguration.Actions[level].EventAction in {"BLOCK", "MFA_REQUIRED"}
	}
}

# Why AWS would refuse ON, or why the call may take something else away.
_obstacles contains sprintf("%s as first factor excludes ON", [factor]) if {
	some factor in (pool.first_factors & {"EMAIL_OTP", "SMS_OTP"})
}

_obstacles contains "passkeys are allowed and do not count as multi-factor" if {
	known.section("MfaConfig")
	"WEB_AUTHN" in pool.first_factors
	not _passkeys_are_multi_factor
}

_obstacles contains "setting the mode may clear the SMS settings of the pool" if {
	known.section("MfaConfig")
	input.UserPool.SmsConfiguration
	not "SMS" in pool.mfa_factors
}

_passkeys_are_multi_factor if input.MfaConfig.WebAuthnConfiguration.FactorConfiguration == "MULTI_FACTOR_WITH_USER_VERIFICATION"

_reasons := "" if {
	count(_obstacles) == 0
} else := sprintf("; not fixed automatically: %s", [concat(", ", _obstacles)])

_fixable if {
	count(deny) > 0
	known.section("MfaConfig")
	count(_obstacles) == 0
}

fix contains {"op": "replace", "path": ["MfaConfig", "MfaConfiguration"], "value": "ON"} if _fixable

fix contains edit if {
	_fixable
	count(pool.mfa_factors) == 0
	edit := {"op": "replace", "path": ["MfaConfig", "SoftwareTokenMfaConfiguration", "Enabled"], "value": true}
}
