# METADATA
# title: The pool can send the SMS it relies on
# description: |
#   Phone verification, texted sign-in codes or SMS as second factor are on, but
#   the pool has neither SMS settings nor a custom SMS sender. The service
#   refuses this, or nothing is sent and users wait for codes in vain. As a
#   guard the rule keeps fixes from removing SMS settings that are in use.
# related_resources:
# - description: SMS message settings for user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-sms-settings.html
# custom:
#   id: sms-configured-when-used
#   severity: high
#   target: pool
#   needs: [MfaConfig, UserPool.AutoVerifiedAttributes, UserPool.Policies, UserPool.SmsConfiguration, UserPool.LambdaConfig]
#   applies_needs: [MfaConfig, UserPool.AutoVerifiedAttributes, UserPool.Policies]
#   guard: true
#   remediation: |
#     Complete the SMS settings, or stop using SMS.
#
#     Console: Authentication methods > SMS > Edit.
#
#     AWS CLI: take what describe-user-pool returns, add SmsConfiguration with
#     SnsCallerArn, ExternalId and SnsRegion, and send every setting with
#     update-user-pool: it resets what it is not told. The caller needs
#     iam:PassRole for the SMS role.
#
#     CloudFormation: SmsConfiguration of AWS::Cognito::UserPool.
#
#     Terraform: sms_configuration of aws_cognito_user_pool.
#   waive_when: |
#     Not reasonable: no code is ever sent, so users wait in vain to sign in
#     or to confirm their number.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.messaging.sms_configured_when_used

import data.cognilint.lib.pool

_uses contains "phone verification" if "phone_number" in input.UserPool.AutoVerifiedAttributes

_uses contains "sign-in codes" if "SMS_OTP" in pool.first_factors

_uses contains "MFA" if "SMS" in pool.mfa_factors

applies if count(_uses) > 0

deny contains violation if {
	applies
	not input.UserPool.SmsConfiguration
	not input.UserPool.LambdaConfig.CustomSMSSender
	violation := {
		"msg": sprintf("SMS is used (%s) but the pool cannot send it, expected SMS settings or a custom SMS sender", [concat(", ", _uses)]),
		"path": ["UserPool", "SmsConfiguration"],
		"actual": null,
		"expected": "SmsConfiguration, or a CustomSMSSender trigger",
	}
}
