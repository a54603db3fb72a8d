# METADATA
# title: Threat protection is enforced
# description: |
#   Threat protection is off or only watches. Sign-ins with leaked passwords,
#   by bots or from strange devices go through although the plan of the pool
#   could answer them.
# related_resources:
# - description: Advanced security with threat protection
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html
# - description: User pool feature plans
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html
# custom:
#   id: threat-protection-enforced
#   severity: medium
#   target: pool
#   needs: [UserPool.UserPoolAddOns, UserPool.UserPoolTier]
#   applies_needs: [UserPool.UserPoolAddOns, UserPool.UserPoolTier, UserPool.Policies.SignInPolicy]
#   params:
#     mode:
#       type: string
#       default: ENFORCED
#       enum: [AUDIT, ENFORCED]
#       description: The least that threat protection must do.
#     require_plus:
#       type: boolean
#       default: false
#       description: |
#         Fail pools whose feature plan has no threat protection, instead of
#         leaving them out.
#   controls:
#     aws-fsbp: [Cognito.1]
#     aws-config: [COGNITO_USER_POOL_ADVANCED_SECURITY_ENABLED]
#     nist-800-53r5: [SI-4]
#     pci-dss-4.0.1: ["10.2.1"]
#     asvs-5.0: ["6.3.1"]
#     iso-27001-2022: [A.8.16]
#   remediation: |
#     From off, choose audit mode first, look at what it finds for two weeks,
#     and enforce then.
#
#     Console: choose "Full function" as enforcement mode for standard
#     authentication under Threat protection.
#
#     AWS CLI: describe-user-pool, then update-user-pool with every setting it
#     returned and AdvancedSecurityMode ENFORCED in UserPoolAddOns; the call
#     resets what it is not told.
#
#     CloudFormation: UserPoolAddOns.AdvancedSecurityMode of
#     AWS::Cognito::UserPool.
#
#     Terraform: advanced_security_mode in user_pool_add_ons of
#     aws_cognito_user_pool.
#   waive_when: |
#     Reasonable for the weeks in audit mode, or where require_plus asks for a
#     plan that is not bought. MFA must then be required, and a web ACL must
#     limit the rate of requests.
#   fix:
#     class: disruptive
#     note: |
#       Users whose sign-in is rated risky, or whose password is known to be
#       leaked, may be blocked or asked for a second factor. Only a pool in
#       audit mode is changed, and never the feature plan.
#   same_cause: [plus-plan-protection-active]
#   since: "0.1"
package cognilint.rules.threat_protection.threat_protection_enforced

import data.cognilint.lib.param
import data.cognilint.lib.pool
import data.cognilint.lib.threat

params := param.values(rego.metadata.chain())

applies if {
	pool.local_passwords
	_demanded
}

_demanded if params.require_plus

_demanded if not threat.available == false

# Without a plan it is open whether a pool could have what is off.
unknown contains ["UserPool", "UserPoolTier"] if {
	not params.require_plus
	not threat.tier
	threat.mode == "OFF"
}

_path := ["UserPool", "UserPoolAddOns", "AdvancedSecurityMode"]

_rank := {"OFF": 0, "AUDIT": 1, "ENFORCED": 2}

deny contains violation if {
	_rank[threat.mode] < _rank[params.mode]
	violation := {
		"msg": sprintf("threat protection is %s%s, expected %s%s", [threat.mode, _plan, params.mode, pool.local_passwords_note]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": params.mode,
	}
}

_plan := sprintf(" (the plan %s does not have it)", [threat.tier]) if {
	threat.available == false
} else := ""

fix contains {"op": "replace", "path": _path, "value": "ENFORCED"} if {
	count(deny) > 0
	threat.mode == "AUDIT"
	not threat.available == false
}
