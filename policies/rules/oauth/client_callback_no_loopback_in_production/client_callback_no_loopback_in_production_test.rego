package cognilint.rules.oauth.client_callback_no_loopback_in_production_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.client_callback_no_loopback_in_production as rule

_local := "http://localhost:3000/cb"

_remote := "https://app.example.com/cb"

_with(tags, members) := object.union(fixtures.good, {
	"UserPool": {"UserPoolTags": tags},
	"Client": object.union(fixtures.sso_client, members),
})

_production(members) := _with({"env": "prod"}, members)

_remove(member, value) := {"op": "remove", "path": ["Client", member], "value": value}

test_good_clients_pass if {
	not rule.applies with input as fixtures.client([])
	rule.applies with input as _production({})
	count(rule.deny) == 0 with input as _production({})
	count(rule.fix) == 0 with input as _production({})
}

test_loopback_callback_fails_and_is_removed if {
	pool := _production({"CallbackURLs": [_remote, _local]})
	rule.deny == {{
		"msg": "client \"sso\" has the callback http://localhost:3000/cb, but the pool is production (tag env), expected no loopback host",
		"path": ["Client", "CallbackURLs", 1],
		"actual": _local,
		"expected": "a URL whose host is not the user's machine",
	}} with input as pool
	rule.fix == {_remove("CallbackURLs", _local)} with input as pool
}

test_every_loopback_host_counts if {
	every local in ["https://localhost/", "http://127.0.0.1:8080/cb", "http://[::1]/cb", "http://app.localhost/"] {
		count(rule.deny) == 1 with input as _production({"CallbackURLs": [_remote, local]})
	}
}

test_apps_and_other_hosts_pass if {
	urls := ["capacitor://localhost", "ionic://localhost/cb", "https://localhost.example.com/", "https://10.0.0.1/", "localhost:3000/cb"]
	count(rule.deny) == 0 with input as _production({"CallbackURLs": urls, "LogoutURLs": urls})
}

test_sign_out_urls_count_and_are_removed if {
	pool := _production({"LogoutURLs": ["http://localhost:3000/", "https://app.example.com/"]})
	some violation in rule.deny with input as pool
	violation.path == ["Client", "LogoutURLs", 0]
	contains(violation.msg, "sign-out URL")
	rule.fix == {_remove("LogoutURLs", "http://localhost:3000/")} with input as pool
}

test_the_last_callback_is_not_removed if {
	pool := _production({"CallbackURLs": [_local, "http://127.0.0.1/cb"], "LogoutURLs": ["http://localhost:3000/"]})
	count(rule.deny) == 3 with input as pool
	count(rule.fix) == 0 with input as pool
}

test_client_without_login_pages_needs_no_callback if {
	machine := _production({"AllowedOAuthFlows": ["client_credentials"], "CallbackURLs": [_local]})
	rule.fix == {_remove("CallbackURLs", _local)} with input as machine
	count(rule.fix) == 0 with input as json.patch(machine, [{"op": "add", "path": "/Client/DefaultRedirectURI", "value": _local}])
}

test_the_default_redirect_is_not_removed if {
	pool := _production({"CallbackURLs": [_local, _remote], "DefaultRedirectURI": _local})
	count(rule.deny) == 1 with input as pool
	count(rule.fix) == 0 with input as pool

	other := _production({"CallbackURLs": [_local, _remote], "DefaultRedirectURI": _remote})
	rule.fix == {_remove("CallbackURLs", _local)} with input as other
}

test_a_broken_default_does_not_hinder_sign_out_urls if {
	pool := _production({"LogoutURLs": [_local], "DefaultRedirectURI": "https://elsewhere.example.com/"})
	rule.fix == {_remove("LogoutURLs", _local)} with input as pool
}

test_other_pools_are_exempt if {
	every tags in [{}, {"env": "dev"}, {"env": "nonprod"}, {"team": "prod"}, {"aws:env": "prod"}] {
		pool := _with(tags, {"CallbackURLs": [_local]})
		not rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
	}
	untagged := object.union(fixtures.good, {"Client": object.union(fixtures.sso_client, {"CallbackURLs": [_local]})})
	not rule.applies with input as untagged
}

test_letter_case_of_tags_does_not_matter if {
	every tags in [{"Env": "PROD"}, {"ENVIRONMENT": "Production"}, {"Stage": "live", "team": "x"}] {
		count(rule.deny) == 1 with input as _with(tags, {"CallbackURLs": [_local]})
	}
}

test_parameter_can_be_overridden if {
	params := {"client-callback-no-loopback-in-production": {"production_tags": {"env": ["gold"], "stage": []}}}
	rule.applies with input as _with({"Env": "Gold"}, {}) with data.params as params
	not rule.applies with input as _production({}) with data.params as params
	not rule.applies with input as _with({"stage": "prod"}, {}) with data.params as params
}

test_urls_without_oauth_are_dead_text if {
	off := _production({"AllowedOAuthFlowsUserPoolClient": false, "CallbackURLs": [_local]})
	not rule.applies with input as off
	count(rule.deny) == 0 with input as off
}
