# METADATA
# title: A web ACL protects the pool
# description: |
#   Anyone can call the endpoints of the pool, and no web ACL stands in front of
#   them. Nothing limits how fast strangers try passwords, create accounts or
#   make the pool send messages.
# related_resources:
# - description: Associate an AWS WAF web ACL with a user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-waf.html
# custom:
#   id: waf-associated
#   severity: medium
#   target: pool
#   needs: [WebACL, UserPool.AdminCreateUserConfig]
#   applies_needs: [UserPool.AdminCreateUserConfig, UserPool.Domain, UserPool.CustomDomain, UserPool.LambdaConfig]
#   params:
#     only_public:
#       type: boolean
#       default: true
#       description: |
#         Leave out pools that strangers cannot reach: sign-up is closed, there
#         is no domain, and every app client of users has a secret.
#   controls:
#     asvs-5.0: ["6.3.1"]
#     cis-controls-8.1: ["13.10"]
#     soc2: [CC7.2]
#   remediation: |
#     The web ACL must be in the Region of the pool and must not hold the rule
#     group for account takeover prevention (ATP): Cognito refuses it.
#
#     Console: choose a web ACL under AWS WAF.
#
#     AWS CLI: aws wafv2 associate-web-acl with the ARNs of web ACL and pool; it
#     changes nothing else.
#
#     CloudFormation: AWS::WAFv2::WebACLAssociation.
#
#     Terraform: aws_wafv2_web_acl_association.
#   waive_when: |
#     Reasonable for pools of tests, or internal ones with closed sign-up. MFA
#     must then be required, strangers must not be able to trigger SMS, and
#     failed sign-ins must raise an alarm.
#   fix:
#     class: manual
#     note: Which web ACL suits the application is the owner's choice.
#   since: "0.1"
package cognilint.rules.network.waf_associated

import data.cognilint.lib.exposure
import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

applies if not params.only_public

applies if not exposure.exposed == false

_missing if object.get(input, "WebACL", null) == null

unknown contains ["Clients", "-"] if {
	params.only_public
	exposure.undecided
	_missing
}

deny contains violation if {
	_missing
	violation := {
		"msg": "no web ACL is associated with the pool, expected one",
		"path": ["WebACL"],
		"actual": null,
		"expected": "a web ACL",
	}
}
