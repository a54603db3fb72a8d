# METADATA
# title: Leaked passwords can be recognised at sign-in
# description: |
#   Leaked passwords are to be blocked at sign-in, but every app client of
#   users signs in with SRP, where the service never sees the password. They
#   are found at sign-up and password change only. SRP is worth more: this is
#   to know, not to change.
# related_resources:
# - description: Working with compromised-credentials detection
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-compromised-credentials.html
# - description: Authentication flows
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
# custom:
#   id: compromised-credentials-sign-in-blind
#   severity: info
#   target: pool
#   needs: [RiskConfigurations, "Clients.*", UserPool.UserPoolAddOns]
#   applies_needs: [UserPool.UserPoolAddOns]
#   remediation: |
#     Keep SRP: do not let applications send passwords for the sake of this
#     check. Passwords that leak after they were chosen are answered by a
#     second factor (mfa-required), and sign-in on the managed login pages is
#     checked.
#
#     Console: nothing to change; MFA stands under Sign-in > Multi-factor
#     authentication.
#
#     AWS CLI: nothing to change; for MFA get-user-pool-mfa-config, then
#     set-user-pool-mfa-config with every factor that shall stay on: the call
#     replaces the whole MFA configuration.
#
#     CloudFormation: nothing to change; MFA is MfaConfiguration of
#     AWS::Cognito::UserPool.
#
#     Terraform: nothing to change; MFA is mfa_configuration of
#     aws_cognito_user_pool.
#   waive_when: |
#     Reasonable as a rule: SRP is worth more than this check. Required MFA
#     must answer passwords that leak after they were chosen.
#   fix:
#     class: manual
#     note: Nothing has to change.
#   opposes: [client-no-user-password-auth]
#   since: "0.1"
package cognilint.rules.threat_protection.compromised_credentials_sign_in_blind

import data.cognilint.lib.client
import data.cognilint.lib.threat

applies if {
	threat.mode != "OFF"
	not _sign_in_not_checked
}

_sign_in_not_checked if threat.credentials_action(threat.pool_risk) != "BLOCK"

_sign_in_not_checked if {
	events := threat.credentials_events(threat.pool_risk)
	not "SIGN_IN" in events
}

unknown contains ["RiskConfigurations", "-"] if not threat.pool_risk

_sends_password := {"ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH"}

_password_seen if {
	some c in input.Clients
	client.local_managed_login(c)
}

_password_seen if {
	some c in input.Clients
	count(client.effective_flows(c) & _sends_password) > 0
}

_srp_clients contains client.label(c) if {
	some c in input.Clients
	client.kind(c) == "user"
	"ALLOW_USER_SRP_AUTH" in client.effective_flows(c)
}

_clients := sprintf("client %s", [concat(", ", _srp_clients)]) if {
	count(_srp_clients) < 4
} else := sprintf("%d clients", [count(_srp_clients)])

_path := [["RiskConfigurations", i, "CompromisedCredentialsRiskConfiguration", "EventFilter"] |
	some i, risk in input.RiskConfigurations
	not risk.ClientId
][0]

deny contains violation if {
	not _password_seen
	count(_srp_clients) > 0
	violation := {
		"msg": sprintf("users sign in with SRP only (%s), so leaked passwords are found at sign-up and password change but not at sign-in, expected a second factor to stand in", [_clients]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": "a second factor beside SRP",
	}
}
