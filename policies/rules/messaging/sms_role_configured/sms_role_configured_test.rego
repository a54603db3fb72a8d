package cognilint.rules.messaging.sms_role_configured_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.sms_role_configured as rule

_path := ["UserPool", "SmsConfiguration", "SnsCallerArn"]

_with(arn) := fixtures.pool([{"op": "add", "path": "/UserPool/SmsConfiguration", "value": {"SnsCallerArn": arn, "ExternalId": "x"}}])

test_agreed_role_passes_with_any_path if {
	every arn in [
		"arn:aws:iam::111122223333:role/EmployeeAppSMSRole",
		"arn:aws:iam::111122223333:role/service-role/EmployeeAppSMSRole",
		"arn:aws-us-gov:iam::111122223333:role/team/sms/EmployeeAppSMSRole",
	] {
		count(rule.deny) == 0 with input as _with(arn)
	}
}

test_other_role_fails if {
	every arn in [
		"arn:aws:iam::111122223333:role/OtherRole",
		"arn:aws:iam::111122223333:role/EmployeeAppSMSRole/OtherRole",
		"arn:aws:iam::111122223333:role/MyEmployeeAppSMSRole",
		"EmployeeAppSMSRole",
	] {
		some violation in rule.deny with input as _with(arn)
		violation.path == _path
		violation.actual == arn
		violation.expected == "the ARN of a role named EmployeeAppSMSRole"
	}
}

test_absent_role_fails if {
	every pool in [
		fixtures.good,
		fixtures.pool([{"op": "add", "path": "/UserPool/SmsConfiguration", "value": {"EumsSms": {"PoolId": "p"}}}]),
	] {
		some violation in rule.deny with input as pool
		violation.path == _path
		violation.actual == null
		contains(violation.msg, "the SMS role is absent")
	}
}

test_parameter_can_be_overridden if {
	count(rule.deny) == 0 with input as _with("arn:aws:iam::111122223333:role/OtherRole")
		with data.params as {"sms-role-configured": {"role_name": "OtherRole"}}
}
