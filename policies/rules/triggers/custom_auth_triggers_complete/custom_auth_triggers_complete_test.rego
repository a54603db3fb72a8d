package cognilint.rules.triggers.custom_auth_triggers_complete_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.triggers.custom_auth_triggers_complete as rule

_names := {"DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"}

_with(names) := fixtures.pool([{"op": "replace", "path": "/UserPool/LambdaConfig", "value": {name: "arn:aws:lambda:eu-west-1:111122223333:function:x" | some name in names}}])

test_pools_without_custom_challenges_are_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as _with({"PreSignUp"})
	not rule.applies with input as fixtures.pool([{"op": "remove", "path": "/UserPool/LambdaConfig"}])
	count(rule.deny) == 0 with input as fixtures.good
}

test_all_three_pass if {
	rule.applies with input as _with(_names)
	count(rule.deny) == 0 with input as _with(_names | {"PreSignUp"})
}

test_missing_trigger_fails if {
	rule.deny == {{
		"msg": "VerifyAuthChallengeResponse is not set beside CreateAuthChallenge and DefineAuthChallenge, expected all three triggers of custom challenges",
		"path": ["UserPool", "LambdaConfig", "VerifyAuthChallengeResponse"],
		"actual": null,
		"expected": "the ARN of a function",
	}} with input as _with({"DefineAuthChallenge", "CreateAuthChallenge", "PreSignUp"})
}

test_each_trigger_needs_the_others if {
	every name in _names {
		rule.applies with input as _with({name})
		{v.path[2] | some v in rule.deny} == _names - {name} with input as _with({name})
	}
}
