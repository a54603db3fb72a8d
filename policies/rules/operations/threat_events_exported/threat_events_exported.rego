# METADATA
# title: The events of threat protection are exported
# description: |
#   Threat protection rates sign-ins, but its decisions are kept by the service
#   only, and for a limited time. After a break-in nobody can reconstruct which
#   accounts were tried and how their risk was answered.
# related_resources:
# - description: Exporting logs from Amazon Cognito user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/exporting-quotas-and-usage.html
# - description: Advanced security with threat protection
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html
# custom:
#   id: threat-events-exported
#   severity: medium
#   target: pool
#   needs: [UserPool.UserPoolTier, UserPool.UserPoolAddOns, LogDeliveryConfiguration]
#   applies_needs: [UserPool.UserPoolAddOns]
#   remediation: |
#     Create a log group, bucket or Firehose stream first. It will hold personal
#     data, and it costs money.
#
#     Console: Log streaming, the export of user activity.
#
#     AWS CLI: aws cognito-idp set-log-delivery-configuration with EventSource
#     userAuthEvents and LogLevel INFO. The list is replaced: send the other
#     entry that get-log-delivery-configuration returns as well.
#
#     CloudFormation: AWS::Cognito::LogDeliveryConfiguration. Terraform:
#     aws_cognito_log_delivery_configuration.
#   waive_when: |
#     Reasonable where privacy rules forbid keeping the events, or accounts
#     are of low value. CloudTrail must then be kept, and whoever answers
#     incidents must know that ratings of risk are gone soon.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.operations.threat_events_exported

import data.cognilint.lib.threat

# Old pools with threat protection on LITE cannot export its events.
applies if {
	threat.mode != "OFF"
	not _below_plus
}

_below_plus if threat.tier != "PLUS"

_path := ["LogDeliveryConfiguration", "LogConfigurations"]

_exported if {
	some configuration in input.LogDeliveryConfiguration.LogConfigurations
	configuration.EventSource == "userAuthEvents"
}

unknown contains ["UserPool", "UserPoolTier"] if {
	not threat.tier
	not _exported
}

deny contains violation if {
	applies
	not _exported
	violation := {
		"msg": sprintf("threat protection is %s but its events are not exported, expected a log delivery of userAuthEvents", [threat.mode]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": "an entry with EventSource userAuthEvents",
	}
}
