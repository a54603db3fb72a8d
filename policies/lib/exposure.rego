# METADATA
# title: Whether strangers can reach a pool
# description: |
#   Sign-up, login pages and public clients let anyone call the endpoints of
#   the pool in the name of users.
package cognilint.lib.exposure

import data.cognilint.lib.client
import data.cognilint.lib.known
import data.cognilint.lib.pool

# METADATA
# description: |
#   True if anyone can sign up, the pool has a domain, or a client of users has
#   no secret; false if the opposite is proven. Undefined if only app clients
#   that were not read can tell.
exposed if {
	_open
} else := false if {
	known.complete("Clients")
}

_open if pool.has_domain

_open if pool.self_signup_open

_open if {
	some c in input.Clients
	c.HasClientSecret == false
	client.kind(c) in {"user", "federated"}
}

# METADATA
# description: |
#   Neither true nor false: a rule keeps applying and reports Clients as
#   unknown.
undecided if {
	not _open
	not known.complete("Clients")
}
