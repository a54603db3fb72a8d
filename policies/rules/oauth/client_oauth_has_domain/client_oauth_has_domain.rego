# METADATA
# title: OAuth clients have a domain to talk to
# description: |
#   The client has OAuth flows, but the pool has no domain. The authorize and
#   token endpoints do not exist, so neither users nor machines get a token
#   through it.
# related_resources:
# - description: Configuring a user pool domain
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain.html
# custom:
#   id: client-oauth-has-domain
#   severity: medium
#   target: client
#   needs: [Client, UserPool.Domain, UserPool.CustomDomain]
#   applies_needs: [Client]
#   remediation: |
#     Add a domain, or switch OAuth off for the client.
#
#     Console: Domain > Actions > Create Cognito domain or Create custom domain.
#
#     AWS CLI: create-user-pool-domain with Domain, and for a domain of your own
#     CustomDomainConfig with a certificate in us-east-1. The pool itself is not
#     changed.
#
#     CloudFormation: AWS::Cognito::UserPoolDomain.
#
#     Terraform: aws_cognito_user_pool_domain.
#   waive_when: |
#     Only until the domain is added, while no application depends on the
#     flows. Otherwise not reasonable: nobody gets a token through them.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.oauth.client_oauth_has_domain

import data.cognilint.lib.client

applies if {
	client.oauth_on(input.Client)
	count(input.Client.AllowedOAuthFlows) > 0
}

_domain if {
	some member in ["Domain", "CustomDomain"]
	object.get(input.UserPool, member, "") != ""
}

deny contains violation if {
	applies
	not _domain
	violation := {
		"msg": sprintf("client %s has the flow %s, but the pool has no domain with the endpoints for it, expected a domain", [client.label(input.Client), concat(" and ", {flow | some flow in input.Client.AllowedOAuthFlows})]),
		"path": ["UserPool", "Domain"],
		"actual": null,
		"expected": "a prefix domain or a custom domain",
	}
}
