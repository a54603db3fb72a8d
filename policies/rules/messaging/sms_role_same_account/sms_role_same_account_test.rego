package cognilint.rules.messaging.sms_role_same_account_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.sms_role_same_account as rule

_foreign := "arn:aws:iam::999988887777:role/sms"

_with(arn, patches) := fixtures.pool(array.concat(
	[{"op": "add", "path": "/UserPool/SmsConfiguration", "value": {"SnsCallerArn": arn, "ExternalId": "x"}}],
	patches,
))

_without_arn := {"op": "remove", "path": "/UserPool/Arn"}

test_own_role_passes if {
	pool := _with("arn:aws:iam::111122223333:role/service-role/sms", [])
	rule.applies with input as pool
	count(rule.deny) == 0 with input as pool
	count(rule.unknown) == 0 with input as pool
}

test_foreign_role_fails if {
	rule.deny == {{
		"msg": "the SMS role belongs to account 999988887777, expected the account of the pool, 111122223333",
		"path": ["UserPool", "SmsConfiguration", "SnsCallerArn"],
		"actual": _foreign,
		"expected": "a role of account 111122223333",
	}} with input as _with(_foreign, [])
}

test_pool_without_arn_is_unknown if {
	pool := _with(_foreign, [_without_arn])
	rule.unknown == {["UserPool", "Arn"]} with input as pool
	count(rule.deny) == 0 with input as pool
}

test_text_that_is_no_arn_is_not_judged if {
	every text in ["sms", "role/sms", "arn:aws:iam:::role/sms"] {
		count(rule.deny) == 0 with input as _with(text, [])
		count(rule.unknown) == 0 with input as _with(text, [_without_arn])
	}
}

# FP27
test_pool_without_role_is_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as fixtures.pool([{"op": "add", "path": "/UserPool/SmsConfiguration", "value": {"EumsSms": {"PoolId": "p"}}}])
}
