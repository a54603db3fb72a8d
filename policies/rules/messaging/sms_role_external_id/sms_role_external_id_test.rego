package cognilint.rules.messaging.sms_role_external_id_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.sms_role_external_id as rule

_arn := "arn:aws:iam::111122223333:role/service-role/sms"

_with(sms) := fixtures.pool([{"op": "add", "path": "/UserPool/SmsConfiguration", "value": sms}])

test_external_id_passes if {
	pool := _with({"SnsCallerArn": _arn, "ExternalId": "d1f0"})
	rule.applies with input as pool
	count(rule.deny) == 0 with input as pool
}

test_absent_external_id_fails if {
	rule.deny == {{
		"msg": "the SMS role arn:aws:iam::111122223333:role/service-role/sms is used without an external id, expected one",
		"path": ["UserPool", "SmsConfiguration", "ExternalId"],
		"actual": null,
		"expected": "an external id that the trust policy of the role requires",
	}} with input as _with({"SnsCallerArn": _arn})
}

test_empty_external_id_is_none if {
	some violation in rule.deny with input as _with({"SnsCallerArn": _arn, "ExternalId": ""})
	violation.actual == ""
}

# FP27
test_pool_without_role_is_exempt if {
	every pool in [fixtures.good, _with({"EumsSms": {"PoolId": "p"}}), _with({"SnsCallerArn": ""})] {
		not rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
	}
}
