package cognilint.rules.messaging.email_delivery_works_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.email_delivery_works as rule

_failing(failure, patches) := fixtures.pool(array.concat(
	[{"op": "add", "path": "/UserPool/EmailConfigurationFailure", "value": failure}],
	patches,
))

test_good_pool_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
}

test_failure_fails if {
	rule.deny == {{
		"msg": "email delivery fails (SESIdentityNotVerified) but email is used for recovery, verification, expected no failure",
		"path": ["UserPool", "EmailConfigurationFailure"],
		"actual": "SESIdentityNotVerified",
		"expected": "no failure",
	}} with input as _failing("SESIdentityNotVerified", [])
}

test_empty_failure_is_none if {
	count(rule.deny) == 0 with input as _failing("", [])
}

test_pool_that_sends_no_email_is_exempt if {
	not rule.applies with input as _failing("SESIdentityNotVerified", [
		{"op": "remove", "path": "/UserPool/AutoVerifiedAttributes"},
		{"op": "replace", "path": "/UserPool/AccountRecoverySetting/RecoveryMechanisms/0/Name", "value": "admin_only"},
	])
}

test_legacy_recovery_uses_email if {
	some violation in rule.deny with input as _failing("gone", [
		{"op": "remove", "path": "/UserPool/AutoVerifiedAttributes"},
		{"op": "remove", "path": "/UserPool/AccountRecoverySetting"},
	])
	contains(violation.msg, "email is used for recovery,")
}

test_unread_factors_hide_no_other_use if {
	unread := {"op": "remove", "path": "/MfaConfig"}
	rule.applies with input as _failing("gone", [unread])
	count(rule.deny) == 1 with input as _failing("gone", [unread])
}
