package cognilint.rules.oauth.client_callback_well_formed_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.client_callback_well_formed as rule

_with(callbacks) := object.union(fixtures.good, {"Client": object.union(fixtures.sso_client, {"CallbackURLs": callbacks})})

test_good_clients_pass if {
	not rule.applies with input as fixtures.client([])
	rule.applies with input as _with(["https://app.example.com/cb"])
	count(rule.deny) == 0 with input as _with(["https://app.example.com/cb"])
}

test_exact_urls_pass if {
	count(rule.deny) == 0 with input as _with([
		"https://app.example.com",
		"https://app.example.com:8443/cb?tenant=1",
		"https://app.corp/cb",
		"https://1.2.3.4.example.com/cb",
		"https://app.example.com/@user",
		"http://localhost:3000/cb",
		"http://127.0.0.1/cb",
		"http://[::1]/cb",
		"myapp://callback",
		"myapp://1",
		"com.example.app:/cb",
	])
}

test_wildcard_fails if {
	rule.deny == {{
		"msg": "client \"sso\" has the callback https://*.example.com/cb with a wildcard, expected one exact URL",
		"path": ["Client", "CallbackURLs", 1],
		"actual": "https://*.example.com/cb",
		"expected": "a URL with scheme and host name, without wildcard, fragment and user",
	}} with input as _with(["https://app.example.com/cb", "https://*.example.com/cb"])
}

test_each_flaw_is_found if {
	every callback, flaw in {
		"https://app.example.com/*": "a wildcard",
		"https://app.example.com/#/cb": "a fragment",
		"https://user:pw@app.example.com/cb": "a user name",
		"app.example.com/cb": "no scheme",
		"localhost:3000/cb": "no scheme",
		"/cb": "no scheme",
		"https://10.0.0.1/cb": "an IP address for a host",
		"http://[2001:db8::1]:8080/cb": "an IP address for a host",
		"https://2130706433/": "an IP address for a host",
	} {
		some violation in rule.deny with input as _with([callback])
		contains(violation.msg, sprintf(" with %s, expected", [flaw]))
	}
}

test_flaws_of_one_callback_are_one_violation if {
	violations := rule.deny with input as _with(["https://u@10.0.0.1/*#x"])
	count(violations) == 1
	some violation in violations
	contains(violation.msg, "with a fragment and a user name and a wildcard and an IP address for a host")
}

test_client_without_callbacks_passes if {
	count(rule.deny) == 0 with input as _with([])
	count(rule.deny) == 0 with input as object.union(fixtures.good, {"Client": fixtures.machine_client})
}

test_urls_without_oauth_are_dead_text if {
	off := json.patch(_with(["*"]), [{"op": "replace", "path": "/Client/AllowedOAuthFlowsUserPoolClient", "value": false}])
	not rule.applies with input as off
	count(rule.deny) == 0 with input as off
}
