package cognilint.rules.client.client_generated_secret_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.client.client_generated_secret as rule

_client(name, secret) := json.patch(fixtures.good.Clients[0], [
	{"op": "replace", "path": "/ClientId", "value": sprintf("id-%s", [name])},
	{"op": "replace", "path": "/ClientName", "value": name},
	{"op": "replace", "path": "/HasClientSecret", "value": secret},
])

_with(clients) := fixtures.pool([{"op": "replace", "path": "/Clients", "value": clients}])

_named(name) := {"client-generated-secret": {"client_name": name}}

test_good_pool_passes if {
	count(rule.deny) == 0 with input as fixtures.good
}

test_only_client_without_secret_fails if {
	some violation in rule.deny with input as _with([fixtures.machine_client, _client("app", false)])
	violation.path == ["Clients", 1, "HasClientSecret"]
	violation.actual == false
	violation.expected == true
	contains(violation.msg, `("app")`)
}

test_absent_member_means_no_secret if {
	some violation in rule.deny with input as fixtures.pool([{"op": "remove", "path": "/Clients/0/HasClientSecret"}])
	violation.path == ["Clients", 0, "HasClientSecret"]
	violation.actual == null
}

test_one_of_several_is_enough if {
	count(rule.deny) == 0 with input as _with([_client("spa", false), _client("app", true)])

	some violation in rule.deny with input as _with([_client("spa", false), _client("app", false)])
	violation.path == ["Clients"]
	violation.actual == null
	violation.expected == "a client with HasClientSecret true"
	contains(violation.msg, `("app", "spa")`)
}

test_machine_and_federated_clients_do_not_count if {
	some violation in rule.deny with input as _with([fixtures.machine_client, fixtures.sso_client])
	violation.path == ["Clients"]
	contains(violation.msg, "users sign in through no client")
}

test_pool_without_clients_fails if {
	count(rule.deny) == 1 with input as _with([])
}

test_named_client_counts_alone if {
	clients := [_client("app", true), _client("employee-app", false)]
	some violation in rule.deny with input as _with(clients) with data.params as _named("employee-app")
	violation.path == ["Clients", 1, "HasClientSecret"]
	contains(violation.msg, `no client named "employee-app" has a secret`)
	count(rule.deny) == 0 with input as _with(clients) with data.params as _named("*app")
}

test_named_client_may_be_of_any_kind if {
	count(rule.deny) == 0 with input as _with([fixtures.machine_client]) with data.params as _named("machine")
}

test_missing_named_client_fails if {
	some violation in rule.deny with input as fixtures.good with data.params as _named("employee-app")
	violation.path == ["Clients"]
	contains(violation.msg, `there is no client named "employee-app"`)
}

test_client_that_was_not_read_may_have_the_secret if {
	partly := {"op": "add", "path": "/unknown/-", "value": {"path": "/Clients/-", "reason": "may have more"}}
	without := _with([_client("app", false)])
	rule.unknown == {["Clients", "-"]} with input as json.patch(without, [partly])
	count(rule.unknown) == 0 with input as without
	count(rule.unknown) == 0 with input as fixtures.pool([partly])
}
