package cognilint.rules.operations.notification_errors_logged_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.operations.notification_errors_logged as rule

_path := ["LogDeliveryConfiguration", "LogConfigurations"]

_with(configurations) := fixtures.pool([{"op": "replace", "path": "/LogDeliveryConfiguration/LogConfigurations", "value": configurations}])

_events := {"EventSource": "userAuthEvents", "LogLevel": "INFO"}

_notifications := {"EventSource": "userNotification", "LogLevel": "ERROR"}

test_log_delivery_passes if {
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.deny) == 0 with input as _with([_events, _notifications])
}

test_empty_list_fails if {
	rule.deny == {{
		"msg": "messages that could not be sent are not logged, expected a log delivery of userNotification",
		"path": _path,
		"actual": [],
		"expected": "an entry with EventSource userNotification",
	}} with input as _with([])
}

test_absent_list_is_empty if {
	some violation in rule.deny with input as fixtures.pool([{"op": "replace", "path": "/LogDeliveryConfiguration", "value": {}}])
	violation.actual == null
}

test_other_events_do_not_count if {
	some violation in rule.deny with input as _with([_events])
	violation.actual == [_events]
}
