# METADATA
# title: The domain has a use
# description: |
#   The pool has a domain, but no app client uses OAuth and no link or passkey
#   needs it. Public pages for sign-in and sign-up that nobody looks after are
#   a target for strangers.
# related_resources:
# - description: User pool managed login
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-managed-login.html
# - description: Configuring a user pool domain
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain.html
# custom:
#   id: domain-unused
#   severity: low
#   target: pool
#   needs: [UserPool.Domain, UserPool.CustomDomain, UserPool.VerificationMessageTemplate, UserPool.Policies, "Clients.*", MfaConfig]
#   applies_needs: [UserPool.Domain, UserPool.CustomDomain]
#   remediation: |
#     Delete the domain if no application is going to use it. Make sure that no
#     service outside the pool calls it, and know that others can take a prefix
#     that was given up.
#
#     Console: Domain > Actions > Delete.
#
#     AWS CLI: delete-user-pool-domain.
#
#     CloudFormation: remove AWS::Cognito::UserPoolDomain.
#
#     Terraform: remove aws_cognito_user_pool_domain.
#   waive_when: |
#     Reasonable for a domain that waits for an application, or whose prefix
#     nobody else shall get. Keep sign-up closed meanwhile, and review every
#     client that switches OAuth on.
#   fix:
#     class: manual
#     note: Deleting a domain frees its prefix for others.
#   since: "0.1"
package cognilint.rules.domain.domain_unused

import data.cognilint.lib.client
import data.cognilint.lib.url

_domains[member] := name if {
	some member in ["Domain", "CustomDomain"]
	name := object.get(input.UserPool, member, "")
	name != ""
}

applies if count(_domains) > 0

_used if {
	some c in input.Clients
	client.oauth_on(c)
}

_used if input.UserPool.VerificationMessageTemplate.DefaultEmailOption == "CONFIRM_WITH_LINK"

_relying_party := input.MfaConfig.WebAuthnConfiguration.RelyingPartyId

# Passkeys without a relying party may belong to the domain.
_used if {
	"WEB_AUTHN" in client.first_factors
	not _relying_party
}

_used if url.within(_domains.CustomDomain, _relying_party)

# As in example.auth.eu-west-1.amazoncognito.com.
_used if startswith(lower(_relying_party), sprintf("%s.auth", [lower(_domains.Domain)]))

deny contains violation if {
	not _used
	some member, name in _domains
	violation := {
		"msg": sprintf("no app client with OAuth, verification link or passkey uses the domain %s, expected no domain", [name]),
		"path": ["UserPool", member],
		"actual": name,
		"expected": null,
	}
}
