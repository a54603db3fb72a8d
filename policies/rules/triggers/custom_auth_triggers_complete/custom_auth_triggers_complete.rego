# METADATA
# title: Custom challenges have all three triggers
# description: |
#   Some of the triggers for custom challenges are set, but not all. Whoever
#   signs in that way gets an error half way: no challenge is made, or no answer
#   is ever right.
# related_resources:
# - description: Custom authentication challenge Lambda triggers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
# custom:
#   id: custom-auth-triggers-complete
#   severity: medium
#   target: pool
#   needs: [UserPool.LambdaConfig]
#   remediation: |
#     Add the missing functions, or remove the others if nobody uses the flow.
#
#     Console: Extensions > Lambda triggers, add a Lambda trigger, custom
#     authentication.
#
#     AWS CLI: describe-user-pool, then update-user-pool with every setting and
#     all triggers in LambdaConfig, because the call replaces what it is not
#     told. Allow the pool to call the functions (lambda add-permission).
#
#     CloudFormation: DefineAuthChallenge, CreateAuthChallenge and
#     VerifyAuthChallengeResponse in LambdaConfig of AWS::Cognito::UserPool.
#
#     Terraform: define_auth_challenge, create_auth_challenge and
#     verify_auth_challenge_response in lambda_config of aws_cognito_user_pool.
#   waive_when: |
#     Only while the missing function is being written and no client allows
#     ALLOW_CUSTOM_AUTH. Otherwise not reasonable: users get an error half
#     way.
#   fix:
#     class: manual
#     note: The missing functions have to be written first.
#   since: "0.1"
package cognilint.rules.triggers.custom_auth_triggers_complete

import data.cognilint.lib.trigger

applies if count(trigger.custom_auth) > 0

_missing := {"DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"} - trigger.custom_auth

deny contains violation if {
	count(trigger.custom_auth) > 0
	some name in _missing
	violation := {
		"msg": sprintf("%s is not set beside %s, expected all three triggers of custom challenges", [name, concat(" and ", trigger.custom_auth)]),
		"path": ["UserPool", "LambdaConfig", name],
		"actual": null,
		"expected": "the ARN of a function",
	}
}
