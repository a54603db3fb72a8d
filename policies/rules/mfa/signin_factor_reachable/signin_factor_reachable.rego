# METADATA
# title: Users can choose the first factors on offer
# description: |
#   The sign-in policy allows passkeys or one-time passwords, but it acts in
#   choice-based sign-in only, and no app client and no login page offers that.
#   The setting is dead: users still need their password.
# related_resources:
# - description: Manage authentication methods in AWS SDKs
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-sdk.html
# - description: Configure authentication methods for managed login
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-managedlogin.html
# custom:
#   id: signin-factor-reachable
#   severity: low
#   target: pool
#   needs: [UserPool.Policies.SignInPolicy, Clients.*, Domains.*]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   remediation: |
#     Offer choice-based sign-in, or take the factors off the list.
#
#     Console: App clients > your client > Edit, choose "Choice-based sign-in",
#     or set the branding version of the domain to managed login under Domain.
#     To drop the factors: Sign-in > Options for choice-based sign-in.
#
#     AWS CLI: describe-user-pool-client, then update-user-pool-client with
#     ALLOW_USER_AUTH added to the flows and every other setting of the client;
#     or describe-user-pool-domain, then update-user-pool-domain with
#     --managed-login-version 2. The calls replace what they are not told.
#
#     CloudFormation: ExplicitAuthFlows of the client, or ManagedLoginVersion: 2
#     of AWS::Cognito::UserPoolDomain.
#
#     Terraform: explicit_auth_flows in aws_cognito_user_pool_client, or
#     managed_login_version = 2 in aws_cognito_user_pool_domain.
#   waive_when: |
#     Reasonable while the client that will offer the choice is being built.
#     Nobody may count on these factors until then.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.mfa.signin_factor_reachable

import data.cognilint.lib.client

_path := ["UserPool", "Policies", "SignInPolicy", "AllowedFirstAuthFactors"]

_beyond_passwords := {factor | some factor in client.first_factors} - {"PASSWORD"}

applies if count(_beyond_passwords) > 0

_reachable if {
	some c in input.Clients
	"ALLOW_USER_AUTH" in client.effective_flows(c)
}

_reachable if {
	some domain in input.Domains
	domain.ManagedLoginVersion == 2
}

# What a domain without the member shows to users is not documented.
_versionless contains i if {
	some i, domain in input.Domains
	not domain.ManagedLoginVersion
}

unknown contains ["Domains", i, "ManagedLoginVersion"] if {
	not _reachable
	some i in _versionless
}

deny contains violation if {
	not _reachable
	count(_versionless) == 0
	violation := {
		"msg": sprintf("%s cannot be chosen, expected an app client with ALLOW_USER_AUTH or a domain with managed login (version 2)", [concat(", ", _beyond_passwords)]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": "only PASSWORD, or a way to choose",
	}
}
