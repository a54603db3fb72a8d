# METADATA
# title: Login pages do not grant the profile scope
# description: |
#   Tokens from the login pages may carry aws.cognito.signin.user.admin, with
#   which a script in the browser that gets hold of one can change the profile
#   and the second factors of the user. Tokens of sign-in through the API carry
#   the scope in any case.
# related_resources:
# - description: Scopes, M2M, and resource servers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
# custom:
#   id: client-no-user-admin-scope
#   severity: low
#   target: client
#   needs: [Client]
#   controls:
#     asvs-5.0: ["10.4.11"]
#   remediation: |
#     Remove the scope unless the application lets users edit their own profile
#     with these tokens.
#
#     Console: App clients > Login pages > Edit > OpenID Connect scopes.
#
#     AWS CLI: update-user-pool-client replaces what it is not told. Take the
#     output of describe-user-pool-client, change AllowedOAuthScopes, and send
#     every setting.
#
#     CloudFormation: AllowedOAuthScopes of AWS::Cognito::UserPoolClient.
#
#     Terraform: allowed_oauth_scopes of aws_cognito_user_pool_client.
#   waive_when: |
#     Reasonable where users edit their profile or factors with these tokens.
#     Access tokens must then be short and out of reach of foreign scripts,
#     and the client needs a short list of writable attributes.
#   fix:
#     class: disruptive
#     note: |
#       Applications that read or change the profile, the password or the
#       factors of the user with tokens from the login pages get an error, and
#       so do those that ask for the scope by name. Not fixed if no scope would
#       be left.
#   since: "0.1"
package cognilint.rules.oauth.client_no_user_admin_scope

import data.cognilint.lib.client

_path := ["Client", "AllowedOAuthScopes"]

_scope := "aws.cognito.signin.user.admin"

applies if client.managed_login(input.Client)

deny contains violation if {
	applies
	some i, found in input.Client.AllowedOAuthScopes
	found == _scope
	violation := {
		"msg": sprintf("client %s grants %s on the login pages, expected tokens that cannot change the profile (sign-in through the API grants it anyway)", [client.label(input.Client), _scope]),
		"path": array.concat(_path, [i]),
		"actual": _scope,
		"expected": sprintf("no %s", [_scope]),
	}
}

# OAuth needs a scope.
fix contains {"op": "remove", "path": _path, "value": _scope} if {
	count(deny) > 0
	some other in input.Client.AllowedOAuthScopes
	other != _scope
}
