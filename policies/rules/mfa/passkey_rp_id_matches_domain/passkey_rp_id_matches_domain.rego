# METADATA
# title: Passkeys belong to the custom domain
# description: |
#   The relying party of passkeys is not the custom domain at which the login
#   pages stand. Browsers and the service refuse to use a passkey on another
#   domain, so users who chose one cannot sign in there.
# related_resources:
# - description: WebAuthnConfigurationType
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_WebAuthnConfigurationType.html
# - description: Authentication flows, passkey sign-in
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
# custom:
#   id: passkey-rp-id-matches-domain
#   severity: medium
#   target: pool
#   needs: [MfaConfig.WebAuthnConfiguration, Clients.*]
#   applies_needs: [UserPool.Policies.SignInPolicy, UserPool.CustomDomain]
#   remediation: |
#     Decide before users register passkeys: a change makes every passkey that
#     exists useless.
#
#     Console: Authentication methods > Passkey > Edit, choose the custom
#     domain as relying party.
#
#     AWS CLI: get-user-pool-mfa-config, then set-user-pool-mfa-config with the
#     custom domain as RelyingPartyId in --web-authn-configuration, the mode
#     and every other block as it was read: the call replaces the whole MFA
#     configuration.
#
#     CloudFormation: WebAuthnRelyingPartyID.
#
#     Terraform: web_authn_configuration.relying_party_id in
#     aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where passkeys are used in an application of your own, at the
#     domain of the relying party. Its users must then not be sent to the
#     login pages, or need another way to sign in there.
#   fix:
#     class: manual
#     note: A change orphans every passkey that users registered.
#   since: "0.1"
package cognilint.rules.mfa.passkey_rp_id_matches_domain

import data.cognilint.lib.client
import data.cognilint.lib.known
import data.cognilint.lib.pool

_custom_domain := input.UserPool.CustomDomain

applies if {
	"WEB_AUTHN" in pool.first_factors
	_custom_domain != ""
	_may_use_login_pages
}

_may_use_login_pages if _uses_login_pages

_may_use_login_pages if not known.complete("Clients")

_uses_login_pages if {
	some c in input.Clients
	client.managed_login(c)
}

_path := ["MfaConfig", "WebAuthnConfiguration", "RelyingPartyId"]

# Which domain the service takes then is not documented.
unknown contains _path if object.get(input, _path, null) == null

deny contains violation if {
	"WEB_AUTHN" in pool.first_factors
	_custom_domain != ""
	_uses_login_pages
	found := input.MfaConfig.WebAuthnConfiguration.RelyingPartyId
	lower(found) != lower(_custom_domain)
	violation := {
		"msg": sprintf("passkeys belong to %q but the login pages stand at %q, expected the same domain", [found, _custom_domain]),
		"path": _path,
		"actual": found,
		"expected": _custom_domain,
	}
}
