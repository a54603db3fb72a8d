package cognilint.rules.messaging.email_sender_ses_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.email_sender_ses as rule

_path := ["UserPool", "EmailConfiguration", "EmailSendingAccount"]

_default(patches) := fixtures.pool(array.concat(
	[{"op": "replace", "path": "/UserPool/EmailConfiguration", "value": {"EmailSendingAccount": "COGNITO_DEFAULT"}}],
	patches,
))

_unused := [
	{"op": "remove", "path": "/UserPool/AutoVerifiedAttributes"},
	{"op": "replace", "path": "/UserPool/AccountRecoverySetting/RecoveryMechanisms", "value": [{"Name": "admin_only", "Priority": 1}]},
]

test_good_pool_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
}

test_shared_sender_fails if {
	rule.deny == {{
		"msg": "the sending account is COGNITO_DEFAULT (email is used for recovery, verification), expected DEVELOPER or a custom email sender",
		"path": _path,
		"actual": "COGNITO_DEFAULT",
		"expected": "DEVELOPER, or a CustomEmailSender trigger",
	}} with input as _default([])
}

test_absent_account_is_the_shared_sender if {
	every path in ["/UserPool/EmailConfiguration", "/UserPool/EmailConfiguration/EmailSendingAccount"] {
		some violation in rule.deny with input as fixtures.pool([{"op": "remove", "path": path}])
		violation.path == _path
		violation.actual == null
		contains(violation.msg, "absent, which means COGNITO_DEFAULT")
	}
}

# FP20
test_custom_sender_passes if {
	sender := {"LambdaVersion": "V1_0", "LambdaArn": "arn:aws:lambda:eu-west-1:111122223333:function:mail"}
	count(rule.deny) == 0 with input as _default([{"op": "add", "path": "/UserPool/LambdaConfig/CustomEmailSender", "value": sender}])
}

test_pool_that_sends_no_email_is_exempt if {
	not rule.applies with input as _default(_unused)
}

test_every_use_counts if {
	every patch in [
		{"op": "add", "path": "/UserPool/AutoVerifiedAttributes", "value": ["email"]},
		{"op": "remove", "path": "/UserPool/AccountRecoverySetting"},
		{"op": "add", "path": "/MfaConfig/EmailMfaConfiguration", "value": {}},
		{"op": "replace", "path": "/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", "value": ["PASSWORD", "EMAIL_OTP"]},
	] {
		rule.applies with input as _default(array.concat(_unused, [patch]))
	}
}
