package cognilint.rules.oauth.client_callback_https_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.client_callback_https as rule

_with(members) := object.union(fixtures.good, {"Client": object.union(fixtures.sso_client, members)})

test_good_clients_pass if {
	not rule.applies with input as fixtures.client([])
	rule.applies with input as _with({})
	count(rule.deny) == 0 with input as _with({})
	count(rule.deny) == 0 with input as _with({"DefaultRedirectURI": "https://app.example.com/cb"})
}

test_loopback_and_apps_pass if {
	urls := ["http://localhost:3000/cb", "http://127.0.0.1/cb", "http://[::1]/cb", "HTTP://LOCALHOST", "myapp://callback", "com.example:/cb"]
	count(rule.deny) == 0 with input as _with({"CallbackURLs": urls, "DefaultRedirectURI": "http://localhost:3000/cb"})
}

test_plain_http_fails if {
	rule.deny == {{
		"msg": "client \"sso\" has the callback http://app.example.com/cb, expected https",
		"path": ["Client", "CallbackURLs", 1],
		"actual": "http://app.example.com/cb",
		"expected": "a URL with https",
	}} with input as _with({"CallbackURLs": ["https://app.example.com/cb", "http://app.example.com/cb"]})
}

test_each_callback_is_named if {
	urls := ["HTTP://app.example.com", "http://localhost.example.com/", "http://localhost@app.example.com/", "http://10.0.0.1/cb"]
	count(rule.deny) == 4 with input as _with({"CallbackURLs": urls})
}

test_default_redirect_of_its_own_fails if {
	some violation in rule.deny with input as _with({"DefaultRedirectURI": "http://app.example.com/old"})
	violation.path == ["Client", "DefaultRedirectURI"]
	violation.actual == "http://app.example.com/old"
}

test_default_redirect_that_is_a_callback_is_reported_once if {
	old := "http://app.example.com/old"
	pool := _with({"CallbackURLs": [old], "DefaultRedirectURI": old})
	count(rule.deny) == 1 with input as pool
	some violation in rule.deny with input as pool
	violation.path == ["Client", "CallbackURLs", 0]
	contains(violation.msg, "also its default redirect")
}

test_client_without_callbacks_passes if {
	count(rule.deny) == 0 with input as _with({"CallbackURLs": []})
	machine := object.union(fixtures.good, {"Client": fixtures.machine_client})
	rule.applies with input as machine
	count(rule.deny) == 0 with input as machine
}

test_urls_without_oauth_are_dead_text if {
	off := _with({"AllowedOAuthFlowsUserPoolClient": false, "CallbackURLs": ["http://app.example.com/cb"], "DefaultRedirectURI": "http://app.example.com/x"})
	not rule.applies with input as off
	count(rule.deny) == 0 with input as off
}
