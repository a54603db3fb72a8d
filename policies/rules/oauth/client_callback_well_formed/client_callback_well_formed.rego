# METADATA
# title: Callback URLs name one place exactly
# description: |
#   A callback is not one exact URL of a named host. Wildcards never match,
#   fragments and users are no part of a redirect, and an IP address has no
#   owner that a certificate could prove: codes go nowhere, or to whoever has
#   the address next.
# related_resources:
# - description: Application-specific settings with app clients
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
# - description: The redirect and authorization endpoint
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
# custom:
#   id: client-callback-well-formed
#   severity: medium
#   target: client
#   needs: [Client]
#   controls:
#     asvs-5.0: ["10.4.1"]
#   remediation: |
#     Register each place as a complete URL: scheme, host name, path. Carry what
#     varies in the state parameter instead of a wildcard.
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
#     Only for the IP address of a test machine in a pool without real users.
#     Otherwise not reasonable: the callback never matches, or the address
#     passes to somebody else.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.oauth.client_callback_well_formed

import data.cognilint.lib.client
import data.cognilint.lib.url

applies if client.oauth_on(input.Client)

_flaws[i] contains "a wildcard" if {
	some i, callback in input.Client.CallbackURLs
	contains(callback, "*")
}

_flaws[i] contains "a fragment" if {
	some i, callback in input.Client.CallbackURLs
	contains(callback, "#")
}

_flaws[i] contains "a user name" if {
	some i, callback in input.Client.CallbackURLs
	url.user_info(callback)
}

_flaws[i] contains "no scheme" if {
	some i, callback in input.Client.CallbackURLs
	not url.scheme(callback)
}

# What follows the scheme of an app is no host of a network.
_flaws[i] contains "an IP address for a host" if {
	some i, callback in input.Client.CallbackURLs
	url.scheme(callback) in {"http", "https"}
	host := url.host(callback)
	url.ip(host)
	not url.loopback(host)
}

deny contains violation if {
	applies
	some i, flaws in _flaws
	callback := input.Client.CallbackURLs[i]
	violation := {
		"msg": sprintf("client %s has the callback %s with %s, expected one exact URL", [client.label(input.Client), callback, concat(" and ", flaws)]),
		"path": ["Client", "CallbackURLs", i],
		"actual": callback,
		"expected": "a URL with scheme and host name, without wildcard, fragment and user",
	}
}
