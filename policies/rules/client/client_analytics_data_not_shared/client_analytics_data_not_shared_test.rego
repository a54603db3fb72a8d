package cognilint.rules.client.client_analytics_data_not_shared_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.client.client_analytics_data_not_shared as rule

_path := ["Client", "AnalyticsConfiguration", "UserDataShared"]

_analytics(configuration) := fixtures.client([{"op": "add", "path": "/AnalyticsConfiguration", "value": configuration}])

_project := "arn:aws:mobiletargeting:eu-west-1:111122223333:apps/0123456789abcdef"

test_shared_data_fails_and_is_kept_back if {
	client := _analytics({"ApplicationArn": _project, "UserDataShared": true})
	rule.applies with input as client
	rule.deny == {{
		"msg": "client \"web\" sends user data to Amazon Pinpoint, expected events without it",
		"path": _path,
		"actual": true,
		"expected": false,
	}} with input as client
	rule.fix == {{"op": "replace", "path": _path, "value": false}} with input as client
}

test_events_without_user_data_pass if {
	every configuration in [{"ApplicationArn": _project, "UserDataShared": false}, {"ApplicationArn": _project}, {}] {
		rule.applies with input as _analytics(configuration)
		count(rule.deny) == 0 with input as _analytics(configuration)
		count(rule.fix) == 0 with input as _analytics(configuration)
	}
}

test_client_without_analytics_is_exempt if {
	not rule.applies with input as fixtures.client([])
}
