package cognilint.lib.message_test

import data.cognilint.lib.fixtures
import data.cognilint.lib.message

test_good_pool if {
	message.email_uses == {"verification", "recovery"} with input as fixtures.good
	message.sms_uses == set() with input as fixtures.good
	message.templates == set() with input as fixtures.good
}

test_uses if {
	pool := fixtures.pool([
		{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": ["phone_number"]},
		{"op": "replace", "path": "/UserPool/AccountRecoverySetting/RecoveryMechanisms", "value": [{"Name": "verified_phone_number", "Priority": 1}]},
		{"op": "replace", "path": "/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", "value": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"]},
		{"op": "add", "path": "/MfaConfig/EmailMfaConfiguration", "value": {}},
		{"op": "add", "path": "/MfaConfig/SmsMfaConfiguration", "value": {"SmsConfiguration": {"SnsCallerArn": "x"}}},
	])
	message.email_uses == {"MFA", "sign-in codes"} with input as pool
	message.sms_uses == {"verification", "recovery", "MFA", "sign-in codes"} with input as pool
}

test_legacy_recovery_uses_both if {
	pool := fixtures.pool([{"op": "remove", "path": "/UserPool/AccountRecoverySetting"}, {"op": "remove", "path": "/UserPool/AutoVerifiedAttributes"}])
	message.email_uses == {"recovery"} with input as pool
	message.sms_uses == {"recovery"} with input as pool
}

test_factors_that_were_not_read_are_no_use if {
	pool := fixtures.pool([{"op": "remove", "path": "/MfaConfig"}])
	message.email_uses == {"verification", "recovery"} with input as pool
}

test_templates if {
	pool := fixtures.pool([
		{"op": "add", "path": "/UserPool/EmailVerificationMessage", "value": "a"},
		{"op": "add", "path": "/UserPool/AdminCreateUserConfig/InviteMessageTemplate", "value": {"SMSMessage": "b"}},
		{"op": "add", "path": "/MfaConfig/EmailMfaConfiguration", "value": {"Message": "c"}},
	])
	message.templates == {
		{"path": ["UserPool", "EmailVerificationMessage"], "text": "a"},
		{"path": ["UserPool", "AdminCreateUserConfig", "InviteMessageTemplate", "SMSMessage"], "text": "b"},
		{"path": ["MfaConfig", "EmailMfaConfiguration", "Message"], "text": "c"},
	} with input as pool
}
