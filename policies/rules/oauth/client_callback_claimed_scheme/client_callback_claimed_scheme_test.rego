package cognilint.rules.oauth.client_callback_claimed_scheme_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.client_callback_claimed_scheme as rule

_public(callbacks) := object.union(fixtures.good, {"Client": object.union(fixtures.sso_client, {
	"HasClientSecret": false,
	"CallbackURLs": callbacks,
})})

test_good_clients_pass if {
	not rule.applies with input as fixtures.client([])
	rule.applies with input as _public(["https://app.example.com/cb"])
	count(rule.deny) == 0 with input as _public(["https://app.example.com/cb"])
}

test_app_scheme_alone_fails if {
	rule.deny == {{
		"msg": "client \"sso\" has no secret and returns to myapp://callback, a scheme that any app can register, expected an https callback",
		"path": ["Client", "CallbackURLs", 0],
		"actual": "myapp://callback",
		"expected": "an https link that the app has claimed",
	}} with input as _public(["myapp://callback"])
}

test_each_scheme_is_named if {
	count(rule.deny) == 2 with input as _public(["myapp://callback", "http://localhost:3000/cb", "com.example.app:/cb"])
}

test_https_callback_passes if {
	count(rule.deny) == 0 with input as _public(["myapp://callback", "HTTPS://app.example.com/cb"])
}

test_clients_without_app_scheme_pass if {
	every callbacks in [[], ["http://localhost:3000/cb"], ["localhost:3000/cb"]] {
		count(rule.deny) == 0 with input as _public(callbacks)
	}
	none := object.remove(fixtures.sso_client, ["CallbackURLs"])
	count(rule.deny) == 0 with input as object.union(fixtures.good, {"Client": object.union(none, {"HasClientSecret": false})})
}

test_client_with_secret_is_exempt if {
	pool := json.patch(_public(["myapp://callback"]), [{"op": "replace", "path": "/Client/HasClientSecret", "value": true}])
	not rule.applies with input as pool
	count(rule.deny) == 0 with input as pool
}

test_absent_member_is_no_secret if {
	count(rule.deny) == 1 with input as json.patch(_public(["myapp://callback"]), [{"op": "remove", "path": "/Client/HasClientSecret"}])
}

test_urls_without_oauth_are_dead_text if {
	off := json.patch(_public(["myapp://callback"]), [{"op": "replace", "path": "/Client/AllowedOAuthFlowsUserPoolClient", "value": false}])
	not rule.applies with input as off
	count(rule.deny) == 0 with input as off
}
