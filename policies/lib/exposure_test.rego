package cognilint.lib.exposure_test

import data.cognilint.lib.exposure
import data.cognilint.lib.fixtures

_public := {"op": "replace", "path": "/Clients/0/HasClientSecret", "value": false}

_unread := {"op": "add", "path": "/unknown/-", "value": {"path": "/Clients/-", "reason": "denied"}}

test_good_pool_is_not_exposed if {
	exposure.exposed == false with input as fixtures.good
	not exposure.undecided with input as fixtures.good
}

test_exposed_even_if_clients_are_unread if {
	every patch in [
		_public,
		{"op": "add", "path": "/UserPool/Domain", "value": "x"},
		{"op": "add", "path": "/UserPool/CustomDomain", "value": "auth.example.com"},
		{"op": "remove", "path": "/UserPool/AdminCreateUserConfig"},
	] {
		exposure.exposed with input as fixtures.pool([patch])
		partly := fixtures.pool([patch, _unread])
		exposure.exposed with input as partly
		not exposure.undecided with input as partly
	}
}

test_public_client_without_users_is_no_exposure if {
	pool := fixtures.pool([_public, {"op": "replace", "path": "/Clients/0/ExplicitAuthFlows", "value": ["ALLOW_REFRESH_TOKEN_AUTH"]}])
	exposure.exposed == false with input as pool
}

test_unread_clients_leave_it_undecided if {
	every patch in [_unread, {"op": "remove", "path": "/Clients"}] {
		pool := fixtures.pool([patch])
		not exposure.exposed with input as pool
		not exposure.exposed == false with input as pool
		exposure.undecided with input as pool
	}
}
