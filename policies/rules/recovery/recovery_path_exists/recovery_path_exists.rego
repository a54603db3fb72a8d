# METADATA
# title: A forgotten password can be recovered
# description: |
#   The only recovery channel is the phone, and the pool cannot send SMS.
#   Users who forget their password are lost until an administrator helps
#   them. As a guard the rule keeps fixes from cutting off the last channel.
# related_resources:
# - description: Passwords, account recovery and password policies
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
# custom:
#   id: recovery-path-exists
#   severity: high
#   target: pool
#   needs: [UserPool.AccountRecoverySetting, UserPool.SmsConfiguration]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   guard: true
#   remediation: |
#     Add email to the recovery channels, or complete the SMS settings.
#
#     Console: Sign-in > User account recovery > Edit, or Authentication
#     methods > SMS > Edit.
#
#     AWS CLI: take what describe-user-pool returns, change
#     AccountRecoverySetting or SmsConfiguration, and send every setting with
#     update-user-pool: it resets what it is not told.
#
#     CloudFormation: AccountRecoverySetting.RecoveryMechanisms or
#     SmsConfiguration of AWS::Cognito::UserPool.
#
#     Terraform: account_recovery_setting or sms_configuration of
#     aws_cognito_user_pool.
#   waive_when: |
#     Not reasonable: users who forget their password stay locked out until an
#     administrator helps. If that is meant, recover accounts by
#     administrators only, which the rule accepts.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.recovery.recovery_path_exists

import data.cognilint.lib.pool

applies := pool.local_passwords

_path := ["UserPool", "AccountRecoverySetting", "RecoveryMechanisms"]

# Without the setting, or with an empty one, the pool falls back to SMS, then
# email.
_mechanisms := object.get(input, _path, [])

deny contains violation if {
	count(_mechanisms) > 0
	every mechanism in _mechanisms {
		mechanism.Name == "verified_phone_number"
	}
	not input.UserPool.SmsConfiguration
	violation := {
		"msg": sprintf("accounts are recovered by phone only and the pool has no SMS settings, expected a channel that works%s", [pool.local_passwords_note]),
		"path": _path,
		"actual": _mechanisms,
		"expected": "verified_email, admin_only, or verified_phone_number with SmsConfiguration in the pool",
	}
}
