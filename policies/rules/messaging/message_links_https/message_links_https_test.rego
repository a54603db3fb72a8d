package cognilint.rules.messaging.message_links_https_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.message_links_https as rule

_invitation := "/UserPool/AdminCreateUserConfig/InviteMessageTemplate"

_with(text) := fixtures.pool([{"op": "add", "path": _invitation, "value": {"EmailMessage": text}}])

test_pool_without_texts_is_exempt if {
	not rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
}

test_https_passes if {
	every text in [
		"{username} {####}",
		`<a href="https://example.com/login">Sign in</a>`,
		"see https://example.com?next=http%3A%2F%2Fexample.com",
		"http is not https://",
	] {
		rule.applies with input as _with(text)
		count(rule.deny) == 0 with input as _with(text)
	}
}

test_http_fails if {
	rule.deny == {{
		"msg": "AdminCreateUserConfig.InviteMessageTemplate.EmailMessage links to HTTP://b.example, http://a.example/?c={####}, expected https",
		"path": ["UserPool", "AdminCreateUserConfig", "InviteMessageTemplate", "EmailMessage"],
		"actual": ["HTTP://b.example", "http://a.example/?c={####}"],
		"expected": "https links only",
	}} with input as _with(`<a href="http://a.example/?c={####}">Sign in</a> or open HTTP://b.example.`)
}

test_names_of_document_types_are_no_links if {
	mail := concat("\n", [
		`<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"`,
		`  "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">`,
		`<html xmlns="http://www.w3.org/1999/xhtml" xmlns:v = 'http://schemas.example/vml'>`,
		`<a href="%s">Sign in</a>`,
	])
	count(rule.deny) == 0 with input as _with(sprintf(mail, ["https://example.com"]))
	some violation in rule.deny with input as _with(sprintf(mail, ["http://example.com"]))
	violation.actual == ["http://example.com"]
}

test_every_text_counts if {
	sms := {"op": "add", "path": "/MfaConfig/SmsMfaConfiguration", "value": {"SmsAuthenticationMessage": "{####} http://example.com"}}
	verification := {"op": "add", "path": "/UserPool/VerificationMessageTemplate", "value": {"EmailMessageByLink": "http://example.com {##here##}"}}
	legacy := {"op": "add", "path": "/UserPool/EmailVerificationMessage", "value": "http://example.com {####}"}
	{violation.path | some violation in rule.deny} == {
		["MfaConfig", "SmsMfaConfiguration", "SmsAuthenticationMessage"],
		["UserPool", "VerificationMessageTemplate", "EmailMessageByLink"],
		["UserPool", "EmailVerificationMessage"],
	} with input as fixtures.pool([sms, verification, legacy])
}
