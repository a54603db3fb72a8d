# METADATA
# title: Scopes are named after what they allow
# description: |
#   A scope of the resource server stands for everything. Whoever gets a token
#   for one task gets it for all of them, and owners of clients cannot choose
#   less.
# related_resources:
# - description: Scopes, M2M, and resource servers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
# custom:
#   id: resource-server-scope-names-specific
#   severity: low
#   target: resource_server
#   needs: [ResourceServer]
#   params:
#     names:
#       type: array
#       default: ["*", all, full, any, admin]
#       description: Names that say nothing about what is allowed; letter case does not matter.
#   controls:
#     asvs-5.0: ["10.4.11"]
#   remediation: |
#     Add a scope for each kind of access, move the clients and the API to them,
#     then remove the broad one. Clients depend on the name of a scope: a
#     removed one breaks those that still ask for it.
#
#     Console: Domain > Resource servers > Edit > Custom scopes.
#
#     AWS CLI: update-resource-server replaces the list of scopes. Take the
#     output of describe-resource-server and send Name and all scopes.
#
#     CloudFormation: Scopes of AWS::Cognito::UserPoolResourceServer.
#
#     Terraform: scope of aws_cognito_resource_server.
#   waive_when: |
#     Reasonable where the API does one thing only, or the word is the name of
#     something narrow. Otherwise the API must check by itself what each
#     caller may do.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.oauth.resource_server_scope_names_specific

import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

_names := {lower(name) | some name in params.names}

deny contains violation if {
	some i, scope in input.ResourceServer.Scopes
	lower(scope.ScopeName) in _names
	violation := {
		"msg": sprintf("resource server %s has the scope %s, expected names of what they allow", [input.ResourceServer.Identifier, scope.ScopeName]),
		"path": ["ResourceServer", "Scopes", i, "ScopeName"],
		"actual": scope.ScopeName,
		"expected": "the name of one kind of access",
	}
}
