package cognilint.rules.triggers.trigger_version_pinned_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.triggers.trigger_version_pinned as rule

_arn(qualifier) := sprintf("arn:aws:lambda:eu-west-1:111122223333:function:check%s", [qualifier])

_with(triggers) := fixtures.pool([{"op": "replace", "path": "/UserPool/LambdaConfig", "value": triggers}])

test_pool_without_triggers_is_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as fixtures.pool([{"op": "remove", "path": "/UserPool/LambdaConfig"}])
	not rule.applies with input as _with({"KMSKeyID": "arn:aws:kms:eu-west-1:111122223333:key/1"})
}

test_version_and_alias_pass if {
	every qualifier in [":1", ":42", ":live", ":LATEST"] {
		rule.applies with input as _with({"PreSignUp": _arn(qualifier)})
		count(rule.deny) == 0 with input as _with({"PreSignUp": _arn(qualifier)})
	}
}

test_function_without_qualifier_fails if {
	rule.deny == {{
		"msg": "PreSignUp calls the latest code of its function, expected a version or an alias",
		"path": ["UserPool", "LambdaConfig", "PreSignUp"],
		"actual": _arn(""),
		"expected": "an ARN that ends with a version or an alias",
	}} with input as _with({"PreSignUp": _arn(""), "PostConfirmation": _arn(":3")})
}

test_latest_fails if {
	some violation in rule.deny with input as _with({"CustomEmailSender": {"LambdaArn": _arn(":$LATEST"), "LambdaVersion": "V1_0"}})
	violation.path == ["UserPool", "LambdaConfig", "CustomEmailSender", "LambdaArn"]
}

test_triggers_of_the_future_count if {
	count(rule.deny) == 2 with input as _with({"SomethingNew": _arn(""), "Another": {"LambdaArn": _arn("")}})
}

test_the_key_of_the_senders_is_no_function if {
	count(rule.deny) == 0 with input as _with({"PreSignUp": _arn(":1"), "KMSKeyID": "arn:aws:kms:eu-west-1:111122223333:key/1"})
}

test_text_that_is_no_arn_passes if {
	count(rule.deny) == 0 with input as _with({"PreSignUp": "check"})
}
