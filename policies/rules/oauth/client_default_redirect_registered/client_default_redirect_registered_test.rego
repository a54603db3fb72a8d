package cognilint.rules.oauth.client_default_redirect_registered_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.client_default_redirect_registered as rule

_with(default_redirect, callbacks) := fixtures.client([
	{"op": "add", "path": "/DefaultRedirectURI", "value": default_redirect},
	{"op": "add", "path": "/CallbackURLs", "value": callbacks},
])

test_good_client_passes if {
	count(rule.deny) == 0 with input as fixtures.client([])
}

test_registered_default_passes if {
	registered := _with("https://app.example.com/cb", ["https://other.example.com/cb", "https://app.example.com/cb"])
	rule.applies with input as registered
	count(rule.deny) == 0 with input as registered
}

test_unregistered_default_fails if {
	rule.deny == {{
		"msg": "client \"web\" redirects by default to https://app.example.com/cb, which is no callback URL, expected a registered one",
		"path": ["Client", "DefaultRedirectURI"],
		"actual": "https://app.example.com/cb",
		"expected": "one of CallbackURLs",
	}} with input as _with("https://app.example.com/cb", ["https://app.example.com/cb/"])
}

test_no_callbacks_at_all_fail if {
	count(rule.deny) == 1 with input as _with("https://app.example.com/cb", [])
	count(rule.deny) == 1 with input as fixtures.client([{"op": "add", "path": "/DefaultRedirectURI", "value": "https://app.example.com/cb"}])
}

test_client_without_default_is_exempt if {
	not rule.applies with input as fixtures.client([])
	not rule.applies with input as _with("", [])
	count(rule.deny) == 0 with input as _with("", [])
}
