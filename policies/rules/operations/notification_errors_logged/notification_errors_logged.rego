# METADATA
# title: Failed messages to users are logged
# description: |
#   The pool does not log which email and SMS it could not send. When users say
#   that their code never came, nobody can find out why, and an attack on the
#   sending of messages leaves no trace.
# related_resources:
# - description: Exporting logs from Amazon Cognito user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/exporting-quotas-and-usage.html
# custom:
#   id: notification-errors-logged
#   severity: low
#   target: pool
#   needs: [LogDeliveryConfiguration]
#   remediation: |
#     Create a log group with a retention first; its name best begins with
#     /aws/vendedlogs/, or the resource policy of the logs may grow too long.
#
#     Console: Log streaming, the export of user notifications.
#
#     AWS CLI: aws cognito-idp set-log-delivery-configuration with EventSource
#     userNotification and LogLevel ERROR. The list is replaced: send the other
#     entry that get-log-delivery-configuration returns as well.
#
#     CloudFormation: AWS::Cognito::LogDeliveryConfiguration. Terraform:
#     aws_cognito_log_delivery_configuration.
#   waive_when: |
#     Reasonable for a pool that sends no messages, or whose delivery is
#     logged by SES, SNS or your own sender function. Support must be able to
#     find the messages of a user there.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.operations.notification_errors_logged

_path := ["LogDeliveryConfiguration", "LogConfigurations"]

_logged if {
	some configuration in input.LogDeliveryConfiguration.LogConfigurations
	configuration.EventSource == "userNotification"
}

deny contains violation if {
	not _logged
	violation := {
		"msg": "messages that could not be sent are not logged, expected a log delivery of userNotification",
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": "an entry with EventSource userNotification",
	}
}
