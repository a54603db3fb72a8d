package cognilint.rules.triggers.pre_token_trigger_consistent_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.triggers.pre_token_trigger_consistent as rule

_arn(name) := sprintf("arn:aws:lambda:eu-west-1:111122223333:function:%s", [name])

_with(triggers) := fixtures.pool([{"op": "replace", "path": "/UserPool/LambdaConfig", "value": triggers}])

_both(legacy, current) := _with({
	"PreTokenGeneration": _arn(legacy),
	"PreTokenGenerationConfig": {"LambdaArn": _arn(current), "LambdaVersion": "V2_0"},
})

test_good_pool_passes if {
	count(rule.deny) == 0 with input as fixtures.good
}

test_same_function_passes if {
	rule.applies with input as _both("claims", "claims")
	count(rule.deny) == 0 with input as _both("claims", "claims")
}

test_different_functions_fail if {
	rule.deny == {{
		"msg": sprintf("PreTokenGeneration names %s, expected the function of PreTokenGenerationConfig, %s", [_arn("old"), _arn("new")]),
		"path": ["UserPool", "LambdaConfig", "PreTokenGeneration"],
		"actual": _arn("old"),
		"expected": _arn("new"),
	}} with input as _both("old", "new")
}

test_another_version_of_the_function_is_another_function if {
	count(rule.deny) == 1 with input as _both("claims:1", "claims:2")
}

test_one_member_alone_is_exempt if {
	every triggers in [
		{"PreTokenGeneration": _arn("claims")},
		{"PreTokenGenerationConfig": {"LambdaArn": _arn("claims"), "LambdaVersion": "V1_0"}},
		{"PreTokenGeneration": _arn("claims"), "PreTokenGenerationConfig": {}},
		{},
	] {
		not rule.applies with input as _with(triggers)
		count(rule.deny) == 0 with input as _with(triggers)
	}
	not rule.applies with input as fixtures.pool([{"op": "remove", "path": "/UserPool/LambdaConfig"}])
}
