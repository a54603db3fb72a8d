# METADATA
# title: Strangers cannot ask an open sign-up who has an account
# description: |
#   SignUp answers that a user name exists, whatever PreventUserExistenceErrors
#   of the app client says, and no web ACL limits how often it is asked. So
#   lists of names or addresses can be tried for those that have an account.
# related_resources:
# - description: Managing user existence error responses
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
# - description: Associate an AWS WAF web ACL with a user pool
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-waf.html
# custom:
#   id: signup-enumeration-limited
#   severity: low
#   target: pool
#   needs: [WebACL, UserPool.AliasAttributes, UserPool.UsernameAttributes, UserPool.AdminCreateUserConfig]
#   applies_needs: [UserPool.AdminCreateUserConfig, UserPool.LambdaConfig]
#   controls:
#     asvs-5.0: ["6.3.8"]
#   remediation: |
#     Attach a web ACL that limits the rate of SignUp or challenges it. A new
#     pool with email or phone_number as alias tells about a taken address only
#     after it was verified; aliases are fixed when a pool is created.
#
#     Console: Security > AWS WAF.
#
#     AWS CLI: aws wafv2 associate-web-acl with the ARNs of a regional web ACL
#     and of the pool.
#
#     CloudFormation: AWS::WAFv2::WebACLAssociation with the pool as ResourceArn.
#
#     Terraform: aws_wafv2_web_acl_association with the pool as resource_arn.
#   waive_when: |
#     Reasonable where having an account tells nothing about a person, and
#     names are public anyway. MFA must then be required, so that a name and a
#     guessed password are not enough.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.signup.signup_enumeration_limited

import data.cognilint.lib.pool

applies := pool.self_signup_open

_aliases := {name | some name in input.UserPool.AliasAttributes}

_reveals := "which addresses have an account (assumed: its answer is documented for user names only)" if {
	some name in input.UserPool.UsernameAttributes
	name in {"email", "phone_number"}
} else := "which user names exist"

deny contains violation if {
	input.WebACL == null
	count(_aliases & {"email", "phone_number"}) == 0
	violation := {
		"msg": sprintf("anyone can ask SignUp %s, and no web ACL limits the requests, expected one%s", [_reveals, pool.local_passwords_note]),
		"path": ["WebACL"],
		"actual": null,
		"expected": "a web ACL with a rate rule or a challenge",
	}
}
