# METADATA
# title: Users sign in at a domain of their own
# description: |
#   The login pages have a name below amazoncognito.com that anybody could have
#   registered. Users cannot tell it from a copy, and learn to type their
#   password into pages of strangers.
# related_resources:
# - description: Using your own domain for managed login
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html
# - description: Using the Amazon Cognito prefix domain for managed login
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html
# custom:
#   id: domain-custom
#   severity: info
#   target: pool
#   needs: [UserPool.Domain, UserPool.CustomDomain, Clients]
#   applies_needs: [UserPool.Domain, UserPool.CustomDomain]
#   remediation: |
#     Add a custom domain beside the prefix, move the applications and the
#     identity providers to it, then delete the prefix.
#
#     Console: Domain > Actions > Create custom domain.
#
#     AWS CLI: create-user-pool-domain with Domain and CustomDomainConfig. The
#     certificate must be in us-east-1; afterwards point the name at the
#     CloudFront distribution in the answer.
#
#     CloudFormation: CustomDomainConfig of AWS::Cognito::UserPoolDomain.
#
#     Terraform: certificate_arn of aws_cognito_user_pool_domain.
#   waive_when: |
#     Reasonable for pools of machines, tests and internal tools. Where people
#     sign in, they must come from links of your applications, and passkeys or
#     required MFA must limit the harm of a copied page.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.domain.domain_custom

import data.cognilint.lib.client
import data.cognilint.lib.known

_prefix := object.get(input.UserPool, "Domain", "")

_custom := object.get(input.UserPool, "CustomDomain", "")

_login_pages if {
	some c in input.Clients
	client.managed_login(c)
}

applies if {
	_domain
	not _no_login_pages
}

_domain if _prefix != ""

_domain if _custom != ""

_no_login_pages if {
	known.complete("Clients")
	not _login_pages
}

# Only a client that was not read can use the login pages.
unknown contains ["Clients", "-"] if {
	_custom == ""
	not _login_pages
}

deny contains violation if {
	applies
	_login_pages
	_custom == ""
	violation := {
		"msg": sprintf("users sign in at the prefix domain %s of the service, expected a custom domain", [_prefix]),
		"path": ["UserPool", "CustomDomain"],
		"actual": null,
		"expected": "a domain of your own",
	}
}
