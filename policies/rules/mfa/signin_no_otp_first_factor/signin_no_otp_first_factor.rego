# METADATA
# title: A code alone does not sign in
# description: |
#   Users may sign in with nothing but a mailed or texted code. Whoever reads
#   the mailbox or takes over the phone number has the account, and while such
#   codes are a first factor MFA cannot be required.
# related_resources:
# - description: Authentication flows, passwordless sign-in with one-time passwords
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
# - description: Manage authentication methods in AWS SDKs
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-sdk.html
# custom:
#   id: signin-no-otp-first-factor
#   severity: medium
#   target: pool
#   needs: [UserPool.Policies.SignInPolicy]
#   applies_needs: [Clients.*, Domains.*]
#   controls:
#     asvs-5.0: ["6.3.4", "6.3.6"]
#   remediation: |
#     Users without a password or passkey cannot sign in afterwards: give them
#     one first, for instance by a password reset.
#
#     Console: Sign-in > Options for choice-based sign-in > Edit, clear email
#     and SMS one-time passwords.
#
#     AWS CLI: describe-user-pool, then update-user-pool with both halves of
#     Policies, without EMAIL_OTP and SMS_OTP in
#     SignInPolicy.AllowedFirstAuthFactors, and every other setting of the
#     pool: the call replaces what it is not told.
#
#     CloudFormation: Policies.SignInPolicy.AllowedFirstAuthFactors.
#
#     Terraform: sign_in_policy.allowed_first_auth_factors in
#     aws_cognito_user_pool.
#   waive_when: |
#     Reasonable for a product without passwords whose accounts are of low
#     value. A web ACL must limit the rate of requests, sessions must be
#     short, and users with rights belong in a pool that requires MFA.
#   fix:
#     class: manual
#     note: Users who have no password depend on the codes.
#   since: "0.1"
package cognilint.rules.mfa.signin_no_otp_first_factor

import data.cognilint.lib.client
import data.cognilint.lib.known

_path := ["UserPool", "Policies", "SignInPolicy", "AllowedFirstAuthFactors"]

_medium := {"EMAIL_OTP": "mailed", "SMS_OTP": "texted"}

# The sign-in policy acts in choice-based sign-in only.
applies if _offered

applies if count(_undecided) > 0

_offered if {
	some c in input.Clients
	"ALLOW_USER_AUTH" in client.effective_flows(c)
}

_offered if {
	some domain in input.Domains
	domain.ManagedLoginVersion == 2
}

_undecided contains ["Clients", "-"] if not known.complete("Clients")

_undecided contains ["Domains", "-"] if not known.complete("Domains")

# What a domain without the member shows to users is not documented.
_undecided contains ["Domains", i, "ManagedLoginVersion"] if {
	some i, domain in input.Domains
	not domain.ManagedLoginVersion
}

_codes[i] := factor if {
	some i, factor in input.UserPool.Policies.SignInPolicy.AllowedFirstAuthFactors
	_medium[factor]
}

unknown contains path if {
	count(_codes) > 0
	not _offered
	some path in _undecided
}

deny contains violation if {
	_offered
	some i, factor in _codes
	violation := {
		"msg": sprintf("%s is a first factor, so a %s code alone signs in and MFA cannot be required, expected PASSWORD or WEB_AUTHN", [factor, _medium[factor]]),
		"path": array.concat(_path, [i]),
		"actual": factor,
		"expected": "PASSWORD or WEB_AUTHN",
	}
}
