# METADATA
# title: Threat protection covers custom authentication
# description: |
#   Users can sign in with custom challenges, and threat protection for these
#   is off or only watches. It has a mode of its own: enforcement of standard
#   authentication does not cover it.
# related_resources:
# - description: Advanced security with threat protection
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html
# - description: Custom authentication challenge Lambda triggers
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
# custom:
#   id: threat-protection-custom-auth
#   severity: medium
#   target: pool
#   needs: [UserPool.UserPoolAddOns, UserPool.UserPoolTier]
#   applies_needs: [UserPool.UserPoolAddOns, UserPool.UserPoolTier, UserPool.LambdaConfig]
#   params:
#     only_with_custom_auth:
#       type: boolean
#       default: true
#       description: |
#         Leave out pools in which nobody can sign in with custom challenges:
#         triggers are missing, or no app client allows the flow.
#     require_plus:
#       type: boolean
#       default: false
#       description: |
#         Fail pools whose feature plan has no threat protection for custom
#         authentication, instead of leaving them out.
#   reads_with_param: {only_with_custom_auth: [Clients]}
#   controls:
#     aws-fsbp: [Cognito.4]
#     aws-config: [COGNITO_USERPOOL_CUST_AUTH_THREAT_FULL_CHECK]
#   remediation: |
#     From off, choose audit mode first and look at what it finds.
#
#     Console: choose "Full function" as enforcement mode for custom
#     authentication under Threat protection.
#
#     AWS CLI: describe-user-pool, then update-user-pool with every setting it
#     returned and AdvancedSecurityAdditionalFlows.CustomAuthMode ENFORCED in
#     UserPoolAddOns; the call resets what it is not told.
#
#     CloudFormation: CustomAuthMode in
#     UserPoolAddOns.AdvancedSecurityAdditionalFlows of AWS::Cognito::UserPool.
#
#     Terraform: custom_auth_mode in advanced_security_additional_flows, in
#     user_pool_add_ons of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable for the weeks in audit mode, or where require_plus asks for a
#     plan that is not bought. A web ACL must then limit the rate, and the
#     challenge must be one that cannot be guessed.
#   fix:
#     class: disruptive
#     note: |
#       Users whose custom sign-in is rated risky may be blocked or asked for a
#       second factor. Only a pool on the plan PLUS in audit mode is changed.
#   since: "0.1"
package cognilint.rules.threat_protection.threat_protection_custom_auth

import data.cognilint.lib.client
import data.cognilint.lib.known
import data.cognilint.lib.param
import data.cognilint.lib.threat
import data.cognilint.lib.trigger

params := param.values(rego.metadata.chain())

applies if {
	_custom_auth
	_demanded
}

_custom_auth if not params.only_with_custom_auth

_custom_auth if {
	trigger.custom_auth_complete
	_allowed_by_a_client
}

_allowed_by_a_client if not known.complete("Clients")

_allowed_by_a_client if {
	some c in input.Clients
	"ALLOW_CUSTOM_AUTH" in client.effective_flows(c)
}

_demanded if params.require_plus

# What old pools on LITE keep does not reach custom authentication.
_demanded if not _other_plan

_other_plan if threat.tier != "PLUS"

unknown contains ["UserPool", "UserPoolTier"] if {
	not params.require_plus
	not threat.tier
	count(deny) > 0
}

unknown contains ["Clients", "-"] if {
	params.only_with_custom_auth
	not known.complete("Clients")
	count(deny) > 0
}

_path := ["UserPool", "UserPoolAddOns", "AdvancedSecurityAdditionalFlows", "CustomAuthMode"]

deny contains violation if {
	threat.custom_auth_mode in {"OFF", "AUDIT"}
	violation := {
		"msg": sprintf("threat protection for custom authentication is %s%s, expected ENFORCED", [threat.custom_auth_mode, _plan]),
		"path": _path,
		"actual": object.get(input, _path, null),
		"expected": "ENFORCED",
	}
}

_plan := sprintf(" (the plan %s does not have it)", [threat.tier]) if {
	_other_plan
} else := ""

fix contains {"op": "replace", "path": _path, "value": "ENFORCED"} if {
	count(deny) > 0
	threat.tier == "PLUS"
	threat.custom_auth_mode == "AUDIT"
}
