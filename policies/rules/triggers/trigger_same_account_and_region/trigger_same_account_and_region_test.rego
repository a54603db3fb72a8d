package cognilint.rules.triggers.trigger_same_account_and_region_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.triggers.trigger_same_account_and_region as rule

_arn(region, account) := sprintf("arn:aws:lambda:%s:%s:function:check:live", [region, account])

_own := _arn("eu-west-1", "111122223333")

_with(triggers) := fixtures.pool([{"op": "replace", "path": "/UserPool/LambdaConfig", "value": triggers}])

test_pool_without_triggers_is_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as fixtures.pool([{"op": "remove", "path": "/UserPool/LambdaConfig"}])
	not rule.applies with input as _with({"KMSKeyID": "arn:aws:kms:eu-central-1:444455556666:key/1"})
}

test_own_functions_pass if {
	pool := _with({"PreSignUp": _own, "CustomSMSSender": {"LambdaArn": _own, "LambdaVersion": "V1_0"}})
	rule.applies with input as pool
	count(rule.deny) == 0 with input as pool
	count(rule.unknown) == 0 with input as pool
}

test_function_of_another_account_fails if {
	rule.deny == {{
		"msg": "PreSignUp calls a function of account 444455556666, expected one in the account and Region of the pool",
		"path": ["UserPool", "LambdaConfig", "PreSignUp"],
		"actual": _arn("eu-west-1", "444455556666"),
		"expected": "a function in the account and Region of the pool",
	}} with input as _with({"PreSignUp": _arn("eu-west-1", "444455556666"), "PostConfirmation": _own})
}

test_function_of_another_region_fails if {
	some violation in rule.deny with input as _with({"InboundFederation": {"LambdaArn": _arn("eu-central-1", "111122223333"), "LambdaVersion": "V1_0"}})
	violation.path == ["UserPool", "LambdaConfig", "InboundFederation", "LambdaArn"]
	contains(violation.msg, "InboundFederation calls a function of Region eu-central-1,")
}

test_both_are_one_violation if {
	violations := rule.deny with input as _with({"PreSignUp": _arn("eu-central-1", "444455556666")})
	count(violations) == 1
	some violation in violations
	contains(violation.msg, "account 444455556666 and Region eu-central-1")
}

test_triggers_of_the_future_count if {
	count(rule.deny) == 1 with input as _with({"SomethingNew": _arn("eu-west-1", "444455556666")})
}

test_the_key_of_the_senders_is_no_function if {
	count(rule.deny) == 0 with input as _with({"PreSignUp": _own, "KMSKeyID": "arn:aws:kms:eu-central-1:444455556666:key/1"})
}

test_text_that_is_no_arn_passes if {
	count(rule.deny) == 0 with input as _with({"PreSignUp": "check"})
	count(rule.unknown) == 0 with input as _with({"PreSignUp": "check"})
}

test_account_is_unknown_without_the_arn_of_the_pool if {
	pool := json.patch(_with({"PreSignUp": _arn("eu-west-1", "444455556666")}), [{"op": "remove", "path": "/UserPool/Arn"}])
	rule.unknown == {["UserPool", "Arn"]} with input as pool
	count(rule.deny) == 0 with input as pool
}
