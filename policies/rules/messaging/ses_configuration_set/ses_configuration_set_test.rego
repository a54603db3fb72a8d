package cognilint.rules.messaging.ses_configuration_set_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.ses_configuration_set as rule

_with(name) := fixtures.pool([{"op": "add", "path": "/UserPool/EmailConfiguration/ConfigurationSet", "value": name}])

test_configuration_set_passes if {
	rule.applies with input as _with("login")
	count(rule.deny) == 0 with input as _with("login")
}

test_absent_configuration_set_fails if {
	rule.deny == {{
		"msg": "email is sent through SES without a configuration set, expected one that records bounces and complaints",
		"path": ["UserPool", "EmailConfiguration", "ConfigurationSet"],
		"actual": null,
		"expected": "the name of a configuration set",
	}} with input as fixtures.good
}

test_empty_name_is_none if {
	some violation in rule.deny with input as _with("")
	violation.actual == ""
}

test_sender_of_the_service_is_exempt if {
	every patch in [
		{"op": "replace", "path": "/UserPool/EmailConfiguration/EmailSendingAccount", "value": "COGNITO_DEFAULT"},
		{"op": "remove", "path": "/UserPool/EmailConfiguration/EmailSendingAccount"},
		{"op": "remove", "path": "/UserPool/EmailConfiguration"},
	] {
		not rule.applies with input as fixtures.pool([patch])
		count(rule.deny) == 0 with input as fixtures.pool([patch])
	}
}
