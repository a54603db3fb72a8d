# METADATA
# title: Both names of the pre token trigger agree
# description: |
#   The pool names two different functions for the pre token generation
#   trigger, in the old member and in the new one. The service refuses this,
#   also on updates that have nothing to do with it, so the pool cannot be
#   changed any more.
# related_resources:
# - description: Pre token generation Lambda trigger
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
# custom:
#   id: pre-token-trigger-consistent
#   severity: high
#   target: pool
#   needs: [UserPool.LambdaConfig]
#   guard: true
#   remediation: |
#     Let both names have the same function.
#
#     Console: Extensions > Lambda triggers, choose the function of the pre
#     token generation trigger again.
#
#     AWS CLI: take what describe-user-pool returns, set PreTokenGeneration and
#     PreTokenGenerationConfig.LambdaArn in LambdaConfig to the same ARN, with
#     all other triggers, and send every setting with update-user-pool: it
#     resets what it is not told.
#
#     CloudFormation: LambdaConfig.PreTokenGeneration and
#     PreTokenGenerationConfig.LambdaArn of AWS::Cognito::UserPool.
#
#     Terraform: lambda_config.pre_token_generation and
#     pre_token_generation_config.lambda_arn of aws_cognito_user_pool.
#   waive_when: |
#     Not reasonable: the service refuses every update of the pool, urgent
#     ones included, until both names agree.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.triggers.pre_token_trigger_consistent

_legacy := input.UserPool.LambdaConfig.PreTokenGeneration

_current := input.UserPool.LambdaConfig.PreTokenGenerationConfig.LambdaArn

applies if {
	_legacy
	_current
}

deny contains violation if {
	_legacy != _current
	violation := {
		"msg": sprintf("PreTokenGeneration names %s, expected the function of PreTokenGenerationConfig, %s", [_legacy, _current]),
		"path": ["UserPool", "LambdaConfig", "PreTokenGeneration"],
		"actual": _legacy,
		"expected": _current,
	}
}
