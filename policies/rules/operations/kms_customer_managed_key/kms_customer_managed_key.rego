# METADATA
# title: The pool is encrypted with your own key
# description: |
#   The profiles of the users are encrypted with a key of AWS. You can neither
#   see its use nor take it back, which some regulations ask of you.
# related_resources:
# - description: Data protection in Amazon Cognito
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/data-protection.html
# - description: KeyConfigurationType
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_KeyConfigurationType.html
# custom:
#   id: kms-customer-managed-key
#   severity: info
#   target: pool
#   needs: [UserPool.KeyConfiguration]
#   remediation: |
#     Create a symmetric KMS key and let its policy allow the service to use it
#     before the pool names it. The pool depends on the key from then on: whoever
#     disables or deletes it takes sign-in down.
#
#     Console: no place for the setting was known when this was written.
#
#     AWS CLI: take what describe-user-pool returns, set KeyType in
#     KeyConfiguration to CUSTOMER_MANAGED_KEY and KmsKeyArn to the key, and send
#     every setting with update-user-pool: it resets what it is not told.
#
#     CloudFormation: KeyConfiguration of AWS::Cognito::UserPool.
#
#     Terraform: aws_cognito_user_pool had no argument for it when this was
#     written.
#   waive_when: |
#     Reasonable where no contract or regulation asks for a key of your own: a
#     key of AWS encrypts the data in any case. Limit and log who may read
#     users instead.
#   fix:
#     class: manual
#     note: The key policy has to come first.
#   since: "0.1"
package cognilint.rules.operations.kms_customer_managed_key

_path := ["UserPool", "KeyConfiguration", "KeyType"]

_found := object.get(input, _path, null)

deny contains violation if {
	_found != "CUSTOMER_MANAGED_KEY"
	violation := {
		"msg": sprintf("the key type is %s, expected CUSTOMER_MANAGED_KEY", [_state]),
		"path": _path,
		"actual": _found,
		"expected": "CUSTOMER_MANAGED_KEY",
	}
}

_state := "absent, which means a key of AWS" if {
	_found == null
} else := _found
