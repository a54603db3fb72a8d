# METADATA
# title: Triggers call a version or an alias of their function
# description: |
#   A trigger calls whatever was deployed last. Each deployment of the function
#   changes sign-in for all users at once, untested in the pool, and nobody can
#   go back to the version before.
# related_resources:
# - description: Create an alias for a Lambda function
#   ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
# - description: Customizing user pool workflows with Lambda triggers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
# custom:
#   id: trigger-version-pinned
#   severity: low
#   target: pool
#   needs: [UserPool.LambdaConfig]
#   remediation: |
#     Publish a version, point an alias to it, and allow the pool to call the
#     alias (lambda add-permission with --qualifier).
#
#     Console: Extensions > Lambda triggers; where the list of functions offers
#     no aliases, use another way.
#
#     AWS CLI: describe-user-pool, then update-user-pool with every setting and
#     all triggers in LambdaConfig, with the ARN of the alias, because the call
#     replaces what it is not told. Send the ARN of the pre token generation
#     trigger in both members.
#
#     CloudFormation: the Ref of an AWS::Lambda::Alias in LambdaConfig of
#     AWS::Cognito::UserPool.
#
#     Terraform: the arn of an aws_lambda_alias in lambda_config of
#     aws_cognito_user_pool.
#   waive_when: |
#     Reasonable in pools for tests, or where every deployment is tried on
#     another pool first. The version before must then be back within minutes.
#   fix:
#     class: manual
#     note: The alias and the permission to call it have to exist first.
#   since: "0.1"
package cognilint.rules.triggers.trigger_version_pinned

import data.cognilint.lib.arn
import data.cognilint.lib.trigger

applies if count(trigger.functions) > 0

# function:name or function:name:qualifier.
_loose(function) if count(split(arn.resource(function), ":")) == 2

_loose(function) if endswith(arn.resource(function), ":$LATEST")

deny contains violation if {
	some function in trigger.functions
	_loose(function.arn)
	violation := {
		"msg": sprintf("%s calls the latest code of its function, expected a version or an alias", [function.path[2]]),
		"path": function.path,
		"actual": function.arn,
		"expected": "an ARN that ends with a version or an alias",
	}
}
