package cognilint.rules.mfa.device_remembering_keeps_mfa_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.device_remembering_keeps_mfa as rule

_path := ["UserPool", "DeviceConfiguration", "ChallengeRequiredOnNewDevice"]

_keep := {"op": "replace", "path": _path, "value": false}

_strict := {"device-remembering-keeps-mfa": {"allow_user_opt_in": false}}

_with_mode(mode, configuration) := fixtures.pool([
	{"op": "replace", "path": "/UserPool/MfaConfiguration", "value": mode},
	{"op": "replace", "path": "/MfaConfig/MfaConfiguration", "value": mode},
	{"op": "add", "path": "/UserPool/DeviceConfiguration", "value": configuration},
])

_with(configuration) := _with_mode("ON", configuration)

test_pool_that_remembers_no_device_is_exempt if {
	not rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.fix) == 0 with input as fixtures.good
}

test_devices_remembered_unasked_fail_and_are_challenged if {
	every mode in ["ON", "OPTIONAL"] {
		pool := _with_mode(mode, {"ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false})
		rule.applies with input as pool
		rule.deny == {{
			"msg": "a device replaces the second factor once it is remembered, which happens without asking its user, expected MFA on remembered devices too",
			"path": _path,
			"actual": true,
			"expected": false,
		}} with input as pool
		rule.fix == {_keep} with input as pool
	}
}

test_absent_prompt_is_none if {
	count(rule.deny) == 1 with input as _with({"ChallengeRequiredOnNewDevice": true})
}

test_opt_in_passes_unless_the_parameter_forbids_it if {
	pool := _with({"ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": true})
	rule.applies with input as pool
	count(rule.deny) == 0 with input as pool
	some violation in rule.deny with input as pool with data.params as _strict
	contains(violation.msg, "which its user agrees to")
	rule.fix == {_keep} with input as pool with data.params as _strict
}

test_remembered_devices_that_are_challenged_pass if {
	every configuration in [
		{"ChallengeRequiredOnNewDevice": false, "DeviceOnlyRememberedOnUserPrompt": false},
		{"DeviceOnlyRememberedOnUserPrompt": true},
		{},
	] {
		rule.applies with input as _with(configuration)
		count(rule.deny) == 0 with input as _with(configuration)
		count(rule.deny) == 0 with input as _with(configuration) with data.params as _strict
	}
}

test_mfa_off_is_exempt if {
	off := _with_mode("OFF", {"ChallengeRequiredOnNewDevice": true})
	not rule.applies with input as off
	count(rule.deny) == 0 with input as off
}

test_exemption_needs_a_known_mode if {
	unread := json.patch(_with({"ChallengeRequiredOnNewDevice": true}), [
		{"op": "remove", "path": "/MfaConfig"},
		{"op": "remove", "path": "/UserPool/MfaConfiguration"},
	])
	rule.applies with input as unread
	count(rule.deny) == 0 with input as unread
}
