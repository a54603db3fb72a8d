package cognilint.rules.messaging.email_delivery_configured_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.email_delivery_configured as rule

_failure := ["UserPool", "EmailConfigurationFailure"]

_account := ["UserPool", "EmailConfiguration", "EmailSendingAccount"]

_from := ["UserPool", "EmailConfiguration", "From"]

_without := fixtures.pool([{"op": "remove", "path": "/UserPool/EmailConfiguration"}])

_params(params) := {"email-delivery-configured": params}

test_good_pool_passes if {
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.deny) == 0 with input as _without
}

test_delivery_failure_fails if {
	some violation in rule.deny with input as fixtures.pool([{"op": "add", "path": "/UserPool/EmailConfigurationFailure", "value": "SESIdentityNotVerified"}])
	violation.path == _failure
	violation.actual == "SESIdentityNotVerified"
	violation.expected == "no failure"
}

test_empty_failure_is_none if {
	count(rule.deny) == 0 with input as fixtures.pool([{"op": "add", "path": "/UserPool/EmailConfigurationFailure", "value": ""}])
}

test_other_sending_account_fails if {
	params := _params({"sending_account": "COGNITO_DEFAULT"})
	some violation in rule.deny with input as fixtures.good with data.params as params
	violation.path == _account
	violation.actual == "DEVELOPER"
	violation.expected == "COGNITO_DEFAULT"
	count(rule.deny) == 0 with input as fixtures.good with data.params as _params({"sending_account": "DEVELOPER"})
}

test_absent_sending_account_is_the_default_of_the_service if {
	count(rule.deny) == 0 with input as _without with data.params as _params({"sending_account": "COGNITO_DEFAULT"})
	some violation in rule.deny with input as _without with data.params as _params({"sending_account": "DEVELOPER"})
	violation.actual == null
	contains(violation.msg, "absent, which means COGNITO_DEFAULT")
}

test_other_from_address_fails if {
	params := _params({"from_address": "hr@example.com"})
	some violation in rule.deny with input as fixtures.good with data.params as params
	violation.path == _from
	violation.actual == "login@example.com"
	violation.expected == "hr@example.com"

	some absent in rule.deny with input as _without with data.params as params
	absent.actual == null
	count(rule.deny) == 0 with input as fixtures.good with data.params as _params({"from_address": "login@example.com"})
}
