package cognilint.rules.signup.signup_sms_abuse_limited_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.signup.signup_sms_abuse_limited as rule

_sms := {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}

# Anyone can sign up, the pool can send SMS and has no web ACL.
_with(verified, factors, patches) := fixtures.pool(array.concat(
	[
		{"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": false},
		{"op": "add", "path": "/UserPool/SmsConfiguration", "value": _sms},
		{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": verified},
		{"op": "replace", "path": "/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", "value": factors},
	],
	patches,
))

_phone(patches) := _with(["email", "phone_number"], ["PASSWORD"], patches)

test_verified_phone_numbers_fail if {
	rule.applies with input as _phone([])
	rule.deny == {{
		"msg": "anyone can sign up, phone numbers are verified by SMS, and no web ACL limits the requests, expected one (local passwords: client \"web\")",
		"path": ["WebACL"],
		"actual": null,
		"expected": "a web ACL with a rate rule and a challenge",
	}} with input as _phone([])
}

test_sign_in_codes_fail if {
	some violation in rule.deny with input as _with(["email"], ["PASSWORD", "SMS_OTP"], [])
	contains(violation.msg, "codes to sign in come by SMS")

	some both in rule.deny with input as _with(["phone_number"], ["SMS_OTP", "PASSWORD"], [])
	contains(both.msg, "codes to sign in come by SMS and phone numbers are verified by SMS")
}

test_pool_that_sends_no_sms_to_strangers_passes if {
	count(rule.deny) == 0 with input as _with(["email"], ["PASSWORD", "EMAIL_OTP"], [])
	count(rule.deny) == 0 with input as _with([], ["PASSWORD"], [])
	count(rule.deny) == 0 with input as _with(["email"], ["PASSWORD"], [
		{"op": "remove", "path": "/UserPool/AutoVerifiedAttributes"},
		{"op": "remove", "path": "/UserPool/Policies"},
	])
}

test_web_acl_is_a_limit if {
	count(rule.deny) == 0 with input as _phone([{"op": "replace", "path": "/WebACL", "value": {"Name": "edge"}}])
}

test_unread_web_acl_is_not_none if {
	count(rule.deny) == 0 with input as _phone([{"op": "remove", "path": "/WebACL"}])
}

test_own_sender_is_a_limit if {
	sender := {"LambdaArn": "arn:aws:lambda:eu-west-1:111122223333:function:sms", "LambdaVersion": "V1_0"}
	count(rule.deny) == 0 with input as _phone([{"op": "add", "path": "/UserPool/LambdaConfig/CustomSMSSender", "value": sender}])
	count(rule.deny) == 1 with input as _phone([{"op": "remove", "path": "/UserPool/LambdaConfig"}])
}

test_pool_without_sms_is_exempt if {
	not rule.applies with input as _phone([{"op": "remove", "path": "/UserPool/SmsConfiguration"}])
}

test_sms_settings_of_any_kind_count if {
	rule.applies with input as _phone([{"op": "replace", "path": "/UserPool/SmsConfiguration", "value": {"EumsSms": {}}}])
}

test_closed_sign_up_is_exempt if {
	not rule.applies with input as _phone([{"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": true}])
}

test_pools_without_local_users_are_exempt if {
	every clients in [[fixtures.sso_client], [fixtures.machine_client]] {
		not rule.applies with input as _phone([{"op": "replace", "path": "/Clients", "value": clients}])
	}
}

test_unread_clients_exempt_nothing if {
	unread := _phone([{"op": "remove", "path": "/Clients"}])
	rule.applies with input as unread
	some violation in rule.deny with input as unread
	contains(violation.msg, "was not tested")
}
