# METADATA
# title: Threat protection of the Plus plan is switched on
# description: |
#   The pool is on the feature plan with threat protection, but it is off. The
#   owner pays for each user, and nobody sees leaked passwords or risky
#   sign-ins.
# related_resources:
# - description: Advanced security with threat protection
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html
# - description: User pool feature plans
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html
# custom:
#   id: plus-plan-protection-active
#   severity: medium
#   target: pool
#   needs: [UserPool.UserPoolAddOns]
#   applies_needs: [UserPool.UserPoolTier]
#   remediation: |
#     Console: activate threat protection for standard authentication under
#     Threat protection, "Audit only" to begin with.
#
#     AWS CLI: describe-user-pool, then update-user-pool with every setting it
#     returned and AdvancedSecurityMode AUDIT in UserPoolAddOns; the call
#     resets what it is not told.
#
#     CloudFormation: UserPoolAddOns.AdvancedSecurityMode of
#     AWS::Cognito::UserPool.
#
#     Terraform: advanced_security_mode in user_pool_add_ons of
#     aws_cognito_user_pool.
#   waive_when: |
#     Only for the weeks before a planned start, or while another service
#     rates every sign-in. MFA must be required meanwhile; choose a cheaper
#     plan if the protection stays off.
#   fix:
#     class: safe
#     note: Audit mode only records what it finds; every sign-in goes on as before.
#   since: "0.1"
package cognilint.rules.threat_protection.plus_plan_protection_active

import data.cognilint.lib.threat

applies if not _other_plan

_other_plan if threat.tier != "PLUS"

unknown contains ["UserPool", "UserPoolTier"] if {
	not threat.tier
	threat.mode == "OFF"
}

_path := ["UserPool", "UserPoolAddOns", "AdvancedSecurityMode"]

deny contains violation if {
	threat.tier == "PLUS"
	threat.mode == "OFF"
	violation := {
		"msg": "the pool is on the plan PLUS with threat protection off, expected at least AUDIT",
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": "AUDIT",
	}
}

fix contains {"op": "replace", "path": _path, "value": "AUDIT"} if count(deny) > 0
