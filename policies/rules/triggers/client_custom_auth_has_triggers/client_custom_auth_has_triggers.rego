# METADATA
# title: Clients with custom challenges have the triggers for them
# description: |
#   The client allows custom challenges, but the pool has no trigger that
#   defines them. Users who sign in that way get an error, and a trigger that is
#   added for another client opens a way in here, too.
# related_resources:
# - description: Custom authentication challenge Lambda triggers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
# custom:
#   id: client-custom-auth-has-triggers
#   severity: low
#   target: client
#   needs: [Client, UserPool.LambdaConfig]
#   applies_needs: [Client]
#   remediation: |
#     Take the flow out of the client, or add the triggers to the pool if it is
#     wanted. Never leave the list empty: that means the default flows.
#
#     Console: App clients, choose the client, edit the app client information,
#     authentication flows.
#
#     AWS CLI: describe-user-pool-client, then update-user-pool-client with
#     every setting and ExplicitAuthFlows without ALLOW_CUSTOM_AUTH, because the
#     call replaces what it is not told.
#
#     CloudFormation: ExplicitAuthFlows of AWS::Cognito::UserPoolClient.
#
#     Terraform: explicit_auth_flows of aws_cognito_user_pool_client.
#   waive_when: |
#     Reasonable while the triggers are being written, in a client that no
#     released application uses. Whoever adds them to the pool must know that
#     they open this client.
#   fix:
#     class: safe
#     note: |
#       Nobody could sign in with the flow. Only applied if the client has
#       another way to sign in.
#   since: "0.1"
package cognilint.rules.triggers.client_custom_auth_has_triggers

import data.cognilint.lib.client

_flow := "ALLOW_CUSTOM_AUTH"

_path := ["Client", "ExplicitAuthFlows"]

# The default flows hold it too, but nobody chose it there.
applies if count(object.get(input, _path, [])) > 0

deny contains violation if {
	_flow in input.Client.ExplicitAuthFlows
	not input.UserPool.LambdaConfig.DefineAuthChallenge
	violation := {
		"msg": sprintf("client %s allows custom challenges, which no trigger of the pool defines, expected DefineAuthChallenge or no such flow", [client.label(input.Client)]),
		"path": _path,
		"actual": input.Client.ExplicitAuthFlows,
		"expected": "a list without ALLOW_CUSTOM_AUTH",
	}
}

# An empty list would mean the default flows, and a client without another way
# in rather lacks the triggers.
fix contains {"op": "remove", "path": _path, "value": _flow} if {
	count(deny) > 0
	count({flow | some flow in input.Client.ExplicitAuthFlows} - {_flow}) > 0
	client.kind(input.Client) != "inert"
}
