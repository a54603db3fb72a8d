package cognilint.rules.tokens.client_rotation_grace_short_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.tokens.client_rotation_grace_short as rule

_path := ["Client", "RefreshTokenRotation", "RetryGracePeriodSeconds"]

_rotation(rotation) := fixtures.client([{"op": "add", "path": "/RefreshTokenRotation", "value": rotation}])

_grace(seconds) := _rotation({"Feature": "ENABLED", "RetryGracePeriodSeconds": seconds})

test_short_grace_passes if {
	rule.applies with input as _grace(10)
	count(rule.deny) == 0 with input as _grace(10)
	count(rule.fix) == 0 with input as _grace(10)
}

test_long_grace_fails_and_is_shortened if {
	rule.deny == {{
		"msg": "rotated refresh tokens of client \"web\" go on working for 60 seconds, expected at most 30",
		"path": _path,
		"actual": 60,
		"expected": 30,
	}} with input as _grace(60)
	rule.fix == {{"op": "replace", "path": _path, "value": 30}} with input as _grace(60)
}

test_limit_is_inclusive if {
	count(rule.deny) == 0 with input as _grace(30)
	count(rule.deny) == 1 with input as _grace(31)
}

test_absent_grace_passes if {
	rule.applies with input as _rotation({"Feature": "ENABLED"})
	count(rule.deny) == 0 with input as _rotation({"Feature": "ENABLED"})
	count(rule.deny) == 0 with input as _grace(0)
}

test_parameter_can_be_overridden if {
	strict := {"client-rotation-grace-short": {"max_seconds": 0}}
	count(rule.deny) == 1 with input as _grace(1) with data.params as strict
	rule.fix == {{"op": "replace", "path": _path, "value": 0}} with input as _grace(1) with data.params as strict
	count(rule.deny) == 0 with input as _rotation({"Feature": "ENABLED"}) with data.params as strict
	count(rule.deny) == 0 with input as _grace(60) with data.params as {"client-rotation-grace-short": {"max_seconds": 60}}
}

test_clients_without_rotation_are_exempt if {
	not rule.applies with input as fixtures.client([])
	not rule.applies with input as _rotation({"Feature": "DISABLED", "RetryGracePeriodSeconds": 60})
	not rule.applies with input as _rotation({"RetryGracePeriodSeconds": 60})
}
