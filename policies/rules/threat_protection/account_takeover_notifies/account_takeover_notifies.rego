# METADATA
# title: Users are told about risky sign-ins
# description: |
#   Threat protection answers sign-ins of high or medium risk without telling
#   the user. Only the user knows whether it was a stranger or a new device,
#   and hears nothing of it.
# related_resources:
# - description: Working with adaptive authentication
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-adaptive-authentication.html
# custom:
#   id: account-takeover-notifies
#   severity: low
#   target: pool
#   needs: [RiskConfigurations, UserPool.UserPoolAddOns]
#   applies_needs: [UserPool.UserPoolAddOns]
#   controls:
#     asvs-5.0: ["6.3.5"]
#   remediation: |
#     Console: select "Notify user" for high and medium risk under Threat
#     protection > Adaptive authentication, and set up the email messages there.
#
#     AWS CLI: describe-risk-configuration, then set-risk-configuration with
#     everything it returned, Notify true in HighAction and MediumAction, and
#     an SES identity as NotifyConfiguration.SourceArn; the call resets what it
#     is not told.
#
#     CloudFormation: Notify in AccountTakeoverRiskConfiguration.Actions of
#     AWS::Cognito::UserPoolRiskConfigurationAttachment.
#
#     Terraform: notify in high_action and medium_action, and
#     notify_configuration, of aws_cognito_risk_configuration.
#   waive_when: |
#     Reasonable where users cannot be reached by email, or a security team
#     looks at these sign-ins and calls the users. The events must be exported
#     for that (threat-events-exported).
#   fix:
#     class: disruptive
#     note: |
#       Users get email about risky sign-ins, false alarms included. Only a pool
#       whose notifications have a sender is changed.
#   since: "0.1"
package cognilint.rules.threat_protection.account_takeover_notifies

import data.cognilint.lib.threat

applies if threat.mode == "ENFORCED"

unknown contains ["RiskConfigurations", "-"] if not threat.pool_risk

_risk_of := {"HighAction": "high", "MediumAction": "medium"}

_takeover := threat.pool_risk.AccountTakeoverRiskConfiguration

_path(level) := [["RiskConfigurations", i, "AccountTakeoverRiskConfiguration", "Actions", level, "Notify"] |
	some i, risk in input.RiskConfigurations
	not risk.ClientId
][0]

_silent contains level if {
	some level, _ in _risk_of
	action := _takeover.Actions[level]
	object.get(action, "Notify", false) != true
}

deny contains violation if {
	some level in _silent
	violation := {
		"msg": sprintf("users are not told about sign-ins of %s risk, expected a notification", [_risk_of[level]]),
		"path": _path(level),
		"actual": object.get(_takeover, ["Actions", level, "Notify"], null),
		"expected": true,
	}
}

fix contains {"op": "replace", "path": _path(level), "value": true} if {
	object.get(_takeover, ["NotifyConfiguration", "SourceArn"], "") != ""
	some level in _silent
}
