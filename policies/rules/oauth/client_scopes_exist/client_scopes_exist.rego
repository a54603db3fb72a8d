# METADATA
# title: The scopes of the client exist
# description: |
#   The client asks for a scope that is neither built in nor defined by a
#   resource server of the pool. The service refuses this: a template cannot
#   be deployed, and callers that request the scope get an error.
# related_resources:
# - description: Scopes, M2M, and resource servers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
# custom:
#   id: client-scopes-exist
#   severity: medium
#   target: client
#   needs: [Client, "ResourceServers.*"]
#   applies_needs: [Client]
#   guard: true
#   remediation: |
#     Define the scope, or remove it from the client.
#
#     Console: Domain > Resource servers, or App clients > Login pages > Edit >
#     Custom scopes.
#
#     AWS CLI: create-resource-server; for an existing one take the output of
#     describe-resource-server and send Name and all scopes, with the new one,
#     in update-resource-server. Or take the output of
#     describe-user-pool-client, shorten AllowedOAuthScopes, and send every
#     setting with update-user-pool-client: it resets what it is not told.
#
#     CloudFormation: Scopes of AWS::Cognito::UserPoolResourceServer, on which
#     the client must depend, or AllowedOAuthScopes of
#     AWS::Cognito::UserPoolClient.
#
#     Terraform: scope of aws_cognito_resource_server, whose scope_identifiers
#     the client refers to, or allowed_oauth_scopes of
#     aws_cognito_user_pool_client.
#   waive_when: |
#     Not reasonable: callers that ask for the scope get an error, and a
#     template with it cannot be deployed.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.oauth.client_scopes_exist

import data.cognilint.lib.client

applies if client.oauth_on(input.Client)

_built_in := {"openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"}

_custom := {sprintf("%s/%s", [server.Identifier, scope.ScopeName]) |
	some server in input.ResourceServers
	some scope in server.Scopes
}

deny contains violation if {
	applies
	some i, scope in input.Client.AllowedOAuthScopes
	not scope in _built_in
	not scope in _custom
	violation := {
		"msg": sprintf("client %s has the scope %s, which no resource server defines, expected a scope that exists", [client.label(input.Client), scope]),
		"path": ["Client", "AllowedOAuthScopes", i],
		"actual": scope,
		"expected": "a built-in scope, or the identifier of a resource server, a slash, and one of its scopes",
	}
}
