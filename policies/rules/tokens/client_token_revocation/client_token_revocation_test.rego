package cognilint.rules.tokens.client_token_revocation_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.tokens.client_token_revocation as rule

_path := ["Client", "EnableTokenRevocation"]

_off := {"op": "add", "path": "/EnableTokenRevocation", "value": false}

_enable := {"op": "replace", "path": _path, "value": true}

test_good_client_passes if {
	rule.applies with input as fixtures.client([])
	count(rule.deny) == 0 with input as fixtures.client([])
	count(rule.fix) == 0 with input as fixtures.client([])
}

test_revocation_off_fails_and_is_enabled if {
	rule.deny == {{
		"msg": "token revocation of client \"web\" is off, expected on",
		"path": _path,
		"actual": false,
		"expected": true,
	}} with input as fixtures.client([_off])
	rule.fix == {_enable} with input as fixtures.client([_off])
}

test_absent_means_off if {
	client := fixtures.client([{"op": "remove", "path": "/EnableTokenRevocation"}])
	some violation in rule.deny with input as client
	violation.actual == null
	contains(violation.msg, "unset, which means off")
	rule.fix == {_enable} with input as client
}

test_federated_clients_count if {
	rule.applies with input as object.union(fixtures.good, {"Client": fixtures.sso_client})
	count(rule.deny) == 1 with input as object.union(fixtures.good, {"Client": fixtures.sso_client})
}

test_clients_without_users_are_exempt if {
	not rule.applies with input as object.union(fixtures.good, {"Client": json.patch(fixtures.machine_client, [_off])})
	not rule.applies with input as fixtures.client([{"op": "replace", "path": "/ExplicitAuthFlows", "value": ["ALLOW_REFRESH_TOKEN_AUTH"]}])
}
