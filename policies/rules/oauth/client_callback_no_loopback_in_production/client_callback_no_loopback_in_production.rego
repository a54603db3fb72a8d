# METADATA
# title: Production clients do not redirect to the user's machine
# description: |
#   The pool is tagged as production, but a client sends users back to
#   localhost. Any program on the machine of a user can listen there, start a
#   sign-in and receive the code of a real account.
# related_resources:
# - description: Application-specific settings with app clients
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
# - description: Tagging Amazon Cognito resources
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/tagging.html
# custom:
#   id: client-callback-no-loopback-in-production
#   severity: medium
#   target: client
#   needs: [Client, UserPool.UserPoolTags]
#   params:
#     production_tags:
#       type: object
#       default:
#         env: [prod, production, live]
#         environment: [prod, production, live]
#         stage: [prod, production, live]
#       description: |
#         The tags that mark a production pool: keys, each with the list of its
#         values. Letter case does not matter.
#   controls:
#     asvs-5.0: ["10.4.1"]
#   remediation: |
#     Give developers a client, better a pool, of their own, and take the
#     loopback URLs out. A desktop program that must receive its code on the
#     user's machine belongs in a separate client with PKCE; waive the finding
#     for that client.
#
#     Console: App clients > Login pages > Edit > Allowed callback URLs and
#     Allowed sign-out URLs.
#
#     AWS CLI: update-user-pool-client replaces what it is not told. Take the
#     output of describe-user-pool-client, change CallbackURLs and LogoutURLs,
#     and send every setting.
#
#     CloudFormation: CallbackURLs and LogoutURLs of
#     AWS::Cognito::UserPoolClient.
#
#     Terraform: callback_urls and logout_urls of aws_cognito_user_pool_client.
#   waive_when: |
#     Reasonable for a desktop or command line program that takes its redirect
#     on loopback by design. It needs a client of its own with the code grant
#     only, and must use PKCE.
#   fix:
#     class: disruptive
#     note: |
#       Developers who sign in from their own machine through this client, and
#       desktop programs that receive codes there, cannot any more. Not fixed if
#       no callback would be left or the default redirect would go.
#   since: "0.1"
package cognilint.rules.oauth.client_callback_no_loopback_in_production

import data.cognilint.lib.client
import data.cognilint.lib.param
import data.cognilint.lib.tag
import data.cognilint.lib.url

params := param.values(rego.metadata.chain())

applies if {
	client.oauth_on(input.Client)
	count(_tags) > 0
}

_tags := tag.matching(params.production_tags)

_members := {"CallbackURLs": "callback", "LogoutURLs": "sign-out URL"}

deny contains violation if {
	applies
	some member, name in _members
	some i, found in input.Client[member]
	_loopback(found)
	violation := {
		"msg": sprintf("client %s has the %s %s, but the pool is production (tag %s), expected no loopback host", [client.label(input.Client), name, found, concat(", ", _tags)]),
		"path": ["Client", member, i],
		"actual": found,
		"expected": "a URL whose host is not the user's machine",
	}
}

# What follows the scheme of an app, as in capacitor://localhost, is no host of
# a network.
_loopback(found) if {
	url.scheme(found) in {"http", "https"}
	url.loopback(url.host(found))
}

fix contains {"op": "remove", "path": ["Client", violation.path[1]], "value": violation.actual} if {
	some violation in deny
	_callbacks_stay_valid
}

_kept contains callback if {
	some callback in input.Client.CallbackURLs
	not _loopback(callback)
}

# Nothing is taken from the callbacks.
_callbacks_stay_valid if {
	every callback in object.get(input.Client, "CallbackURLs", []) {
		callback in _kept
	}
}

# The login pages need a callback, and the default must be one.
_callbacks_stay_valid if {
	count(_kept) > 0
	_default_stays
}

_callbacks_stay_valid if {
	not client.managed_login(input.Client)
	_default_stays
}

_default_stays if object.get(input.Client, "DefaultRedirectURI", "") in ({""} | _kept)
