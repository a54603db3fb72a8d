package cognilint.rules.oauth.client_logout_https_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.client_logout_https as rule

_with(members) := object.union(fixtures.good, {"Client": object.union(fixtures.sso_client, members)})

test_good_clients_pass if {
	not rule.applies with input as fixtures.client([])
	rule.applies with input as _with({})
	count(rule.deny) == 0 with input as _with({})
	count(rule.deny) == 0 with input as _with({"LogoutURLs": []})
}

test_https_loopback_and_apps_pass if {
	urls := ["https://app.example.com/bye", "http://localhost:3000/", "http://127.0.0.1", "http://[::1]:8080/", "myapp://bye"]
	count(rule.deny) == 0 with input as _with({"LogoutURLs": urls})
}

test_plain_http_fails if {
	rule.deny == {{
		"msg": "client \"sso\" has the sign-out URL http://app.example.com/bye, expected https",
		"path": ["Client", "LogoutURLs", 1],
		"actual": "http://app.example.com/bye",
		"expected": "a URL with https",
	}} with input as _with({"LogoutURLs": ["https://app.example.com/bye", "http://app.example.com/bye"]})
}

test_callbacks_do_not_count if {
	count(rule.deny) == 0 with input as _with({"CallbackURLs": ["http://app.example.com/cb"]})
}

test_urls_without_oauth_are_dead_text if {
	off := _with({"AllowedOAuthFlowsUserPoolClient": false, "LogoutURLs": ["http://app.example.com/bye"]})
	not rule.applies with input as off
	count(rule.deny) == 0 with input as off
}
