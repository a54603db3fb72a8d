# METADATA
# title: A client uses the custom challenges
# description: |
#   The pool has all triggers for custom challenges, but no app client allows
#   the flow that calls them. It is code that nobody runs or watches, and one
#   flow in one client makes it a way to sign in.
# related_resources:
# - description: Custom authentication challenge Lambda triggers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
# custom:
#   id: custom-auth-triggers-reachable
#   severity: low
#   target: pool
#   needs: [UserPool.LambdaConfig, Clients]
#   applies_needs: [UserPool.LambdaConfig]
#   remediation: |
#     Allow ALLOW_CUSTOM_AUTH in the client that needs it, or remove the three
#     triggers.
#
#     Console: App clients, choose the client, edit the authentication flows; or
#     Extensions > Lambda triggers.
#
#     AWS CLI: update-user-pool-client with ExplicitAuthFlows, or
#     update-user-pool with LambdaConfig. Both calls replace what they are not
#     told: describe first and send every setting.
#
#     CloudFormation: ExplicitAuthFlows of AWS::Cognito::UserPoolClient, or
#     LambdaConfig of AWS::Cognito::UserPool.
#
#     Terraform: explicit_auth_flows of aws_cognito_user_pool_client, or
#     lambda_config of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable while the client that will use them is prepared, or the flow
#     is off for a time. The functions must be kept up to date, and the change
#     that opens the flow be reviewed.
#   fix:
#     class: manual
#     note: Only the owner of the pool knows whether the flow is wanted.
#   since: "0.1"
package cognilint.rules.triggers.custom_auth_triggers_reachable

import data.cognilint.lib.client
import data.cognilint.lib.known
import data.cognilint.lib.trigger

applies if trigger.custom_auth_complete

_reachable if {
	some c in input.Clients
	"ALLOW_CUSTOM_AUTH" in client.effective_flows(c)
}

unknown contains ["Clients", "-"] if {
	not _reachable
	not known.complete("Clients")
}

deny contains violation if {
	trigger.custom_auth_complete
	known.complete("Clients")
	not _reachable
	violation := {
		"msg": "no app client allows the custom challenges that the triggers define, expected one that does or no triggers",
		"path": ["UserPool", "LambdaConfig", "DefineAuthChallenge"],
		"actual": input.UserPool.LambdaConfig.DefineAuthChallenge,
		"expected": "a client with ALLOW_CUSTOM_AUTH",
	}
}
