# METADATA
# title: Answers to risk that ask for MFA can work
# description: |
#   A risk configuration answers risky sign-ins by asking for a second factor,
#   but MFA is off for the pool. The answer does nothing, or it locks out every
#   user whose sign-in is rated risky.
# related_resources:
# - description: Working with adaptive authentication
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-adaptive-authentication.html
# - description: Adding MFA to a user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
# custom:
#   id: risk-mfa-action-has-effect
#   severity: medium
#   target: risk_configuration
#   needs: [RiskConfiguration, MfaConfig, UserPool.UserPoolAddOns]
#   applies_needs: [UserPool.UserPoolAddOns]
#   remediation: |
#     Let users have a second factor (mfa-required tells how), or choose
#     another answer.
#
#     Console: choose "Optional MFA" or "Require MFA" under Sign-in >
#     Multi-factor authentication, or change the responses under Threat
#     protection > Adaptive authentication.
#
#     AWS CLI: get-user-pool-mfa-config, then set-user-pool-mfa-config with
#     everything it returned, MfaConfiguration OPTIONAL or ON and a factor; the
#     call turns off what it is not told.
#
#     CloudFormation: MfaConfiguration and EnabledMfas of AWS::Cognito::UserPool.
#
#     Terraform: mfa_configuration and a factor such as
#     software_token_mfa_configuration of aws_cognito_user_pool.
#   waive_when: |
#     Only for the days in which MFA is introduced. Nobody may count on the
#     answer until then, and a help desk that checks who calls must let in
#     users whom it locks out.
#   fix:
#     class: manual
#     note: mfa-not-off and mfa-required repair it.
#   since: "0.1"
package cognilint.rules.threat_protection.risk_mfa_action_has_effect

import data.cognilint.lib.pool
import data.cognilint.lib.threat

applies if threat.mode != "OFF"

_effect := {
	"MFA_IF_CONFIGURED": "nobody is asked",
	"MFA_REQUIRED": "nobody can answer",
}

_owner := sprintf("client %s", [input.RiskConfiguration.ClientId]) if {
	input.RiskConfiguration.ClientId
} else := "the pool"

deny contains violation if {
	pool.mfa_mode == "OFF"
	some level, action in input.RiskConfiguration.AccountTakeoverRiskConfiguration.Actions
	effect := _effect[action.EventAction]
	violation := {
		"msg": sprintf("the risk configuration of %s answers %s with %s, but MFA is off, so %s, expected MFA ON or OPTIONAL", [_owner, level, action.EventAction, effect]),
		"path": ["RiskConfiguration", "AccountTakeoverRiskConfiguration", "Actions", level, "EventAction"],
		"actual": action.EventAction,
		"expected": "BLOCK or NO_ACTION while MFA is off",
	}
}
