package cognilint.rules.messaging.ses_from_matches_identity_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.ses_from_matches_identity as rule

_with(from, identity) := fixtures.pool([
	{"op": "replace", "path": "/UserPool/EmailConfiguration/From", "value": from},
	{"op": "replace", "path": "/UserPool/EmailConfiguration/SourceArn", "value": sprintf("arn:aws:ses:eu-west-1:111122223333:identity/%s", [identity])},
])

test_address_of_the_identity_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	every pair in [
		["login@example.com", "example.com"],
		["Login@EXAMPLE.com", "example.COM"],
		["Example Ltd <login@example.com>", "example.com"],
		[`"sales@other.example" <login@example.com> `, "example.com"],
		["login@mail.example.com", "example.com"],
		["login@example.com", "login@example.com"],
		["login@example.com.", "example.com"],
	] {
		count(rule.deny) == 0 with input as _with(pair[0], pair[1])
	}
}

test_address_of_another_domain_fails if {
	rule.deny == {{
		"msg": "mail is sent from an address at example.net with the identity of example.com, expected an address of the identity",
		"path": ["UserPool", "EmailConfiguration", "From"],
		"actual": "Example <login@example.net>",
		"expected": "an address at example.com or below it",
	}} with input as _with("Example <login@example.net>", "example.com")
}

test_names_are_compared_label_by_label if {
	every pair in [
		["login@notexample.com", "example.com"],
		["login@example.com", "mail.example.com"],
		["login@example.com.evil.example", "example.com"],
		["login@example.org", "login@example.com"],
	] {
		count(rule.deny) == 1 with input as _with(pair[0], pair[1])
	}
}

test_text_that_cannot_be_read_is_not_judged if {
	count(rule.deny) == 0 with input as _with("Example", "example.com")
	every source in ["example.com", "arn:aws:ses:eu-west-1:111122223333:configuration-set/x"] {
		count(rule.deny) == 0 with input as fixtures.pool([
			{"op": "replace", "path": "/UserPool/EmailConfiguration/From", "value": "login@example.net"},
			{"op": "replace", "path": "/UserPool/EmailConfiguration/SourceArn", "value": source},
		])
	}
}

test_pool_without_own_sender_is_exempt if {
	every patch in [
		{"op": "replace", "path": "/UserPool/EmailConfiguration/EmailSendingAccount", "value": "COGNITO_DEFAULT"},
		{"op": "remove", "path": "/UserPool/EmailConfiguration/EmailSendingAccount"},
		{"op": "remove", "path": "/UserPool/EmailConfiguration/From"},
		{"op": "remove", "path": "/UserPool/EmailConfiguration/SourceArn"},
		{"op": "remove", "path": "/UserPool/EmailConfiguration"},
	] {
		not rule.applies with input as fixtures.pool([patch])
		count(rule.deny) == 0 with input as fixtures.pool([patch])
	}
}
