package cognilint.rules.messaging.verification_template_consistent_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.verification_template_consistent as rule

_template := {
	"DefaultEmailOption": "CONFIRM_WITH_CODE",
	"EmailMessage": "Your code is {####}",
	"EmailSubject": "Your code",
	"SmsMessage": "Code {####}",
}

_mirrors := {
	"EmailVerificationMessage": "Your code is {####}",
	"EmailVerificationSubject": "Your code",
	"SmsVerificationMessage": "Code {####}",
}

_with(template, mirrors) := object.union(fixtures.good, {"UserPool": object.union(mirrors, {"VerificationMessageTemplate": template})})

_by_link := {"EmailMessageByLink": "Please {##verify##}"}

test_good_pool_passes if {
	not rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
}

test_equal_texts_pass if {
	rule.applies with input as _with(_template, _mirrors)
	count(rule.deny) == 0 with input as _with(_template, _mirrors)
}

test_each_different_text_fails if {
	every entry in [
		["EmailVerificationMessage", "EmailMessage"],
		["EmailVerificationSubject", "EmailSubject"],
		["SmsVerificationMessage", "SmsMessage"],
	] {
		rule.deny == {{
			"msg": sprintf("%s differs from VerificationMessageTemplate.%s, expected the same text", entry),
			"path": ["UserPool", entry[0]],
			"actual": "Other {####}",
			"expected": _template[entry[1]],
		}} with input as _with(_template, object.union(_mirrors, {entry[0]: "Other {####}"}))
	}
}

test_text_in_one_place_passes if {
	count(rule.deny) == 0 with input as _with(_template, {})
	count(rule.deny) == 0 with input as _with({"DefaultEmailOption": "CONFIRM_WITH_CODE"}, _mirrors)
}

test_link_text_beside_codes_fails if {
	rule.deny == {{
		"msg": "email is confirmed with a code but has a text for links beside the text for codes, expected only one of them",
		"path": ["UserPool", "VerificationMessageTemplate", "EmailMessageByLink"],
		"actual": "Please {##verify##}",
		"expected": "no text for links while DefaultEmailOption is CONFIRM_WITH_CODE",
	}} with input as _with(object.union(_template, _by_link), _mirrors)
}

test_other_pairs_of_email_texts_pass if {
	count(rule.deny) == 0 with input as _with(object.union({"DefaultEmailOption": "CONFIRM_WITH_CODE"}, _by_link), {})
	links := object.union(_template, object.union(_by_link, {"DefaultEmailOption": "CONFIRM_WITH_LINK"}))
	count(rule.deny) == 0 with input as _with(links, _mirrors)
	count(rule.deny) == 0 with input as _with(object.remove(object.union(_template, _by_link), ["DefaultEmailOption"]), _mirrors)
}

test_pool_without_template_is_exempt if {
	old := object.union(fixtures.good, {"UserPool": _mirrors})
	not rule.applies with input as old
	count(rule.deny) == 0 with input as old
}
