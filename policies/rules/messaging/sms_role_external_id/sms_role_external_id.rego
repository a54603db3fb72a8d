# METADATA
# title: The SMS role is used with an external id
# description: |
#   The pool assumes its SMS role without an external id, so the role cannot
#   tell this pool from one of another customer. Whoever knows the ARN of the
#   role may get the service to send SMS on your bill.
# related_resources:
# - description: SMS message settings for user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-sms-settings.html
# - description: The confused deputy problem
#   ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
# custom:
#   id: sms-role-external-id
#   severity: medium
#   target: pool
#   needs: [UserPool.SmsConfiguration]
#   remediation: |
#     Change the pool first and the trust policy of the role after it, or every
#     SMS fails in between. The policy then requires sts:ExternalId.
#
#     Console: let Authentication methods > SMS create a new role; it gets an
#     external id.
#
#     AWS CLI: take what describe-user-pool returns, add ExternalId to
#     SmsConfiguration and send every setting with update-user-pool: it resets
#     what it is not told. Then aws iam update-assume-role-policy.
#
#     CloudFormation: SmsConfiguration.ExternalId of AWS::Cognito::UserPool.
#     Terraform: external_id in sms_configuration of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where the trust policy of the role names this pool
#     (aws:SourceArn) or its account (aws:SourceAccount), so that no other
#     pool can use it.
#   fix:
#     class: manual
#     note: The trust policy of the role has to change together with the pool.
#   since: "0.1"
package cognilint.rules.messaging.sms_role_external_id

_role := object.get(input, ["UserPool", "SmsConfiguration", "SnsCallerArn"], "")

applies if _role != ""

_path := ["UserPool", "SmsConfiguration", "ExternalId"]

deny contains violation if {
	applies
	object.get(input, _path, "") == ""
	violation := {
		"msg": sprintf("the SMS role %s is used without an external id, expected one", [_role]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": "an external id that the trust policy of the role requires",
	}
}
