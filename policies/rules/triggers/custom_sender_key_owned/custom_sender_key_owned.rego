# METADATA
# title: Custom sender triggers use a key of this account
# description: |
#   The triggers that send messages receive codes and temporary passwords
#   encrypted with a KMS key. Without a key the trigger cannot work; with a key
#   of another account, that account decides who can read the codes and
#   whether users get them.
# related_resources:
# - description: Custom sender Lambda triggers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sender-triggers.html
# custom:
#   id: custom-sender-key-owned
#   severity: medium
#   target: pool
#   needs: [UserPool.LambdaConfig, UserPool.Arn]
#   applies_needs: [UserPool.LambdaConfig]
#   guard: true
#   remediation: |
#     Create a symmetric key in the account of the pool and allow the function
#     to decrypt with it before the pool names it.
#
#     Console: Extensions > Lambda triggers, choose the custom sender trigger;
#     where no key can be chosen there, use the AWS CLI.
#
#     AWS CLI: take what describe-user-pool returns, set KMSKeyID in
#     LambdaConfig to the ARN of the key, with all triggers, and send every
#     setting with update-user-pool: it resets what it is not told.
#
#     CloudFormation: LambdaConfig.KMSKeyID of AWS::Cognito::UserPool.
#
#     Terraform: lambda_config.kms_key_id of aws_cognito_user_pool.
#   waive_when: |
#     Not reasonable without a key: no message can be sent. A key of a central
#     account is the one exception; its policy must then let only the service
#     and the function use it, and its owner must announce changes.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.triggers.custom_sender_key_owned

import data.cognilint.lib.arn

_triggers contains name if {
	some name in ["CustomSMSSender", "CustomEmailSender"]
	input.UserPool.LambdaConfig[name]
}

applies if count(_triggers) > 0

_path := ["UserPool", "LambdaConfig", "KMSKeyID"]

_key := object.get(input, _path, "")

# A bare key id carries no account and means the pool's own.
unknown contains ["UserPool", "Arn"] if {
	applies
	arn.undecided(_key)
}

deny contains violation if {
	applies
	_key == ""
	violation := {
		"msg": sprintf("no KMS key encrypts the messages of %s, expected a key of the account of the pool", [concat(" and ", _triggers)]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": "the ARN of a KMS key in the account of the pool",
	}
}

deny contains violation if {
	applies
	account := arn.foreign_account(_key)
	violation := {
		"msg": sprintf("the KMS key of %s belongs to account %s, expected a key of account %s", [concat(" and ", _triggers), account, arn.pool_account]),
		"path": _path,
		"actual": _key,
		"expected": sprintf("the ARN of a KMS key in account %s", [arn.pool_account]),
	}
}
