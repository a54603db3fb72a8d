package cognilint.rules.mfa.mfa_required_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.mfa_required as rule

_mode := ["MfaConfig", "MfaConfiguration"]

_require := {"op": "replace", "path": _mode, "value": "ON"}

_totp := {"op": "replace", "path": ["MfaConfig", "SoftwareTokenMfaConfiguration", "Enabled"], "value": true}

_with_mode(mode, patches) := fixtures.pool(array.concat(
	[
		{"op": "replace", "path": "/UserPool/MfaConfiguration", "value": mode},
		{"op": "replace", "path": "/MfaConfig/MfaConfiguration", "value": mode},
	],
	patches,
))

_factors(factors) := {"op": "replace", "path": "/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", "value": factors}

test_good_pool_passes if {
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.unknown) == 0 with input as fixtures.good
	count(rule.fix) == 0 with input as fixtures.good
	rule.applies with input as fixtures.good
}

test_optional_fails_and_is_required if {
	pool := _with_mode("OPTIONAL", [])
	some violation in rule.deny with input as pool
	violation.path == _mode
	violation.actual == "OPTIONAL"
	violation.expected == "ON"
	violation.msg == `MFA is OPTIONAL, expected ON (local passwords: client "web")`
	rule.fix == {_require} with input as pool
}

test_off_without_factor_gets_authenticator_apps if {
	pool := _with_mode("OFF", [{"op": "remove", "path": "/MfaConfig/SoftwareTokenMfaConfiguration"}])
	rule.fix == {_require, _totp} with input as pool
}

test_any_factor_is_enough_for_the_fix if {
	email := _with_mode("OPTIONAL", [
		{"op": "replace", "path": "/MfaConfig/SoftwareTokenMfaConfiguration/Enabled", "value": false},
		{"op": "add", "path": "/MfaConfig/EmailMfaConfiguration", "value": {"Message": "{####}"}},
	])
	rule.fix == {_require} with input as email
}

test_absent_in_both_places_means_off if {
	pool := fixtures.pool([
		{"op": "remove", "path": "/UserPool/MfaConfiguration"},
		{"op": "remove", "path": "/MfaConfig/MfaConfiguration"},
	])
	some violation in rule.deny with input as pool
	violation.path == _mode
	violation.actual == null
	contains(violation.msg, "absent, which means OFF")
}

test_mode_of_the_pool_counts_where_the_section_lacks_it if {
	pool := fixtures.pool([
		{"op": "replace", "path": "/UserPool/MfaConfiguration", "value": "OPTIONAL"},
		{"op": "remove", "path": "/MfaConfig/MfaConfiguration"},
	])
	some violation in rule.deny with input as pool
	violation.path == ["UserPool", "MfaConfiguration"]
	violation.actual == "OPTIONAL"
}

test_mode_of_the_pool_is_enough_but_fixes_nothing if {
	unread := [{"op": "remove", "path": "/MfaConfig"}]
	count(rule.deny) == 0 with input as fixtures.pool(unread)
	count(rule.unknown) == 0 with input as fixtures.pool(unread)

	off := fixtures.pool(array.concat(unread, [{"op": "replace", "path": "/UserPool/MfaConfiguration", "value": "OFF"}]))
	some violation in rule.deny with input as off
	violation.path == ["UserPool", "MfaConfiguration"]
	violation.actual == "OFF"
	count(rule.fix) == 0 with input as off
}

test_unread_mode_is_unknown if {
	pool := fixtures.pool([
		{"op": "remove", "path": "/MfaConfig"},
		{"op": "remove", "path": "/UserPool/MfaConfiguration"},
	])
	rule.unknown == {["MfaConfig"]} with input as pool
	count(rule.deny) == 0 with input as pool
}

test_one_time_passwords_as_first_factor_forbid_the_fix if {
	every factor in ["EMAIL_OTP", "SMS_OTP"] {
		pool := _with_mode("OFF", [_factors(["PASSWORD", factor])])
		some violation in rule.deny with input as pool
		contains(violation.msg, sprintf("%s as first factor excludes ON", [factor]))
		count(rule.fix) == 0 with input as pool
	}
}

test_passkeys_must_count_as_multi_factor_for_the_fix if {
	single := [
		_factors(["PASSWORD", "WEB_AUTHN"]),
		{"op": "add", "path": "/MfaConfig/WebAuthnConfiguration", "value": {"RelyingPartyId": "example.com"}},
	]
	count(rule.deny) == 1 with input as _with_mode("OPTIONAL", single)
	count(rule.fix) == 0 with input as _with_mode("OPTIONAL", single)

	multi := array.concat(single, [{
		"op": "add",
		"path": "/MfaConfig/WebAuthnConfiguration/FactorConfiguration",
		"value": "MULTI_FACTOR_WITH_USER_VERIFICATION",
	}])
	rule.fix == {_require} with input as _with_mode("OPTIONAL", multi)
}

test_sms_settings_without_sms_factor_forbid_the_fix if {
	sms := {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms", "ExternalId": "x"}
	only_pool := [{"op": "add", "path": "/UserPool/SmsConfiguration", "value": sms}]
	some violation in rule.deny with input as _with_mode("OPTIONAL", only_pool)
	contains(violation.msg, "may clear the SMS settings")
	count(rule.fix) == 0 with input as _with_mode("OPTIONAL", only_pool)

	both := array.concat(only_pool, [{"op": "add", "path": "/MfaConfig/SmsMfaConfiguration", "value": {"SmsConfiguration": sms}}])
	rule.fix == {_require} with input as _with_mode("OPTIONAL", both)
}

_adaptive_params := {"mfa-required": {"allow_optional_with_adaptive": true}}

_adaptive(mode, high, medium) := [
	{"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": mode}},
	{"op": "add", "path": "/RiskConfigurations/-", "value": {"ClientId": "1example"}},
	{"op": "add", "path": "/RiskConfigurations/-", "value": {"AccountTakeoverRiskConfiguration": {"Actions": {
		"HighAction": {"EventAction": high, "Notify": true},
		"MediumAction": {"EventAction": medium, "Notify": true},
	}}}},
]

test_optional_passes_with_adaptive_authentication if {
	pool := _with_mode("OPTIONAL", _adaptive("ENFORCED", "BLOCK", "MFA_REQUIRED"))
	count(rule.deny) == 0 with input as pool with data.params as _adaptive_params
	count(rule.deny) == 1 with input as pool
}

test_adaptive_authentication_must_answer_both_levels if {
	every patches in [
		[],
		_adaptive("AUDIT", "BLOCK", "BLOCK"),
		_adaptive("ENFORCED", "BLOCK", "MFA_IF_CONFIGURED"),
		_adaptive("ENFORCED", "NO_ACTION", "BLOCK"),
	] {
		some violation in rule.deny with input as _with_mode("OPTIONAL", patches)
			with data.params as _adaptive_params
		violation.expected == "ON, or OPTIONAL with enforced threat protection"
	}
}

test_adaptive_authentication_does_not_excuse_off if {
	pool := _with_mode("OFF", _adaptive("ENFORCED", "BLOCK", "BLOCK"))
	count(rule.deny) == 1 with input as pool with data.params as _adaptive_params
}

test_unread_risk_configuration_is_unknown if {
	unread := _with_mode("OPTIONAL", [{"op": "remove", "path": "/RiskConfigurations"}])
	rule.unknown == {["RiskConfigurations"]} with input as unread with data.params as _adaptive_params
	count(rule.unknown) == 0 with input as unread

	partly := _with_mode("OPTIONAL", [{"op": "add", "path": "/unknown/-", "value": {"path": "/RiskConfigurations/-", "reason": "the list may be longer"}}])
	rule.unknown == {["RiskConfigurations", "-"]} with input as partly with data.params as _adaptive_params
}

test_pool_with_federated_sign_in_only_is_exempt if {
	not rule.applies with input as _with_mode("OFF", [{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
}

test_default_flows_of_a_federated_client_take_passwords if {
	c := json.patch(fixtures.sso_client, [{"op": "remove", "path": "/ExplicitAuthFlows"}])
	rule.applies with input as _with_mode("OFF", [{"op": "replace", "path": "/Clients", "value": [c]}])
}
