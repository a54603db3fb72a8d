package cognilint.rules.network.waf_associated_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.network.waf_associated as rule

_open := {"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": false}

_acl := {"op": "replace", "path": "/WebACL", "value": {"Name": "edge"}}

_public := {"op": "replace", "path": "/Clients/0/HasClientSecret", "value": false}

_every_pool := {"waf-associated": {"only_public": false}}

test_web_acl_passes if {
	rule.applies with input as fixtures.pool([_open, _acl])
	count(rule.deny) == 0 with input as fixtures.pool([_open, _acl])
}

test_reachable_pool_without_web_acl_fails if {
	every patch in [
		_open,
		_public,
		{"op": "remove", "path": "/UserPool/AdminCreateUserConfig"},
		{"op": "add", "path": "/UserPool/Domain", "value": "example"},
		{"op": "add", "path": "/UserPool/CustomDomain", "value": "auth.example.com"},
	] {
		rule.applies with input as fixtures.pool([patch])
		rule.deny == {{
			"msg": "no web ACL is associated with the pool, expected one",
			"path": ["WebACL"],
			"actual": null,
			"expected": "a web ACL",
		}} with input as fixtures.pool([patch])
		count(rule.unknown) == 0 with input as fixtures.pool([patch])
	}
}

test_pools_out_of_reach_are_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as fixtures.pool([{"op": "replace", "path": "/Clients", "value": []}])
}

test_every_pool_can_be_included if {
	rule.applies with input as fixtures.good with data.params as _every_pool
	count(rule.deny) == 1 with input as fixtures.good with data.params as _every_pool
}

test_unread_clients_are_unknown_where_they_decide if {
	every patch in [
		{"op": "remove", "path": "/Clients"},
		{"op": "add", "path": "/unknown/-", "value": {"path": "/Clients/-", "reason": "denied"}},
	] {
		rule.applies with input as fixtures.pool([patch])
		rule.unknown == {["Clients", "-"]} with input as fixtures.pool([patch])
		count(rule.unknown) == 0 with input as fixtures.pool([patch, _open])
		count(rule.unknown) == 0 with input as fixtures.pool([patch, _acl])
		count(rule.unknown) == 0 with input as fixtures.pool([patch]) with data.params as _every_pool
	}
}
