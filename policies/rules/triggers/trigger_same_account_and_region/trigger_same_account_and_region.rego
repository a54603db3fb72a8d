# METADATA
# title: Triggers call functions of the same account and Region
# description: |
#   A trigger calls a function of another account or Region. Its code sees
#   sign-ins, and often passwords and codes, and decides about them, outside the
#   control and the logs of the account that owns the users.
# related_resources:
# - description: Customizing user pool workflows with Lambda triggers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
# custom:
#   id: trigger-same-account-and-region
#   severity: medium
#   target: pool
#   needs: [UserPool.LambdaConfig, UserPool.Arn]
#   applies_needs: [UserPool.LambdaConfig]
#   remediation: |
#     Deploy the function beside the pool and allow the pool to call it (lambda
#     add-permission with the ARN of the pool as source).
#
#     Console: Extensions > Lambda triggers, choose the trigger, choose the
#     function.
#
#     AWS CLI: describe-user-pool, then update-user-pool with every setting and
#     all triggers in LambdaConfig, because the call replaces what it is not
#     told. Send the ARN of the pre token generation trigger in both members.
#
#     CloudFormation: LambdaConfig of AWS::Cognito::UserPool.
#
#     Terraform: lambda_config of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where a central team runs the function for all pools. It must
#     accept calls of this pool only (aws:SourceArn), changes to it must be
#     reviewed, and you must see its logs.
#   fix:
#     class: manual
#     note: The function has to exist in the account first.
#   since: "0.1"
package cognilint.rules.triggers.trigger_same_account_and_region

import data.cognilint.lib.arn
import data.cognilint.lib.trigger

applies if count(trigger.functions) > 0

unknown contains ["UserPool", "Arn"] if {
	some function in trigger.functions
	arn.undecided(function.arn)
}

_foreign(function) := array.concat(
	[sprintf("account %s", [account]) | account := arn.foreign_account(function)],
	[sprintf("Region %s", [region]) | region := arn.foreign_region(function)],
)

deny contains violation if {
	some function in trigger.functions
	foreign := _foreign(function.arn)
	count(foreign) > 0
	violation := {
		"msg": sprintf("%s calls a function of %s, expected one in the account and Region of the pool", [function.path[2], concat(" and ", foreign)]),
		"path": function.path,
		"actual": function.arn,
		"expected": "a function in the account and Region of the pool",
	}
}
