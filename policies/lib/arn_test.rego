package cognilint.lib.arn_test

import data.cognilint.lib.arn
import data.cognilint.lib.fixtures

_function := "arn:aws-us-gov:lambda:us-gov-west-1:444455556666:function:name:1"

_role := "arn:aws:iam::111122223333:role/service-role/SMS"

test_parts if {
	arn.account(_function) == "444455556666"
	arn.region(_function) == "us-gov-west-1"
	arn.resource(_function) == "function:name:1"
	arn.account(_role) == "111122223333"
	arn.resource(_role) == "role/service-role/SMS"
	not arn.region(_role)
	not arn.account("arn:aws:s3:::bucket")
	arn.resource("arn:aws:s3:::bucket") == "bucket"
}

test_malformed_has_no_parts if {
	every text in ["", "arn", "arn:aws:iam::111122223333", "key-id", "urn:aws:iam:eu-west-1:111122223333:x", "arn:aws:iam::111122223333:"] {
		not arn.resource(text)
	}
	every text in ["", "arn", "arn:aws:iam::111122223333", "key-id", "urn:aws:iam:eu-west-1:111122223333:x"] {
		not arn.account(text)
		not arn.region(text)
		not arn.foreign_account(text) with input as fixtures.good
		not arn.undecided(text) with input as {"UserPool": {}}
	}
}

test_pool if {
	arn.pool_account == "111122223333" with input as fixtures.good
	arn.pool_region == "eu-west-1" with input as fixtures.good
}

test_foreign if {
	arn.foreign_account(_function) == "444455556666" with input as fixtures.good
	arn.foreign_region(_function) == "us-gov-west-1" with input as fixtures.good
	not arn.foreign_account(_role) with input as fixtures.good
	not arn.foreign_region(_role) with input as fixtures.good
	not arn.undecided(_role) with input as fixtures.good
}

test_without_the_arn_of_the_pool_nothing_is_foreign if {
	pool := fixtures.pool([{"op": "remove", "path": "/UserPool/Arn"}])
	not arn.foreign_account(_function) with input as pool
	not arn.foreign_region(_function) with input as pool
	arn.undecided(_function) with input as pool
	not arn.undecided("arn:aws:s3:::bucket") with input as pool
}
