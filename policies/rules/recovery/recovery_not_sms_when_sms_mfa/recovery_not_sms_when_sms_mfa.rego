# METADATA
# title: Account recovery does not start with SMS beside SMS MFA
# description: |
#   SMS is a second factor and the first way to reset a password. The service
#   sends no recovery codes by SMS to users with SMS MFA, so they are locked
#   out; where it does, one swapped SIM card takes password and factor.
# related_resources:
# - description: Passwords, account recovery and password policies
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
# - description: SMS and email message MFA
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-sms-email-message.html
# custom:
#   id: recovery-not-sms-when-sms-mfa
#   severity: high
#   target: pool
#   needs: [MfaConfig, UserPool.AccountRecoverySetting]
#   applies_needs: [MfaConfig, UserPool.Policies.SignInPolicy]
#   remediation: |
#     Console: choose "Email only" under Sign-in > User account recovery.
#
#     AWS CLI: take the settings that describe-user-pool shows, set
#     AccountRecoverySetting to verified_email at priority 1 and send all of
#     them with update-user-pool --cli-input-json; the call resets what it is
#     not told.
#
#     CloudFormation: AccountRecoverySetting.RecoveryMechanisms of
#     AWS::Cognito::UserPool.
#
#     Terraform: recovery_mechanism in account_recovery_setting of
#     aws_cognito_user_pool.
#   waive_when: |
#     Only while users verify an email address to recover by. Until then a
#     help desk that checks who calls must let locked-out users in, and must
#     not trust a call from their number.
#   fix:
#     class: disruptive
#     note: |
#       Users whose email address is not verified may lose the way to reset
#       their password themselves.
#   since: "0.1"
package cognilint.rules.recovery.recovery_not_sms_when_sms_mfa

import data.cognilint.lib.pool
import data.cognilint.lib.recovery

_list := ["UserPool", "AccountRecoverySetting", "RecoveryMechanisms"]

_found := object.get(input, _list, null)

default applies := false

applies if {
	"SMS" in pool.mfa_factors
	pool.mfa_mode != "OFF"
	pool.local_passwords
}

deny contains violation if {
	recovery.legacy
	violation := {
		"msg": sprintf("account recovery is not set, which means SMS before email, and SMS is an MFA factor, expected verified_email first%s", [pool.local_passwords_note]),
		"path": _list,
		"actual": _found,
		"expected": "verified_email at priority 1",
	}
}

deny contains violation if {
	not recovery.legacy
	recovery.first == "verified_phone_number"
	i := min({i | some i, mechanism in _found; mechanism.Name == "verified_phone_number"})
	violation := {
		"msg": sprintf("account recovery starts with verified_phone_number and SMS is an MFA factor, expected verified_email first%s", [pool.local_passwords_note]),
		"path": array.concat(_list, [i, "Name"]),
		"actual": "verified_phone_number",
		"expected": "verified_email",
	}
}

# Beside email MFA the service refuses email as the only channel.
fix contains edit if {
	count(deny) > 0
	"email" in input.UserPool.AutoVerifiedAttributes
	not "EMAIL" in pool.mfa_factors
	edit := {"op": "replace", "path": _list, "value": [{"Name": "verified_email", "Priority": 1}]}
}
