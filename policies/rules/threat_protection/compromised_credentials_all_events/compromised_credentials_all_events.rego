# METADATA
# title: Leaked passwords are looked for at every event
# description: |
#   Passwords that are known to be leaked are blocked at some events only. At
#   the others users can still choose one or sign in with it.
# related_resources:
# - description: Working with compromised-credentials detection
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-compromised-credentials.html
# custom:
#   id: compromised-credentials-all-events
#   severity: medium
#   target: pool
#   needs: [RiskConfigurations, UserPool.UserPoolAddOns]
#   applies_needs: [UserPool.UserPoolAddOns]
#   controls:
#     nist-800-63b-4: ["3.1.1.2"]
#     asvs-5.0: ["6.2.12"]
#   remediation: |
#     Console: select sign-in, sign-up and password change as event detection
#     for compromised credentials under Threat protection.
#
#     AWS CLI: describe-risk-configuration, then set-risk-configuration with
#     everything it returned and the three events in EventFilter of
#     CompromisedCredentialsRiskConfiguration; the call resets what it is not
#     told.
#
#     CloudFormation: CompromisedCredentialsRiskConfiguration.EventFilter of
#     AWS::Cognito::UserPoolRiskConfigurationAttachment.
#
#     Terraform: event_filter in compromised_credentials_risk_configuration of
#     aws_cognito_risk_configuration.
#   waive_when: |
#     Reasonable for the first weeks at sign-in, so that users can change
#     leaked passwords. Sign-up and password change must be covered from the
#     start, and MFA must be required.
#   fix:
#     class: safe
#     note: |
#       Only leaked passwords are refused, at the added events too; all other
#       users notice nothing.
#   since: "0.1"
package cognilint.rules.threat_protection.compromised_credentials_all_events

import data.cognilint.lib.threat

applies if {
	threat.mode != "OFF"
	not _lets_pass
}

_lets_pass if threat.credentials_action(threat.pool_risk) != "BLOCK"

unknown contains ["RiskConfigurations", "-"] if not threat.pool_risk

_events := {"SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"}

_path := [["RiskConfigurations", i, "CompromisedCredentialsRiskConfiguration", "EventFilter"] |
	some i, risk in input.RiskConfigurations
	not risk.ClientId
][0]

deny contains violation if {
	missing := _events - threat.credentials_events(threat.pool_risk)
	count(missing) > 0
	violation := {
		"msg": sprintf("leaked passwords are not looked for at %s, expected every event", [concat(", ", missing)]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": sort(_events),
	}
}

fix contains {"op": "replace", "path": _path, "value": sort(_events)} if count(deny) > 0
