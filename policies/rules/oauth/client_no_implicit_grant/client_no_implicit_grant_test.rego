package cognilint.rules.oauth.client_no_implicit_grant_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.client_no_implicit_grant as rule

_path := ["Client", "AllowedOAuthFlows"]

_remove := {"op": "remove", "path": _path, "value": "implicit"}

_add := {"op": "add", "path": _path, "value": "code"}

_with(flows) := object.union(fixtures.good, {"Client": object.union(fixtures.sso_client, {"AllowedOAuthFlows": flows})})

test_good_clients_pass if {
	not rule.applies with input as fixtures.client([])
	every flows in [["code"], ["client_credentials"], [], ["device_code"]] {
		rule.applies with input as _with(flows)
		count(rule.deny) == 0 with input as _with(flows)
		count(rule.fix) == 0 with input as _with(flows)
	}
}

test_implicit_alone_fails_and_becomes_code if {
	rule.deny == {{
		"msg": "client \"sso\" has the implicit grant, expected the authorization code grant",
		"path": ["Client", "AllowedOAuthFlows", 0],
		"actual": "implicit",
		"expected": "no implicit",
	}} with input as _with(["implicit"])
	rule.fix == {_remove, _add} with input as _with(["implicit"])
}

test_other_grants_are_kept_as_they_are if {
	every flows in [["code", "implicit"], ["implicit", "client_credentials"], ["implicit", "device_code"]] {
		count(rule.deny) == 1 with input as _with(flows)
		rule.fix == {_remove} with input as _with(flows)
	}
	some violation in rule.deny with input as _with(["code", "implicit"])
	violation.path == ["Client", "AllowedOAuthFlows", 1]
}

test_client_without_flows_passes if {
	none := object.remove(fixtures.sso_client, ["AllowedOAuthFlows"])
	count(rule.deny) == 0 with input as object.union(fixtures.good, {"Client": none})
}

test_flows_without_oauth_are_dead_text if {
	every patch in [
		{"op": "replace", "path": "/Client/AllowedOAuthFlowsUserPoolClient", "value": false},
		{"op": "remove", "path": "/Client/AllowedOAuthFlowsUserPoolClient"},
	] {
		off := json.patch(_with(["implicit"]), [patch])
		not rule.applies with input as off
		count(rule.deny) == 0 with input as off
	}
}
