package cognilint.rules.operations.log_group_same_account_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.operations.log_group_same_account as rule

_own := "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/vendedlogs/login:*"

_foreign := "arn:aws:logs:eu-west-1:999988887777:log-group:central:*"

_entry(arn) := {"EventSource": "userNotification", "LogLevel": "ERROR", "CloudWatchLogsConfiguration": {"LogGroupArn": arn}}

_with(configurations, patches) := fixtures.pool(array.concat(
	[{"op": "replace", "path": "/LogDeliveryConfiguration/LogConfigurations", "value": configurations}],
	patches,
))

_without_arn := {"op": "remove", "path": "/UserPool/Arn"}

test_own_log_group_passes if {
	rule.applies with input as _with([_entry(_own)], [])
	count(rule.deny) == 0 with input as _with([_entry(_own)], [])
}

test_foreign_log_group_fails if {
	rule.deny == {{
		"msg": "the log group log-group:central:* belongs to account 999988887777, expected the account of the pool, 111122223333",
		"path": ["LogDeliveryConfiguration", "LogConfigurations", 1, "CloudWatchLogsConfiguration", "LogGroupArn"],
		"actual": _foreign,
		"expected": "a log group of account 111122223333",
	}} with input as _with([_entry(_own), _entry(_foreign)], [])
}

test_pool_without_arn_is_unknown if {
	rule.unknown == {["UserPool", "Arn"]} with input as _with([_entry(_foreign)], [_without_arn])
	count(rule.deny) == 0 with input as _with([_entry(_foreign)], [_without_arn])
	count(rule.unknown) == 0 with input as _with([_entry("login")], [_without_arn])
}

test_pool_without_log_group_is_exempt if {
	every pool in [
		fixtures.good,
		_with([], []),
		_with([_entry("")], []),
		_with([{"EventSource": "userAuthEvents", "S3Configuration": {"BucketArn": "arn:aws:s3:::events"}}], []),
		fixtures.pool([{"op": "remove", "path": "/LogDeliveryConfiguration/LogConfigurations"}]),
	] {
		not rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
	}
}
