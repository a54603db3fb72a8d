# METADATA
# title: The SMS role belongs to the account of the pool
# description: |
#   The pool sends SMS with a role of another account. Its owner sees to whom
#   and at what price you send, and can stop your sign-in codes at any time.
# related_resources:
# - description: SMS message settings for user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-sms-settings.html
# custom:
#   id: sms-role-same-account
#   severity: medium
#   target: pool
#   needs: [UserPool.SmsConfiguration, UserPool.Arn]
#   applies_needs: [UserPool.SmsConfiguration]
#   remediation: |
#     Create a role in the account of the pool that trusts
#     cognito-idp.amazonaws.com with an external id and allows sns:Publish.
#
#     Console: choose or create the role under Authentication methods > SMS.
#
#     AWS CLI: take what describe-user-pool returns, set SnsCallerArn and
#     ExternalId in SmsConfiguration and send every setting with
#     update-user-pool: it resets what it is not told. The caller needs
#     iam:PassRole for the role.
#
#     CloudFormation: SmsConfiguration.SnsCallerArn of AWS::Cognito::UserPool.
#     Terraform: sns_caller_arn in sms_configuration of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where a central account sends and pays all SMS of the
#     organisation. Its role must trust this pool only, by external id, and
#     its owner must announce changes.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.messaging.sms_role_same_account

import data.cognilint.lib.arn

_path := ["UserPool", "SmsConfiguration", "SnsCallerArn"]

_role := object.get(input, _path, "")

applies if _role != ""

unknown contains ["UserPool", "Arn"] if arn.undecided(_role)

deny contains violation if {
	account := arn.foreign_account(_role)
	violation := {
		"msg": sprintf("the SMS role belongs to account %s, expected the account of the pool, %s", [account, arn.pool_account]),
		"path": _path,
		"actual": _role,
		"expected": sprintf("a role of account %s", [arn.pool_account]),
	}
}
