# METADATA
# title: Passkeys belong to a host, not to a whole domain
# description: |
#   The relying party of passkeys is a domain as it is bought. Each page on
#   each subdomain of the organisation may then ask for the passkeys of this
#   pool, also a forgotten or taken over one.
# related_resources:
# - description: WebAuthnConfigurationType
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_WebAuthnConfigurationType.html
# - description: Authentication flows, passkey sign-in
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
# custom:
#   id: passkey-rp-id-narrow
#   severity: low
#   target: pool
#   needs: [MfaConfig.WebAuthnConfiguration, Clients.*]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   remediation: |
#     Decide before users register passkeys: a change makes every passkey that
#     exists useless. Choose the host of the login form, such as
#     login.example.com.
#
#     Console: Authentication methods > Passkey > Edit, set the relying party.
#
#     AWS CLI: get-user-pool-mfa-config, then set-user-pool-mfa-config with
#     RelyingPartyId in --web-authn-configuration, the mode and every other
#     block as it was read: the call replaces the whole MFA configuration.
#
#     CloudFormation: WebAuthnRelyingPartyID.
#
#     Terraform: web_authn_configuration.relying_party_id in
#     aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where several hosts use the same passkeys, or users have
#     registered theirs already. No stranger may then have a page below the
#     domain, and forgotten DNS names must be found and removed.
#   fix:
#     class: manual
#     note: A change orphans every passkey that users registered.
#   since: "0.1"
package cognilint.rules.mfa.passkey_rp_id_narrow

import data.cognilint.lib.client
import data.cognilint.lib.pool
import data.cognilint.lib.url

# On the login pages the relying party is given by their domain.
applies if {
	"WEB_AUTHN" in pool.first_factors
	not _uses_login_pages
}

_uses_login_pages if {
	some c in input.Clients
	client.managed_login(c)
}

_path := ["MfaConfig", "WebAuthnConfiguration", "RelyingPartyId"]

# Which domain the service takes then is not documented.
unknown contains _path if object.get(input, _path, null) == null

deny contains violation if {
	"WEB_AUTHN" in pool.first_factors
	not _uses_login_pages
	found := input.MfaConfig.WebAuthnConfiguration.RelyingPartyId
	url.registrable(found)
	violation := {
		"msg": sprintf("passkeys belong to the whole domain %q, expected the host of the login form, such as %q", [found, concat(".", ["login", found])]),
		"path": _path,
		"actual": found,
		"expected": "a name below the domain",
	}
}
