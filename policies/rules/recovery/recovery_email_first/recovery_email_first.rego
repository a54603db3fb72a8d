# METADATA
# title: Account recovery tries email first
# description: |
#   Users who forgot their password do not get the code by email first. SMS is
#   the weaker channel: with a swapped SIM card a stranger resets the password.
#   A pool without the setting sends SMS before email.
# related_resources:
# - description: Passwords and account recovery
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
# custom:
#   id: recovery-email-first
#   severity: medium
#   target: pool
#   needs: [UserPool.AccountRecoverySetting]
#   applies_needs: [UserPool.Policies.SignInPolicy]
#   params:
#     allow_admin_only:
#       type: boolean
#       default: true
#       description: Accept pools in which only administrators reset passwords.
#     second:
#       type: string
#       default: null
#       enum: [verified_phone_number]
#       description: The mechanism that must come second; unset accepts any and none.
#   controls:
#     asvs-5.0: ["6.6.1"]
#   remediation: |
#     Console: Sign-in > User account recovery > Edit, choose email.
#
#     AWS CLI: take what describe-user-pool returns, set AccountRecoverySetting
#     to verified_email at priority 1, and what shall come second at priority
#     2, and send every setting with update-user-pool: it resets what it is not
#     told.
#
#     CloudFormation: AccountRecoverySetting.RecoveryMechanisms of
#     AWS::Cognito::UserPool, with Name: verified_email and Priority: 1.
#
#     Terraform: a recovery_mechanism with name = "verified_email" and priority
#     = 1 in account_recovery_setting of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where users have a phone but no mailbox, such as field staff.
#     The second factor must then be an authenticator app or a passkey, never
#     SMS.
#   fix:
#     class: disruptive
#     note: |
#       Users whose email address is not verified may lose the way to reset
#       their password themselves.
#   same_cause: [recovery-not-sms-when-sms-mfa]
#   since: "0.1"
package cognilint.rules.recovery.recovery_email_first

import data.cognilint.lib.known
import data.cognilint.lib.param
import data.cognilint.lib.pool

params := param.values(rego.metadata.chain())

applies := pool.local_passwords

_list := ["UserPool", "AccountRecoverySetting", "RecoveryMechanisms"]

_found := object.get(input, _list, null)

deny contains violation if {
	count(pool.recovery_mechanisms) == 0
	violation := {
		"msg": sprintf("account recovery is not set, which means SMS before email, expected verified_email first%s", [pool.local_passwords_note]),
		"path": _list,
		"actual": _found,
		"expected": "verified_email at priority 1",
	}
}

deny contains violation if {
	first := pool.recovery_mechanisms[0]
	first != "verified_email"
	not _admin_only_accepted
	violation := {
		"msg": sprintf("account recovery starts with %s, expected verified_email%s", [first, pool.local_passwords_note]),
		"path": _name_path(first),
		"actual": first,
		"expected": "verified_email",
	}
}

deny contains violation if {
	params.second != null
	second := pool.recovery_mechanisms[1]
	second != params.second
	violation := {
		"msg": sprintf("account recovery tries %s second, expected %s%s", [second, params.second, pool.local_passwords_note]),
		"path": _name_path(second),
		"actual": second,
		"expected": params.second,
	}
}

deny contains violation if {
	params.second != null
	count(pool.recovery_mechanisms) == 1
	not _admin_only_accepted
	violation := {
		"msg": sprintf("account recovery has no second mechanism, expected %s%s", [params.second, pool.local_passwords_note]),
		"path": _list,
		"actual": _found,
		"expected": sprintf("%s at priority 2", [params.second]),
	}
}

_admin_only_accepted if {
	params.allow_admin_only
	pool.recovery_mechanisms[0] == "admin_only"
}

_name_path(name) := array.concat(_list, [min({i | some i, mechanism in _found; mechanism.Name == name}), "Name"])

fix contains edit if {
	count(deny) > 0
	known.section("MfaConfig")
	"email" in input.UserPool.AutoVerifiedAttributes
	not _second_impossible
	not _email_would_be_alone
	edit := {"op": "replace", "path": _list, "value": array.concat([{"Name": "verified_email", "Priority": 1}], _phone)}
}

# While SMS is a second factor AWS may refuse it for recovery.
_second_impossible if {
	params.second == "verified_phone_number"
	"SMS" in pool.mfa_factors
}

# AWS refuses email as the only mechanism while it is a second factor.
_email_would_be_alone if {
	"EMAIL" in pool.mfa_factors
	count(_phone) == 0
}

_phone := [{"Name": "verified_phone_number", "Priority": 2}] if {
	_phone_wanted
	not "SMS" in pool.mfa_factors
} else := []

_phone_wanted if params.second == "verified_phone_number"

_phone_wanted if "verified_phone_number" in pool.recovery_mechanisms

# The legacy behaviour offers both.
_phone_wanted if count(pool.recovery_mechanisms) == 0
