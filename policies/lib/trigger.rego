# METADATA
# title: Lambda triggers of a pool
# description: What LambdaConfig calls, whatever triggers there will be.
package cognilint.lib.trigger

# METADATA
# description: |
#   The functions, a set of {"path": …, "arn": …}. The key of the custom
#   senders is none.
functions contains {"path": ["UserPool", "LambdaConfig", name], "arn": arn} if {
	some name, arn in input.UserPool.LambdaConfig
	is_string(arn)
	name != "KMSKeyID"
}

functions contains {"path": ["UserPool", "LambdaConfig", name, "LambdaArn"], "arn": trigger.LambdaArn} if {
	some name, trigger in input.UserPool.LambdaConfig
}

# METADATA
# description: The triggers of custom challenges that are set, of the three that the flow needs.
custom_auth := {name |
	some name in ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"]
	input.UserPool.LambdaConfig[name]
}

# METADATA
# description: Custom challenges can work.
custom_auth_complete if count(custom_auth) == 3
