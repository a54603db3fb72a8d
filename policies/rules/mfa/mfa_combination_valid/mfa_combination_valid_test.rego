package cognilint.rules.mfa.mfa_combination_valid_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.mfa_combination_valid as rule

_factors := ["UserPool", "Policies", "SignInPolicy", "AllowedFirstAuthFactors"]

_factor_configuration := ["MfaConfig", "WebAuthnConfiguration", "FactorConfiguration"]

_sender := ["UserPool", "EmailConfiguration", "EmailSendingAccount"]

_mechanisms := ["UserPool", "AccountRecoverySetting", "RecoveryMechanisms"]

_pointer(path) := concat("/", array.concat([""], path))

_set(path, value) := {"op": "add", "path": _pointer(path), "value": value}

_mode(mode) := _set(["MfaConfig", "MfaConfiguration"], mode)

_email_factor := _set(["MfaConfig", "EmailMfaConfiguration"], {"Message": "{####}"})

_both_channels := _set(_mechanisms, [{"Name": "verified_email", "Priority": 1}, {"Name": "verified_phone_number", "Priority": 2}])

test_good_pool_passes if {
	count(rule.deny) == 0 with input as fixtures.good
}

test_code_as_first_factor_fails_with_required_mfa if {
	patch := _set(_factors, ["EMAIL_OTP", "PASSWORD", "SMS_OTP"])
	found := rule.deny with input as fixtures.pool([patch])
	{[violation.path, violation.actual, violation.expected] | some violation in found} == {
		[array.concat(_factors, [0]), "EMAIL_OTP", "PASSWORD or WEB_AUTHN"],
		[array.concat(_factors, [2]), "SMS_OTP", "PASSWORD or WEB_AUTHN"],
	}
	every mode in ["OPTIONAL", "OFF"] {
		count(rule.deny) == 0 with input as fixtures.pool([patch, _mode(mode)])
	}
}

test_single_factor_passkey_fails_with_required_mfa if {
	passkey := _set(_factors, ["PASSWORD", "WEB_AUTHN"])
	some violation in rule.deny with input as fixtures.pool([passkey])
	violation.path == _factor_configuration
	violation.actual == null
	violation.expected == "MULTI_FACTOR_WITH_USER_VERIFICATION"

	single := _set(["MfaConfig", "WebAuthnConfiguration"], {"FactorConfiguration": "SINGLE_FACTOR"})
	some other in rule.deny with input as fixtures.pool([passkey, single])
	other.actual == "SINGLE_FACTOR"
	count(rule.deny) == 0 with input as fixtures.pool([passkey, single, _mode("OPTIONAL")])
	count(rule.deny) == 0 with input as fixtures.pool([single])

	multi := _set(["MfaConfig", "WebAuthnConfiguration"], {"FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"})
	count(rule.deny) == 0 with input as fixtures.pool([passkey, multi])
}

test_factor_beside_mfa_off_fails_in_templates_and_plans if {
	off := fixtures.pool([_mode("OFF")])
	every mark in ["template", "planned"] {
		some violation in rule.deny with input as object.union(off, {"source": "pool.json", mark: true})
		violation.path == ["MfaConfig", "MfaConfiguration"]
		violation.actual == "OFF"
		violation.expected == "OPTIONAL or ON"
	}
}

test_factor_beside_mfa_off_is_left_alone_in_real_pools if {
	off := fixtures.pool([_mode("OFF")])
	every other in [
		{},
		{"source": "live"},
		{"source": "pool.json"},
		{"source": "pool.json", "template": false, "planned": false},
		{"source": "live", "template": true},
		{"source": "live", "planned": true},
	] {
		count(rule.deny) == 0 with input as object.union(off, other)
	}
}

test_template_without_mode_is_off if {
	template := object.union(
		fixtures.pool([
			{"op": "remove", "path": "/MfaConfig/MfaConfiguration"},
			{"op": "remove", "path": "/UserPool/MfaConfiguration"},
		]),
		{"template": true},
	)
	some violation in rule.deny with input as template
	violation.actual == null
}

test_template_with_mfa_off_and_no_factor_passes if {
	patches := [_mode("OFF"), {"op": "remove", "path": "/MfaConfig/SoftwareTokenMfaConfiguration"}]
	count(rule.deny) == 0 with input as object.union(fixtures.pool(patches), {"template": true})
}

test_email_factor_needs_an_own_sender if {
	default_sender := _set(_sender, "COGNITO_DEFAULT")
	some violation in rule.deny with input as fixtures.pool([_email_factor, _both_channels, default_sender])
	violation.path == _sender
	violation.actual == "COGNITO_DEFAULT"
	violation.expected == "DEVELOPER"

	absent := {"op": "remove", "path": "/UserPool/EmailConfiguration"}
	some other in rule.deny with input as fixtures.pool([_email_factor, _both_channels, absent])
	other.actual == null
	count(rule.deny) == 0 with input as fixtures.pool([_email_factor, _both_channels])
	count(rule.deny) == 0 with input as fixtures.pool([default_sender])
}

test_email_factor_needs_another_recovery_channel if {
	some violation in rule.deny with input as fixtures.pool([_email_factor])
	violation.path == _mechanisms
	violation.actual == [{"Name": "verified_email", "Priority": 1}]

	every other in [
		_set(_mechanisms, [{"Name": "admin_only", "Priority": 1}]),
		_set(_mechanisms, []),
		{"op": "remove", "path": "/UserPool/AccountRecoverySetting"},
	] {
		count(rule.deny) == 0 with input as fixtures.pool([_email_factor, other])
	}
}

test_broken_combinations_are_counted_one_by_one if {
	count(rule.deny) == 4 with input as fixtures.pool([
		_email_factor,
		_set(_sender, "COGNITO_DEFAULT"),
		_set(_factors, ["EMAIL_OTP", "WEB_AUTHN"]),
	])
}

test_pool_without_policies_passes if {
	count(rule.deny) == 0 with input as fixtures.pool([{"op": "remove", "path": "/UserPool/Policies"}])
}
