# METADATA
# title: Sign-ins of medium and low risk are answered
# description: |
#   Threat protection is enforced, but a sign-in that it rates as medium risk
#   goes through unasked. A second factor where users have one costs little,
#   and stops strangers who know the password.
# related_resources:
# - description: Working with adaptive authentication
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-adaptive-authentication.html
# custom:
#   id: account-takeover-lower-risk-answered
#   severity: low
#   target: pool
#   needs: [RiskConfigurations, UserPool.UserPoolAddOns]
#   applies_needs: [UserPool.UserPoolAddOns]
#   params:
#     medium:
#       type: array
#       enum: [BLOCK, MFA_REQUIRED, MFA_IF_CONFIGURED, NO_ACTION]
#       default: [BLOCK, MFA_REQUIRED, MFA_IF_CONFIGURED]
#       description: |
#         The answers to medium risk that are enough, of BLOCK, MFA_REQUIRED,
#         MFA_IF_CONFIGURED and NO_ACTION.
#     low:
#       type: array
#       enum: [BLOCK, MFA_REQUIRED, MFA_IF_CONFIGURED, NO_ACTION]
#       default: null
#       description: The same for low risk; unset accepts any and none.
#   controls:
#     asvs-5.0: ["6.3.1"]
#   remediation: |
#     Console: choose "Optional MFA" or a stronger answer for medium risk under
#     Threat protection > Adaptive authentication.
#
#     AWS CLI: describe-risk-configuration, then set-risk-configuration with
#     everything it returned and MediumAction.EventAction in
#     AccountTakeoverRiskConfiguration.Actions; the call resets what it is not
#     told.
#
#     CloudFormation: AccountTakeoverRiskConfiguration of
#     AWS::Cognito::UserPoolRiskConfigurationAttachment with ClientId ALL.
#
#     Terraform: medium_action and low_action in
#     account_takeover_risk_configuration of aws_cognito_risk_configuration
#     without client_id.
#   waive_when: |
#     Reasonable where MFA is required for everybody anyway, or medium risk
#     has proven to be mostly false alarms. High risk must then be answered,
#     and the events be looked at.
#   fix:
#     class: disruptive
#     note: |
#       Users with a second factor are asked for it when their sign-in is rated
#       as medium risk. Not proposed while MFA is off for the pool.
#   since: "0.1"
package cognilint.rules.threat_protection.account_takeover_lower_risk_answered

import data.cognilint.lib.param
import data.cognilint.lib.threat

params := param.values(rego.metadata.chain())

applies if threat.mode == "ENFORCED"

unknown contains ["RiskConfigurations", "-"] if not threat.pool_risk

_level := {
	"MediumAction": {"name": "medium", "accepted": params.medium},
	"LowAction": {"name": "low", "accepted": params.low},
}

# The levels whose answer is not enough.
_weak contains level if {
	some level, wanted in _level
	wanted.accepted != null
	action := threat.takeover_action(threat.pool_risk, level)
	not action in wanted.accepted
}

deny contains violation if {
	some level in _weak
	action := threat.takeover_action(threat.pool_risk, level)
	expected := concat(" or ", _level[level].accepted)
	violation := {
		"msg": sprintf("the answer to sign-ins of %s risk is %s, expected %s", [_level[level].name, _text(action), expected]),
		"path": _event_action(level),
		"actual": action,
		"expected": expected,
	}
}

_text(action) := "not set explicitly" if {
	action == null
} else := action

# The entry of the pool; without one there is nothing to edit.
_entries := [i |
	some i, risk in input.RiskConfigurations
	not risk.ClientId
]

_action(level) := ["RiskConfigurations", _entries[0], "AccountTakeoverRiskConfiguration", "Actions", level]

_event_action(level) := array.concat(_action(level), ["EventAction"]) if {
	count(_entries) > 0
} else := ["RiskConfigurations"]

# While MFA is off the answer would do nothing, and what low risk deserves is
# the owner's decision.
_fixable if {
	_weak == {"MediumAction"}
	count(_entries) > 0
	"MFA_IF_CONFIGURED" in params.medium
	input.UserPool.MfaConfiguration in {"ON", "OPTIONAL"}
}

fix contains {"op": "replace", "path": _event_action("MediumAction"), "value": "MFA_IF_CONFIGURED"} if {
	_fixable
	object.get(input, _action("MediumAction"), null) != null
}

# The API takes no action without Notify.
fix contains {"op": "replace", "path": _action("MediumAction"), "value": {"EventAction": "MFA_IF_CONFIGURED", "Notify": false}} if {
	_fixable
	object.get(input, _action("MediumAction"), null) == null
}
