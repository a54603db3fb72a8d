# METADATA
# title: Risk notifications have a sender
# description: |
#   The risk configuration wants users to be told about risky sign-ins, but
#   names no SES identity to send from. Nobody is told, and the service refuses
#   the configuration when it is written again.
# related_resources:
# - description: Adaptive authentication
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-adaptive-authentication.html
# custom:
#   id: risk-notify-has-sender
#   severity: medium
#   target: risk_configuration
#   needs: [RiskConfiguration]
#   guard: true
#   remediation: |
#     Name an SES identity, or switch the notification off.
#
#     Console: Threat protection > Adaptive authentication > Email
#     notifications.
#
#     AWS CLI: describe-risk-configuration, then set-risk-configuration with
#     SourceArn in NotifyConfiguration of AccountTakeoverRiskConfiguration and
#     the rest of the configuration: the call replaces what it is not told.
#     Give the client id where the configuration is that of a client.
#
#     CloudFormation:
#     AccountTakeoverRiskConfiguration.NotifyConfiguration.SourceArn of
#     AWS::Cognito::UserPoolRiskConfigurationAttachment.
#
#     Terraform:
#     account_takeover_risk_configuration.notify_configuration.source_arn of
#     aws_cognito_risk_configuration.
#   waive_when: |
#     Not reasonable: no user is ever told, and the service refuses the
#     configuration when it is written again. Name a sender, or switch the
#     notification off.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.threat_protection.risk_notify_has_sender

_takeover := input.RiskConfiguration.AccountTakeoverRiskConfiguration

_notifying contains name if {
	some name, action in _takeover.Actions
	action.Notify == true
}

applies if count(_notifying) > 0

_owner := sprintf("client %s", [input.RiskConfiguration.ClientId]) if {
	input.RiskConfiguration.ClientId
} else := "the pool"

deny contains violation if {
	applies
	object.get(_takeover, ["NotifyConfiguration", "SourceArn"], "") == ""
	violation := {
		"msg": sprintf("the risk configuration of %s notifies users (%s) without a sender, expected the ARN of an SES identity", [_owner, concat(", ", _notifying)]),
		"path": ["RiskConfiguration", "AccountTakeoverRiskConfiguration", "NotifyConfiguration", "SourceArn"],
		"actual": object.get(_takeover, ["NotifyConfiguration", "SourceArn"], null),
		"expected": "the ARN of an SES identity",
	}
}
