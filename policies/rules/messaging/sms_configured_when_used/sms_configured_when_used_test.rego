package cognilint.rules.messaging.sms_configured_when_used_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.sms_configured_when_used as rule

_sms := {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}

_verification := {"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": ["email", "phone_number"]}

_codes := {"op": "replace", "path": "/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", "value": ["PASSWORD", "SMS_OTP"]}

_mfa := {"op": "add", "path": "/MfaConfig/SmsMfaConfiguration", "value": {"SmsConfiguration": _sms}}

_settings(value) := {"op": "add", "path": "/UserPool/SmsConfiguration", "value": value}

test_good_pool_is_exempt if {
	not rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
}

test_each_use_needs_sms_settings if {
	every entry in [[_verification, "phone verification"], [_codes, "sign-in codes"], [_mfa, "MFA"]] {
		bad := fixtures.pool([entry[0]])
		rule.applies with input as bad
		rule.deny == {{
			"msg": sprintf("SMS is used (%s) but the pool cannot send it, expected SMS settings or a custom SMS sender", [entry[1]]),
			"path": ["UserPool", "SmsConfiguration"],
			"actual": null,
			"expected": "SmsConfiguration, or a CustomSMSSender trigger",
		}} with input as bad
	}
}

test_all_uses_make_one_violation if {
	some violation in rule.deny with input as fixtures.pool([_verification, _codes, _mfa])
	contains(violation.msg, "(MFA, phone verification, sign-in codes)")
	count(rule.deny) == 1 with input as fixtures.pool([_verification, _codes, _mfa])
}

test_sms_settings_pass if {
	count(rule.deny) == 0 with input as fixtures.pool([_verification, _codes, _mfa, _settings(_sms)])
}

test_settings_with_unknown_members_only_count if {
	count(rule.deny) == 0 with input as fixtures.pool([_mfa, _settings({"EumsSms": {"OriginationIdentityArn": "arn"}})])
}

test_custom_sender_passes if {
	sender := {"op": "add", "path": "/UserPool/LambdaConfig/CustomSMSSender", "value": {"LambdaArn": "arn:aws:lambda:eu-west-1:111122223333:function:send"}}
	count(rule.deny) == 0 with input as fixtures.pool([_verification, sender])
}

test_absent_members_are_no_use if {
	every path in ["/UserPool/AutoVerifiedAttributes", "/UserPool/Policies", "/UserPool/LambdaConfig"] {
		count(rule.deny) == 0 with input as fixtures.pool([{"op": "remove", "path": path}])
	}
	count(rule.deny) == 1 with input as fixtures.pool([_verification, {"op": "remove", "path": "/UserPool/LambdaConfig"}])
}
