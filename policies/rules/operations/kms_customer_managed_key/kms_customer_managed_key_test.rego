package cognilint.rules.operations.kms_customer_managed_key_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.operations.kms_customer_managed_key as rule

_path := ["UserPool", "KeyConfiguration", "KeyType"]

_with(configuration) := fixtures.pool([{"op": "add", "path": "/UserPool/KeyConfiguration", "value": configuration}])

test_own_key_passes if {
	count(rule.deny) == 0 with input as _with({
		"KeyType": "CUSTOMER_MANAGED_KEY",
		"KmsKeyArn": "arn:aws:kms:eu-west-1:111122223333:key/1",
	})
}

test_key_of_aws_fails if {
	rule.deny == {{
		"msg": "the key type is AWS_OWNED_KEY, expected CUSTOMER_MANAGED_KEY",
		"path": _path,
		"actual": "AWS_OWNED_KEY",
		"expected": "CUSTOMER_MANAGED_KEY",
	}} with input as _with({"KeyType": "AWS_OWNED_KEY"})
}

test_absent_key_is_one_of_aws if {
	every pool in [fixtures.good, _with({})] {
		some violation in rule.deny with input as pool
		violation.path == _path
		violation.actual == null
		contains(violation.msg, "absent, which means a key of AWS")
	}
}
