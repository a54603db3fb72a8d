# METADATA
# title: The client has only some scopes of an API
# description: |
#   The client may ask for every scope that a resource server has. Scopes that
#   are always granted together protect nothing: a stolen token or credential
#   can do all that the API offers.
# related_resources:
# - description: Scopes, M2M, and resource servers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
# custom:
#   id: client-not-all-scopes
#   severity: medium
#   target: client
#   needs: [Client, ResourceServers]
#   applies_needs: [Client]
#   controls:
#     asvs-5.0: ["10.4.11"]
#   remediation: |
#     Leave the client the scopes that its application uses; split an
#     application that does everything into several clients.
#
#     Console: App clients > Login pages > Edit > Custom scopes.
#
#     AWS CLI: update-user-pool-client replaces what it is not told. Take the
#     output of describe-user-pool-client, change AllowedOAuthScopes, and send
#     every setting.
#
#     CloudFormation: AllowedOAuthScopes of AWS::Cognito::UserPoolClient.
#
#     Terraform: allowed_oauth_scopes of aws_cognito_user_pool_client.
#   waive_when: |
#     Reasonable for an application that does need the whole API, such as its
#     administration. Tokens must then be short, and the API must check the
#     rights of the user beside the scope.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.oauth.client_not_all_scopes

import data.cognilint.lib.client
import data.cognilint.lib.known

applies if client.oauth_on(input.Client)

_granted := {scope | some scope in input.Client.AllowedOAuthScopes}

# A resource server that was not read may be granted in full.
unknown contains ["ResourceServers", "-"] if {
	count(deny) == 0
	count(_granted) > 1
	not known.complete("ResourceServers")
}

deny contains violation if {
	applies
	count(_granted) > 1
	some server in input.ResourceServers
	count(server.Scopes) > 1
	every scope in server.Scopes {
		concat("/", [server.Identifier, scope.ScopeName]) in _granted
	}
	violation := {
		"msg": sprintf("client %s has all %d scopes of the resource server %s, expected only those that it uses", [client.label(input.Client), count(server.Scopes), server.Identifier]),
		"path": ["Client", "AllowedOAuthScopes"],
		"actual": input.Client.AllowedOAuthScopes,
		"expected": sprintf("not every scope of %s", [server.Identifier]),
	}
}
