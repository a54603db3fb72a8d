# METADATA
# title: Leaked passwords are blocked
# description: |
#   Threat protection finds passwords that are known to be leaked and lets them
#   pass. Whoever tries lists of stolen passwords signs in as the users who
#   reused theirs.
# related_resources:
# - description: Working with compromised-credentials detection
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-compromised-credentials.html
# custom:
#   id: compromised-credentials-blocked
#   severity: high
#   target: pool
#   needs: [RiskConfigurations, UserPool.UserPoolTier, UserPool.UserPoolAddOns]
#   applies_needs: [UserPool.UserPoolAddOns, UserPool.Policies.SignInPolicy]
#   params:
#     require_plus:
#       type: boolean
#       default: false
#       description: |
#         Fail pools in which threat protection is not enforced, instead of
#         leaving out those in which it is off.
#   controls:
#     nist-800-63b-4: ["3.1.1.2"]
#     asvs-5.0: ["6.2.4", "6.2.12"]
#   remediation: |
#     Console: choose "Block sign-in" as response to compromised credentials
#     under Threat protection.
#
#     AWS CLI: describe-risk-configuration, then set-risk-configuration with
#     everything it returned and
#     CompromisedCredentialsRiskConfiguration.Actions.EventAction BLOCK; the
#     call resets what it is not told.
#
#     CloudFormation: CompromisedCredentialsRiskConfiguration of
#     AWS::Cognito::UserPoolRiskConfigurationAttachment with ClientId ALL.
#
#     Terraform: compromised_credentials_risk_configuration of
#     aws_cognito_risk_configuration without client_id.
#   waive_when: |
#     Only while you count whom it would hit, or where the plan cannot do it
#     and require_plus asks for it. MFA must then be required, and users with
#     a leaked password be asked to change it.
#   fix:
#     class: disruptive
#     note: Users with a leaked password must reset it before they can sign in again.
#   since: "0.1"
package cognilint.rules.threat_protection.compromised_credentials_blocked

import data.cognilint.lib.param
import data.cognilint.lib.pool
import data.cognilint.lib.threat

params := param.values(rego.metadata.chain())

applies if {
	pool.local_passwords
	_demanded
}

_demanded if params.require_plus

_demanded if threat.mode != "OFF"

unknown contains ["RiskConfigurations", "-"] if not threat.pool_risk

_mode_path := ["UserPool", "UserPoolAddOns", "AdvancedSecurityMode"]

deny contains violation if {
	_weak_mode
	violation := {
		"msg": sprintf("threat protection is %s%s, so no leaked password is blocked, expected ENFORCED%s", [threat.mode, _plan, pool.local_passwords_note]),
		"path": _mode_path,
		"actual": object.get(input, _mode_path, null),
		"expected": "ENFORCED",
	}
}

_weak_mode if {
	params.require_plus
	threat.mode in {"OFF", "AUDIT"}
}

_plan := sprintf(" (the plan %s does not have it)", [threat.tier]) if {
	threat.available == false
} else := ""

deny contains violation if {
	threat.mode != "OFF"
	action := threat.credentials_action(threat.pool_risk)
	action != "BLOCK"
	violation := {
		"msg": sprintf("the answer to leaked passwords is %s, expected BLOCK%s", [_text(action), pool.local_passwords_note]),
		"path": _path,
		"actual": action,
		"expected": "BLOCK",
	}
}

_text(action) := "not set explicitly" if {
	action == null
} else := action

# The entry of the pool; without one there is nothing to edit.
_entries := [i |
	some i, risk in input.RiskConfigurations
	not risk.ClientId
]

_path := ["RiskConfigurations", _entries[0], "CompromisedCredentialsRiskConfiguration", "Actions", "EventAction"] if {
	count(_entries) > 0
} else := ["RiskConfigurations"]

fix contains {"op": "replace", "path": _path, "value": "BLOCK"} if {
	count(deny) > 0
	count(_entries) > 0
	threat.mode != "OFF"
	not _weak_mode
}
