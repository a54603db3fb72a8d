# METADATA
# title: The pool has its SMS role
# description: |
#   The pool has no IAM role to send SMS with, or another one than agreed on.
#   Without a role users get no codes by SMS; another role may have other
#   rights, or an owner who removes it.
# related_resources:
# - description: SMS message settings for user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-sms-settings.html
# custom:
#   id: sms-role-configured
#   severity: info
#   target: pool
#   needs: [UserPool.SmsConfiguration]
#   params:
#     role_name:
#       type: string
#       default: EmployeeAppSMSRole
#       description: The name of the role, without its path.
#   remediation: |
#     Create the role with a trust policy for cognito-idp.amazonaws.com and an
#     external id.
#
#     Console: Authentication methods > SMS > Edit, choose the role.
#
#     AWS CLI: take what describe-user-pool returns, set SnsCallerArn and
#     ExternalId in SmsConfiguration and keep SnsRegion, and send every setting
#     with update-user-pool: it resets what it is not told. The caller needs
#     iam:PassRole for the role.
#
#     CloudFormation: SmsConfiguration.SnsCallerArn and ExternalId of
#     AWS::Cognito::UserPool, with an AWS::IAM::Role.
#
#     Terraform: sns_caller_arn and external_id in sms_configuration of
#     aws_cognito_user_pool, with an aws_iam_role.
#   waive_when: |
#     Reasonable in a pool that sends no SMS, or that uses a role of another
#     name on purpose; set role_name then. That role must allow sns:Publish
#     only.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.messaging.sms_role_configured

import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

_path := ["UserPool", "SmsConfiguration", "SnsCallerArn"]

_found := object.get(input, _path, null)

deny contains violation if {
	not _as_agreed
	violation := {
		"msg": sprintf("%s, expected %s", [_state, params.role_name]),
		"path": _path,
		"actual": _found,
		"expected": sprintf("the ARN of a role named %s", [params.role_name]),
	}
}

# The console puts the role below service-role/.
_as_agreed if {
	_found != null
	parts := split(_found, "/")
	count(parts) > 1
	parts[count(parts) - 1] == params.role_name
}

_state := "the SMS role is absent, which means no SMS through SNS" if {
	_found == null
} else := sprintf("the SMS role is %s", [_found])
