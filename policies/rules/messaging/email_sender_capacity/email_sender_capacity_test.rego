package cognilint.rules.messaging.email_sender_capacity_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.email_sender_capacity as rule

_path := ["UserPool", "EmailConfiguration", "EmailSendingAccount"]

_users := ["UserPool", "EstimatedNumberOfUsers"]

_with(account, users, patches) := fixtures.pool(array.concat(
	[
		{"op": "replace", "path": "/UserPool/EmailConfiguration/EmailSendingAccount", "value": account},
		{"op": "replace", "path": "/UserPool/EstimatedNumberOfUsers", "value": users},
	],
	patches,
))

_custom_sender := {
	"op": "add",
	"path": "/UserPool/LambdaConfig/CustomEmailSender",
	"value": {"LambdaVersion": "V1_0", "LambdaArn": "arn:aws:lambda:eu-west-1:111122223333:function:mail"},
}

_untold := {"op": "remove", "path": "/UserPool/EstimatedNumberOfUsers"}

test_good_pool_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.unknown) == 0 with input as fixtures.good
}

test_limit_is_inclusive if {
	count(rule.deny) == 0 with input as _with("COGNITO_DEFAULT", 500, [])
	rule.deny == {{
		"msg": "the sending account is COGNITO_DEFAULT for about 501 users (email is used for recovery, verification), expected DEVELOPER or a custom email sender above 500 users",
		"path": _path,
		"actual": "COGNITO_DEFAULT",
		"expected": "DEVELOPER, or a CustomEmailSender trigger, above 500 users",
	}} with input as _with("COGNITO_DEFAULT", 501, [])
}

test_absent_account_is_the_shared_sender if {
	some violation in rule.deny with input as _with("", 501, [{"op": "remove", "path": "/UserPool/EmailConfiguration"}])
	violation.path == _path
	violation.actual == null
	contains(violation.msg, "absent, which means COGNITO_DEFAULT")
}

test_own_identity_serves_any_number if {
	count(rule.deny) == 0 with input as _with("DEVELOPER", 5000000, [])
}

# FP20
test_custom_sender_serves_any_number if {
	count(rule.deny) == 0 with input as _with("COGNITO_DEFAULT", 5000, [_custom_sender])
}

test_absent_number_is_unknown_where_it_counts if {
	untold := _with("COGNITO_DEFAULT", 0, [_untold])
	rule.unknown == {_users} with input as untold
	count(rule.deny) == 0 with input as untold
	count(rule.unknown) == 0 with input as _with("DEVELOPER", 0, [_untold])
	count(rule.unknown) == 0 with input as _with("COGNITO_DEFAULT", 0, [_untold, _custom_sender])
}

test_parameter_can_be_overridden if {
	few := {"email-sender-capacity": {"max_users": 0}}
	count(rule.deny) == 1 with input as _with("COGNITO_DEFAULT", 1, []) with data.params as few
	count(rule.deny) == 0 with input as _with("COGNITO_DEFAULT", 0, []) with data.params as few
}

test_pool_that_sends_no_email_is_exempt if {
	not rule.applies with input as _with("COGNITO_DEFAULT", 5000, [
		{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": ["phone_number"]},
		{"op": "replace", "path": "/UserPool/AccountRecoverySetting/RecoveryMechanisms/0/Name", "value": "verified_phone_number"},
	])
}
