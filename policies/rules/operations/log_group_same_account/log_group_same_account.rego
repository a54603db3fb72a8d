# METADATA
# title: Logs of the pool stay in its account
# description: |
#   The pool writes events to a log group of another account. They tell who
#   signs in from where and which codes failed; whoever owns the log group reads
#   them. For a central log account this is as it should be.
# related_resources:
# - description: Exporting logs from Amazon Cognito user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/exporting-quotas-and-usage.html
# custom:
#   id: log-group-same-account
#   severity: info
#   target: pool
#   needs: [LogDeliveryConfiguration, UserPool.Arn]
#   applies_needs: [LogDeliveryConfiguration]
#   remediation: |
#     Name a log group of the account of the pool, or leave the rule out where
#     logs are collected in another account on purpose.
#
#     Console: Log streaming.
#
#     AWS CLI: aws cognito-idp set-log-delivery-configuration with another
#     LogGroupArn. The list is replaced: send every entry that
#     get-log-delivery-configuration returns.
#
#     CloudFormation: CloudWatchLogsConfiguration.LogGroupArn of
#     AWS::Cognito::LogDeliveryConfiguration. Terraform: log_group_arn of
#     aws_cognito_log_delivery_configuration.
#   waive_when: |
#     Reasonable where the logs of the organisation are collected in one
#     account on purpose. Only those who answer incidents may read them there,
#     and a retention must be set.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.operations.log_group_same_account

import data.cognilint.lib.arn

_groups[i] := group if {
	some i, configuration in input.LogDeliveryConfiguration.LogConfigurations
	group := configuration.CloudWatchLogsConfiguration.LogGroupArn
	group != ""
}

applies if count(_groups) > 0

unknown contains ["UserPool", "Arn"] if {
	some group in _groups
	arn.undecided(group)
}

deny contains violation if {
	some i, group in _groups
	account := arn.foreign_account(group)
	violation := {
		"msg": sprintf("the log group %s belongs to account %s, expected the account of the pool, %s", [arn.resource(group), account, arn.pool_account]),
		"path": ["LogDeliveryConfiguration", "LogConfigurations", i, "CloudWatchLogsConfiguration", "LogGroupArn"],
		"actual": group,
		"expected": sprintf("a log group of account %s", [arn.pool_account]),
	}
}
