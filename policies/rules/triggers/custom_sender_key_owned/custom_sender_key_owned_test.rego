package cognilint.rules.triggers.custom_sender_key_owned_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.triggers.custom_sender_key_owned as rule

_path := ["UserPool", "LambdaConfig", "KMSKeyID"]

_own := "arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c-0000-4000-8000-000000000000"

_foreign := "arn:aws:kms:eu-west-1:444455556666:key/0f1e2d3c-0000-4000-8000-000000000000"

_sender := {"LambdaArn": "arn:aws:lambda:eu-west-1:111122223333:function:send", "LambdaVersion": "V1_0"}

_with(triggers) := fixtures.pool([{"op": "replace", "path": "/UserPool/LambdaConfig", "value": triggers}])

_without_arn(triggers) := json.patch(_with(triggers), [{"op": "remove", "path": "/UserPool/Arn"}])

test_good_pool_is_exempt if {
	not rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	not rule.applies with input as fixtures.pool([{"op": "remove", "path": "/UserPool/LambdaConfig"}])
	not rule.applies with input as _with({"KMSKeyID": _foreign, "PreSignUp": _sender.LambdaArn})
	count(rule.deny) == 0 with input as _with({"KMSKeyID": _foreign, "PreSignUp": _sender.LambdaArn})
}

test_own_key_passes if {
	every name in ["CustomSMSSender", "CustomEmailSender"] {
		own := _with({name: _sender, "KMSKeyID": _own})
		rule.applies with input as own
		count(rule.deny) == 0 with input as own
		count(rule.unknown) == 0 with input as own
	}
}

test_missing_key_fails if {
	rule.deny == {{
		"msg": "no KMS key encrypts the messages of CustomEmailSender and CustomSMSSender, expected a key of the account of the pool",
		"path": _path,
		"actual": null,
		"expected": "the ARN of a KMS key in the account of the pool",
	}} with input as _with({"CustomSMSSender": _sender, "CustomEmailSender": _sender})
}

test_key_of_another_account_fails if {
	rule.deny == {{
		"msg": "the KMS key of CustomSMSSender belongs to account 444455556666, expected a key of account 111122223333",
		"path": _path,
		"actual": _foreign,
		"expected": "the ARN of a KMS key in account 111122223333",
	}} with input as _with({"CustomSMSSender": _sender, "KMSKeyID": _foreign})
}

test_bare_key_id_is_the_own_account if {
	count(rule.deny) == 0 with input as _with({"CustomSMSSender": _sender, "KMSKeyID": "0f1e2d3c-0000-4000-8000-000000000000"})
}

test_account_of_the_pool_is_unknown_without_its_arn if {
	unread := _without_arn({"CustomSMSSender": _sender, "KMSKeyID": _foreign})
	rule.unknown == {["UserPool", "Arn"]} with input as unread
	count(rule.deny) == 0 with input as unread
}

test_missing_key_needs_no_arn if {
	count(rule.unknown) == 0 with input as _without_arn({"CustomSMSSender": _sender})
	count(rule.deny) == 1 with input as _without_arn({"CustomSMSSender": _sender})
}

test_arn_without_account_does_not_tell_it if {
	pool := json.patch(
		_with({"CustomSMSSender": _sender, "KMSKeyID": _foreign}),
		[{"op": "replace", "path": "/UserPool/Arn", "value": "arn:aws:cognito-idp:eu-west-1::userpool/eu-west-1_Example01"}],
	)
	rule.unknown == {["UserPool", "Arn"]} with input as pool
	count(rule.deny) == 0 with input as pool
}
