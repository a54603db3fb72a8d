package cognilint.rules.messaging.invite_message_placeholders_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.invite_message_placeholders as rule

_path := ["UserPool", "AdminCreateUserConfig", "InviteMessageTemplate"]

_with(template, patches) := fixtures.pool(array.concat(
	[{"op": "add", "path": "/UserPool/AdminCreateUserConfig/InviteMessageTemplate", "value": template}],
	patches,
))

_good := {
	"EmailSubject": "Welcome",
	"EmailMessage": "<b>{username}</b>, your password is {####}",
	"SMSMessage": "{####} for {username}",
}

_factors(factors) := {"op": "replace", "path": "/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors", "value": factors}

test_complete_texts_pass if {
	rule.applies with input as _with(_good, [])
	count(rule.deny) == 0 with input as _with(_good, [])
}

test_each_incomplete_text_fails if {
	rule.deny == {
		{
			"msg": "the text of invitations by email lacks {####}, expected {####} and {username} (local passwords: client \"web\")",
			"path": array.concat(_path, ["EmailMessage"]),
			"actual": "Hello {username}",
			"expected": "a text with {####} and {username}",
		},
		{
			"msg": "the text of invitations by SMS lacks {####} and {username}, expected {####} and {username} (local passwords: client \"web\")",
			"path": array.concat(_path, ["SMSMessage"]),
			"actual": "Welcome",
			"expected": "a text with {####} and {username}",
		},
	} with input as _with({"EmailMessage": "Hello {username}", "SMSMessage": "Welcome"}, [])
}

test_texts_that_are_not_set_are_those_of_the_service if {
	every template in [{}, {"EmailSubject": "Welcome"}, {"EmailMessage": ""}] {
		rule.applies with input as _with(template, [])
		count(rule.deny) == 0 with input as _with(template, [])
	}
}

test_invitations_without_password_are_legal_beside_codes if {
	every factor in ["EMAIL_OTP", "SMS_OTP"] {
		codes := _factors([factor, "PASSWORD"])
		count(rule.deny) == 0 with input as _with({"EmailMessage": "Hello {username}"}, [codes])
		some violation in rule.deny with input as _with({"EmailMessage": "Hello"}, [codes])
		violation.expected == "a text with {username}"
	}
	count(rule.deny) == 1 with input as _with({"EmailMessage": "Hello {username}"}, [_factors(["PASSWORD", "WEB_AUTHN"])])
}

test_pool_without_template_is_exempt if {
	not rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	not rule.applies with input as fixtures.pool([{"op": "remove", "path": "/UserPool/AdminCreateUserConfig"}])
}

test_pool_with_federated_sign_in_only_is_exempt if {
	not rule.applies with input as _with({"EmailMessage": "Hello"}, [{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
}

test_unread_clients_exempt_nothing if {
	unread := _with({"EmailMessage": "Hello"}, [{"op": "remove", "path": "/Clients"}])
	rule.applies with input as unread
	some violation in rule.deny with input as unread
	contains(violation.msg, "was not tested")
}
