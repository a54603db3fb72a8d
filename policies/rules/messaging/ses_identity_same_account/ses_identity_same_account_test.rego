package cognilint.rules.messaging.ses_identity_same_account_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.ses_identity_same_account as rule

_foreign := "arn:aws:ses:eu-west-1:999988887777:identity/example.com"

_with(arn, patches) := fixtures.pool(array.concat(
	[{"op": "replace", "path": "/UserPool/EmailConfiguration/SourceArn", "value": arn}],
	patches,
))

_without_arn := {"op": "remove", "path": "/UserPool/Arn"}

test_own_identity_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.deny) == 0 with input as _with("arn:aws:ses:us-east-1:111122223333:identity/example.com", [])
}

test_foreign_identity_fails if {
	rule.deny == {{
		"msg": "the SES identity belongs to account 999988887777, expected the account of the pool, 111122223333",
		"path": ["UserPool", "EmailConfiguration", "SourceArn"],
		"actual": _foreign,
		"expected": "an identity of account 111122223333",
	}} with input as _with(_foreign, [])
}

test_pool_without_arn_is_unknown if {
	pool := _with(_foreign, [_without_arn])
	rule.unknown == {["UserPool", "Arn"]} with input as pool
	count(rule.deny) == 0 with input as pool
}

test_text_that_is_no_arn_is_not_judged if {
	count(rule.deny) == 0 with input as _with("login@example.com", [])
	count(rule.unknown) == 0 with input as _with("login@example.com", [_without_arn])
}

test_pool_without_identity_is_exempt if {
	every path in ["/UserPool/EmailConfiguration", "/UserPool/EmailConfiguration/SourceArn"] {
		not rule.applies with input as fixtures.pool([{"op": "remove", "path": path}])
	}
	not rule.applies with input as _with("", [])
}
