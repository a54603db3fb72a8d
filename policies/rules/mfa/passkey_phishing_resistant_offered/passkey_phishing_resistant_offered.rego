# METADATA
# title: Users can sign in with a passkey
# description: |
#   The pool offers no passkeys. Passwords and codes of every kind can be given
#   away on a fake login page; a passkey works on the real one only, and users
#   at risk cannot choose it here.
# related_resources:
# - description: Authentication flows, passkey sign-in
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
# - description: User pool feature plans
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html
# custom:
#   id: passkey-phishing-resistant-offered
#   severity: low
#   target: pool
#   needs: [UserPool.Policies.SignInPolicy, UserPool.UserPoolTier]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   remediation: |
#     Passkeys need the plan Essentials or Plus, a relying party and a client
#     with choice-based sign-in (ALLOW_USER_AUTH) or managed login. Choose the
#     relying party with care: a later change makes every passkey useless.
#
#     Console: Sign-in > Options for choice-based sign-in > Edit, check
#     passkeys; relying party under Authentication methods > Passkey.
#
#     AWS CLI: get-user-pool-mfa-config, then set-user-pool-mfa-config with
#     --web-authn-configuration and every other block as it was read;
#     describe-user-pool, then update-user-pool with both halves of Policies,
#     WEB_AUTHN added to SignInPolicy.AllowedFirstAuthFactors, and every other
#     setting of the pool. Both calls replace what they are not told.
#
#     CloudFormation: Policies.SignInPolicy.AllowedFirstAuthFactors,
#     WebAuthnRelyingPartyID and WebAuthnUserVerification.
#
#     Terraform: sign_in_policy and web_authn_configuration in
#     aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where the plan of the pool or the devices of the users do not
#     allow passkeys. MFA must then be required, by authenticator apps rather
#     than SMS or email.
#   fix:
#     class: manual
#     note: The relying party cannot be changed without losing the passkeys.
#   since: "0.1"
package cognilint.rules.mfa.passkey_phishing_resistant_offered

import data.cognilint.lib.pool
import data.cognilint.lib.threat

applies := pool.local_passwords

_path := ["UserPool", "Policies", "SignInPolicy", "AllowedFirstAuthFactors"]

deny contains violation if {
	not "WEB_AUTHN" in pool.first_factors
	violation := {
		"msg": sprintf("users cannot sign in with a passkey, expected WEB_AUTHN among the first factors%s%s", [_plan, pool.local_passwords_note]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": "WEB_AUTHN among them",
	}
}

_plan := "; the plan LITE has no passkeys" if {
	threat.tier == "LITE"
} else := ""
