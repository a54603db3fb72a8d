package cognilint.rules.mfa.signin_factor_usable_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.signin_factor_usable as rule

_path := ["UserPool", "Policies", "SignInPolicy", "AllowedFirstAuthFactors"]

_with(factors, patches) := fixtures.pool(array.concat([{"op": "replace", "path": concat("/", array.concat([""], _path)), "value": factors}], patches))

test_good_pool_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
}

test_texted_code_needs_sms_settings if {
	some violation in rule.deny with input as _with(["PASSWORD", "SMS_OTP"], [])
	violation.path == array.concat(_path, [1])
	violation.actual == "SMS_OTP"
	every sms in [{"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}, {"EumsSms": {}}] {
		count(rule.deny) == 0 with input as _with(["SMS_OTP"], [{"op": "add", "path": "/UserPool/SmsConfiguration", "value": sms}])
	}
}

test_passkey_needs_a_relying_party_or_a_domain if {
	some violation in rule.deny with input as _with(["PASSWORD", "WEB_AUTHN"], [])
	violation.path == array.concat(_path, [1])
	violation.actual == "WEB_AUTHN"
	every patch in [
		{"op": "add", "path": "/MfaConfig/WebAuthnConfiguration", "value": {"RelyingPartyId": "example.com"}},
		{"op": "add", "path": "/UserPool/Domain", "value": "example"},
		{"op": "add", "path": "/UserPool/CustomDomain", "value": "auth.example.com"},
	] {
		count(rule.deny) == 0 with input as _with(["WEB_AUTHN"], [patch])
	}
	count(rule.deny) == 1 with input as _with(["WEB_AUTHN"], [{"op": "add", "path": "/MfaConfig/WebAuthnConfiguration", "value": {"UserVerification": "required"}}])
}

test_empty_list_fails if {
	rule.applies with input as _with([], [])
	some violation in rule.deny with input as _with([], [])
	violation.path == _path
	violation.actual == []
}

test_each_unusable_factor_is_named if {
	count(rule.deny) == 2 with input as _with(["SMS_OTP", "WEB_AUTHN", "EMAIL_OTP"], [])
}

test_unset_list_is_exempt if {
	every path in [
		"/UserPool/Policies",
		"/UserPool/Policies/SignInPolicy",
		"/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors",
	] {
		unset := fixtures.pool([{"op": "remove", "path": path}])
		not rule.applies with input as unset
		count(rule.deny) == 0 with input as unset
	}
}

test_passkey_is_not_judged_without_the_mfa_settings if {
	count(rule.deny) == 0 with input as _with(["WEB_AUTHN"], [{"op": "remove", "path": "/MfaConfig"}])
}
