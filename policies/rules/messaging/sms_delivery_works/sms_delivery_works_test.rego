package cognilint.rules.messaging.sms_delivery_works_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.sms_delivery_works as rule

_sms := {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms", "ExternalId": "x"}

_failing(failure, patches) := fixtures.pool(array.concat(
	[
		{"op": "add", "path": "/UserPool/SmsConfiguration", "value": _sms},
		{"op": "add", "path": "/UserPool/SmsConfigurationFailure", "value": failure},
	],
	patches,
))

_factor := {"op": "add", "path": "/MfaConfig/SmsMfaConfiguration", "value": {"SmsConfiguration": _sms}}

# FN28
test_failure_of_a_factor_fails if {
	rule.applies with input as _failing("SNSSandbox", [_factor])
	rule.deny == {{
		"msg": "SMS delivery fails (SNSSandbox) but SMS is used for MFA, expected no failure",
		"path": ["UserPool", "SmsConfigurationFailure"],
		"actual": "SNSSandbox",
		"expected": "no failure",
	}} with input as _failing("SNSSandbox", [_factor])
}

# FP29
test_pool_that_sends_no_sms_is_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as _failing("SNSSandbox", [])
}

test_every_use_counts if {
	every patch in [
		{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": ["email", "phone_number"]},
		{"op": "remove", "path": "/UserPool/AccountRecoverySetting"},
		{"op": "add", "path": "/UserPool/AccountRecoverySetting/RecoveryMechanisms/-", "value": {"Name": "verified_phone_number", "Priority": 2}},
		{"op": "replace", "path": "/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", "value": ["PASSWORD", "SMS_OTP"]},
	] {
		rule.applies with input as _failing("SNSSandbox", [patch])
		count(rule.deny) == 1 with input as _failing("SNSSandbox", [patch])
	}
}

test_no_failure_passes if {
	count(rule.deny) == 0 with input as _failing("", [_factor])
	count(rule.deny) == 0 with input as fixtures.pool([_factor])
}
