# METADATA
# title: OAuth settings of the client are in force
# description: |
#   The client lists OAuth flows, scopes or callbacks, but OAuth is switched
#   off for it. The settings do nothing, and somebody believes that login pages
#   or machine access are configured.
# related_resources:
# - description: Application-specific settings with app clients
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
# custom:
#   id: client-oauth-flags-consistent
#   severity: low
#   target: client
#   needs: [Client]
#   remediation: |
#     Decide whether the client shall use OAuth. Switch it on, or remove flows,
#     scopes and callbacks; switching it on opens the login pages for the client.
#
#     Console: App clients > Login pages > Edit.
#
#     AWS CLI: update-user-pool-client replaces what it is not told. Take the
#     output of describe-user-pool-client, change
#     AllowedOAuthFlowsUserPoolClient or the three lists, and send every setting.
#
#     CloudFormation: AllowedOAuthFlowsUserPoolClient of
#     AWS::Cognito::UserPoolClient.
#
#     Terraform: allowed_oauth_flows_user_pool_client of
#     aws_cognito_user_pool_client.
#   waive_when: |
#     Reasonable while OAuth is being prepared for the client, or switched off
#     for a time. Review flows, scopes and callbacks before somebody switches
#     it on.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.oauth.client_oauth_flags_consistent

import data.cognilint.lib.client

_members := {"AllowedOAuthFlows": "flows", "AllowedOAuthScopes": "scopes", "CallbackURLs": "callbacks"}

_listed contains name if {
	some member, name in _members
	count(input.Client[member]) > 0
}

deny contains violation if {
	not client.oauth_on(input.Client)
	count(_listed) > 0
	found := object.get(input.Client, "AllowedOAuthFlowsUserPoolClient", null)
	violation := {
		"msg": sprintf("client %s lists %s, but OAuth is %s, expected it on or nothing listed", [client.label(input.Client), concat(" and ", _listed), _state(found)]),
		"path": ["Client", "AllowedOAuthFlowsUserPoolClient"],
		"actual": found,
		"expected": true,
	}
}

_state(found) := "not set, which means off" if {
	found == null
} else := "off"
