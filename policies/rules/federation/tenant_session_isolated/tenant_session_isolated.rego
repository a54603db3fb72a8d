# METADATA
# title: Clients on one domain do not stand for separate tenants
# description: |
#   Clients of the pool have no identity provider in common, as for different
#   tenants, but one domain. Its session cookie serves all of them: who signed
#   in for one tenant gets tokens for the client of another.
# related_resources:
# - description: Application-client multi-tenancy best practices
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/application-client-based-multi-tenancy.html
# custom:
#   id: tenant-session-isolated
#   severity: low
#   target: pool
#   needs: [Clients, UserPool.Domain, UserPool.CustomDomain]
#   applies_needs: [UserPool.Domain, UserPool.CustomDomain]
#   remediation: |
#     Give each tenant a pool of its own, or let each application check the
#     claims aud, client_id and identities of the tokens it gets. If the clients
#     serve the same people, this is no fault.
#
#     Console: create the pools under User pools; App clients > Login pages
#     shows the identity providers of each client.
#
#     AWS CLI: create-user-pool, create-user-pool-domain and
#     create-user-pool-client; pools, providers and users cannot be moved.
#
#     CloudFormation: one AWS::Cognito::UserPool and UserPoolDomain per tenant.
#
#     Terraform: one aws_cognito_user_pool and aws_cognito_user_pool_domain per
#     tenant.
#   waive_when: |
#     Reasonable where the clients serve the same people, or every application
#     refuses tokens with the aud, client_id or identities of another tenant.
#     Keep a test of that refusal.
#   fix:
#     class: manual
#     note: Users of a tenant with a new pool have to be invited or migrated.
#   since: "0.1"
package cognilint.rules.federation.tenant_session_isolated

import data.cognilint.lib.client
import data.cognilint.lib.known
import data.cognilint.lib.pool

applies := pool.has_domain

# The first client of each combination of providers: pools have many clients,
# but few combinations.
_first[names] := min(places) if {
	some names, places in _places
}

_places[names] contains i if {
	some i, c in input.Clients
	client.managed_login(c)
	names := {name | some name in c.SupportedIdentityProviders}
	count(names) > 0
}

_apart[i] := min(others) if {
	some names, i in _first
	others := {j | some other, j in _first; count(names & other) == 0}
	count(others) > 0
}

unknown contains ["Clients", "-"] if {
	count(_apart) == 0
	not known.complete("Clients")
}

deny contains violation if {
	some i, j in _apart
	one := input.Clients[i]
	another := input.Clients[j]
	violation := {
		"msg": sprintf("client %s shares the sessions of the domain with client %s, but no identity provider, expected one in common or a pool for each", [client.label(one), client.label(another)]),
		"path": ["Clients", i, "SupportedIdentityProviders"],
		"actual": one.SupportedIdentityProviders,
		"expected": sprintf("a provider of client %s too", [client.label(another)]),
	}
}
