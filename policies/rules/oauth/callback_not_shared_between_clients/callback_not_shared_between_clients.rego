# METADATA
# title: Each callback belongs to one kind of client
# description: |
#   Clients that differ in their identity providers or in having a secret share
#   a callback. A code that was issued for one, say of one tenant, lands where
#   the other's codes are expected, and an application that does not check
#   takes it for its own.
# related_resources:
# - description: App-client multi-tenancy best practices
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/application-client-based-multi-tenancy.html
# - description: Application-specific settings with app clients
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
# custom:
#   id: callback-not-shared-between-clients
#   severity: low
#   target: pool
#   needs: [Clients]
#   remediation: |
#     Give each client a callback of its own, for example a path per tenant, and
#     let the application check there which client a code was issued for.
#
#     Console: App clients > Login pages > Edit > Allowed callback URLs.
#
#     AWS CLI: update-user-pool-client replaces what it is not told. Take the
#     output of describe-user-pool-client, change CallbackURLs, and send every
#     setting.
#
#     CloudFormation: CallbackURLs of AWS::Cognito::UserPoolClient.
#
#     Terraform: callback_urls of aws_cognito_user_pool_client.
#   waive_when: |
#     Reasonable where one application serves all these clients, remembers in
#     the state for which of them it began the sign-in, and checks aud and
#     client_id of the tokens. Keep a test of that.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.oauth.callback_not_shared_between_clients

import data.cognilint.lib.client
import data.cognilint.lib.known

# Only login pages send codes to callbacks.
_sharing[callback] contains i if {
	some i, c in input.Clients
	client.managed_login(c)
	some callback in c.CallbackURLs
}

_providers(i) := {name | some name in input.Clients[i].SupportedIdentityProviders}

_secret(i) := object.get(input.Clients[i], "HasClientSecret", false)

_differences(sharing) := {difference |
	some difference, count_of in {
		"identity providers": count({_providers(i) | some i in sharing}),
		"having a secret": count({_secret(i) | some i in sharing}),
	}
	count_of > 1
}

# A client that was not read may share a callback.
unknown contains ["Clients", "-"] if {
	count(deny) == 0
	not known.complete("Clients")
}

deny contains violation if {
	some callback, sharing in _sharing
	count(sharing) > 1
	differences := _differences(sharing)
	count(differences) > 0
	first := min(sharing)
	some j
	input.Clients[first].CallbackURLs[j] == callback
	violation := {
		"msg": sprintf("%s share the callback %s but differ in %s, expected one for each", [_names(sharing), callback, concat(" and ", differences)]),
		"path": ["Clients", first, "CallbackURLs", j],
		"actual": callback,
		"expected": "a callback of its own for each client",
	}
}

_names(sharing) := sprintf("clients %s", [concat(", ", {client.label(input.Clients[i]) | some i in sharing})]) if {
	count(sharing) < 4
} else := sprintf("%d clients", [count(sharing)])
