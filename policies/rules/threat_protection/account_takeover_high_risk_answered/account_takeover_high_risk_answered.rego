# METADATA
# title: Sign-ins of high risk are answered
# description: |
#   Threat protection is enforced, but a sign-in that it rates as high risk goes
#   through. The service recognises the stranger and lets them into the account.
# related_resources:
# - description: Working with adaptive authentication
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-adaptive-authentication.html
# custom:
#   id: account-takeover-high-risk-answered
#   severity: high
#   target: pool
#   needs: [RiskConfigurations, UserPool.UserPoolAddOns]
#   applies_needs: [UserPool.UserPoolAddOns]
#   params:
#     accepted:
#       type: array
#       enum: [BLOCK, MFA_REQUIRED, MFA_IF_CONFIGURED, NO_ACTION]
#       default: [BLOCK, MFA_REQUIRED]
#       description: |
#         The answers that are enough, of BLOCK, MFA_REQUIRED, MFA_IF_CONFIGURED
#         and NO_ACTION.
#   controls:
#     asvs-5.0: ["6.3.1"]
#   remediation: |
#     Console: choose "Block sign-in" or "Require MFA" for high risk under
#     Threat protection > Adaptive authentication.
#
#     AWS CLI: describe-risk-configuration, then set-risk-configuration with
#     everything it returned and HighAction.EventAction in
#     AccountTakeoverRiskConfiguration.Actions; the call resets what it is not
#     told.
#
#     CloudFormation: AccountTakeoverRiskConfiguration of
#     AWS::Cognito::UserPoolRiskConfigurationAttachment with ClientId ALL.
#
#     Terraform: high_action in account_takeover_risk_configuration of
#     aws_cognito_risk_configuration without client_id.
#   waive_when: |
#     Only for the first weeks, while false alarms are counted. MFA must be
#     required meanwhile, and somebody must look at sign-ins of high risk
#     every day.
#   fix:
#     class: disruptive
#     note: Users whose sign-in is rated as high risk, rightly or not, are locked out.
#   since: "0.1"
package cognilint.rules.threat_protection.account_takeover_high_risk_answered

import data.cognilint.lib.param
import data.cognilint.lib.threat

params := param.values(rego.metadata.chain())

applies if threat.mode == "ENFORCED"

unknown contains ["RiskConfigurations", "-"] if not threat.pool_risk

deny contains violation if {
	action := threat.takeover_action(threat.pool_risk, "HighAction")
	not action in params.accepted
	violation := {
		"msg": sprintf("the answer to sign-ins of high risk is %s, expected %s", [_text(action), _expected]),
		"path": _event_action,
		"actual": action,
		"expected": _expected,
	}
}

_text(action) := "not set explicitly" if {
	action == null
} else := action

_expected := concat(" or ", params.accepted)

# The entry of the pool; without one there is nothing to edit.
_entries := [i |
	some i, risk in input.RiskConfigurations
	not risk.ClientId
]

_high := ["RiskConfigurations", _entries[0], "AccountTakeoverRiskConfiguration", "Actions", "HighAction"]

_event_action := array.concat(_high, ["EventAction"]) if {
	count(_entries) > 0
} else := ["RiskConfigurations"]

_fixable if {
	count(deny) > 0
	count(_entries) > 0
	"BLOCK" in params.accepted
}

fix contains {"op": "replace", "path": _event_action, "value": "BLOCK"} if {
	_fixable
	object.get(input, _high, null) != null
}

# The API takes no action without Notify.
fix contains {"op": "replace", "path": _high, "value": {"EventAction": "BLOCK", "Notify": false}} if {
	_fixable
	object.get(input, _high, null) == null
}
