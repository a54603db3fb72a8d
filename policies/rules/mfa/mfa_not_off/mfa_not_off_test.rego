package cognilint.rules.mfa.mfa_not_off_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.mfa_not_off as rule

_mode := ["MfaConfig", "MfaConfiguration"]

_edits := {
	{"op": "replace", "path": _mode, "value": "OPTIONAL"},
	{"op": "replace", "path": ["MfaConfig", "SoftwareTokenMfaConfiguration", "Enabled"], "value": true},
}

_with_mode(mode, patches) := fixtures.pool(array.concat(
	[
		{"op": "replace", "path": "/UserPool/MfaConfiguration", "value": mode},
		{"op": "replace", "path": "/MfaConfig", "value": {"MfaConfiguration": mode}},
	],
	patches,
))

test_good_pool_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.unknown) == 0 with input as fixtures.good
	count(rule.fix) == 0 with input as fixtures.good
}

test_optional_passes if {
	count(rule.deny) == 0 with input as _with_mode("OPTIONAL", [])
}

test_off_fails_and_becomes_optional_with_authenticator_apps if {
	pool := _with_mode("OFF", [])
	rule.deny == {{
		"msg": `MFA is OFF, so nobody can use a second factor, expected OPTIONAL or ON (local passwords: client "web")`,
		"path": _mode,
		"actual": "OFF",
		"expected": "OPTIONAL or ON",
	}} with input as pool
	rule.fix == _edits with input as pool
}

test_absent_in_both_places_means_off if {
	pool := fixtures.pool([
		{"op": "remove", "path": "/UserPool/MfaConfiguration"},
		{"op": "replace", "path": "/MfaConfig", "value": {}},
	])
	some violation in rule.deny with input as pool
	violation.path == _mode
	violation.actual == null
	contains(violation.msg, "absent, which means OFF")
	rule.fix == _edits with input as pool
}

test_codes_as_first_factor_excuse_nothing if {
	pool := _with_mode("OFF", [{"op": "replace", "path": "/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", "value": ["PASSWORD", "EMAIL_OTP"]}])
	count(rule.deny) == 1 with input as pool
	rule.fix == _edits with input as pool
}

test_mode_of_the_pool_is_enough_but_fixes_nothing if {
	unread := [{"op": "remove", "path": "/MfaConfig"}]
	count(rule.deny) == 0 with input as fixtures.pool(unread)
	count(rule.unknown) == 0 with input as fixtures.pool(unread)

	off := _with_mode("OFF", unread)
	some violation in rule.deny with input as off
	violation.path == ["UserPool", "MfaConfiguration"]
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

test_mode_that_is_not_known_passes if {
	count(rule.deny) == 0 with input as _with_mode("ADAPTIVE", [])
}

test_sms_settings_without_sms_factor_forbid_the_fix if {
	sms := {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms", "ExternalId": "x"}
	only_pool := [{"op": "add", "path": "/UserPool/SmsConfiguration", "value": sms}]
	some violation in rule.deny with input as _with_mode("OFF", only_pool)
	contains(violation.msg, "may clear the SMS settings")
	count(rule.fix) == 0 with input as _with_mode("OFF", only_pool)

	both := array.concat(only_pool, [{"op": "add", "path": "/MfaConfig/SmsMfaConfiguration", "value": {"SmsConfiguration": sms}}])
	rule.fix == _edits with input as _with_mode("OFF", both)
}

test_pool_with_federated_sign_in_only_is_exempt if {
	not rule.applies with input as _with_mode("OFF", [{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
}

test_pool_for_machines_only_is_exempt if {
	not rule.applies with input as _with_mode("OFF", [{"op": "replace", "path": "/Clients", "value": [fixtures.machine_client]}])
}

test_unread_clients_exempt_nothing if {
	pool := _with_mode("OFF", [{"op": "remove", "path": "/Clients"}])
	rule.applies with input as pool
	some violation in rule.deny with input as pool
	contains(violation.msg, "was not tested")
}
