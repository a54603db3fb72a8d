package cognilint.lib.trigger_test

import data.cognilint.lib.trigger

_with(triggers) := {"UserPool": {"LambdaConfig": triggers}}

test_functions if {
	trigger.functions == {
		{"path": ["UserPool", "LambdaConfig", "PreSignUp"], "arn": "arn:1"},
		{"path": ["UserPool", "LambdaConfig", "PreTokenGenerationConfig", "LambdaArn"], "arn": "arn:2"},
		{"path": ["UserPool", "LambdaConfig", "NewThing"], "arn": "arn:3"},
	} with input as _with({
		"PreSignUp": "arn:1",
		"PreTokenGenerationConfig": {"LambdaArn": "arn:2", "LambdaVersion": "V1_0"},
		"NewThing": "arn:3",
		"KMSKeyID": "arn:4",
	})
	every pool in [{"UserPool": {}}, _with({}), _with({"KMSKeyID": "arn:4", "CustomSMSSender": {"LambdaVersion": "V1_0"}})] {
		count(trigger.functions) == 0 with input as pool
	}
}

test_custom_auth if {
	complete := {"DefineAuthChallenge": "a", "CreateAuthChallenge": "b", "VerifyAuthChallengeResponse": "c", "PreSignUp": "d"}
	trigger.custom_auth_complete with input as _with(complete)
	partly := object.remove(complete, ["CreateAuthChallenge"])
	not trigger.custom_auth_complete with input as _with(partly)
	trigger.custom_auth == {"DefineAuthChallenge", "VerifyAuthChallengeResponse"} with input as _with(partly)
	trigger.custom_auth == set() with input as {"UserPool": {}}
}
