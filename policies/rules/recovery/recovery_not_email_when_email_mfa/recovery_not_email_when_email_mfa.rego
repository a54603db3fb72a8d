# METADATA
# title: Account recovery does not start with email beside email MFA only
# description: |
#   Email is the only second factor and the first way to reset a password. One
#   mailbox is then enough to take over an account. The service sends such users
#   no recovery codes by email, so they may also be locked out.
# related_resources:
# - description: Passwords, account recovery and password policies
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
# - description: SMS and email message MFA
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-sms-email-message.html
# custom:
#   id: recovery-not-email-when-email-mfa
#   severity: medium
#   target: pool
#   needs: [MfaConfig, UserPool.AccountRecoverySetting]
#   applies_needs: [MfaConfig, UserPool.Policies.SignInPolicy]
#   controls:
#     asvs-5.0: ["6.4.3"]
#   remediation: |
#     Offer authenticator apps as a second factor, or recover accounts by phone
#     or by administrators only.
#
#     Console: Sign-in > Multi-factor authentication, and Sign-in > User account
#     recovery.
#
#     AWS CLI: add SoftwareTokenMfaConfiguration to all that
#     get-user-pool-mfa-config shows and send it with set-user-pool-mfa-config;
#     or change AccountRecoverySetting in all that describe-user-pool shows and
#     send it with update-user-pool --cli-input-json. Both calls reset what they
#     are not told.
#
#     CloudFormation: EnabledMfas and AccountRecoverySetting of
#     AWS::Cognito::UserPool.
#
#     Terraform: software_token_mfa_configuration and account_recovery_setting
#     of aws_cognito_user_pool.
#   waive_when: |
#     Only while authenticator apps are being introduced. Until then the
#     mailboxes need MFA of their own, and a help desk that checks who calls
#     must let locked-out users in.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.recovery.recovery_not_email_when_email_mfa

import data.cognilint.lib.pool
import data.cognilint.lib.recovery

_list := ["UserPool", "AccountRecoverySetting", "RecoveryMechanisms"]

default applies := false

applies if {
	"EMAIL" in pool.mfa_factors
	pool.mfa_mode != "OFF"
	pool.local_passwords
}

deny contains violation if {
	pool.mfa_factors == {"EMAIL"}
	recovery.first == "verified_email"
	i := min({i | some i, mechanism in object.get(input, _list, []); mechanism.Name == "verified_email"})
	violation := {
		"msg": sprintf("account recovery starts with verified_email and email is the only MFA factor, expected another factor or another channel first%s", [pool.local_passwords_note]),
		"path": array.concat(_list, [i, "Name"]),
		"actual": "verified_email",
		"expected": "verified_phone_number or admin_only, or authenticator apps as MFA factor",
	}
}
