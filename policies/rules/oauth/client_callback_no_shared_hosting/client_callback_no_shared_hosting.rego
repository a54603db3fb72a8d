# METADATA
# title: Callbacks are not on shared hosting
# description: |
#   A callback is on a domain where anyone gets a name. When the preview or app
#   there is deleted, a stranger can claim the name and receive the codes of
#   users who still follow an old link.
# related_resources:
# - description: Application-specific settings with app clients
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
# custom:
#   id: client-callback-no-shared-hosting
#   severity: medium
#   target: client
#   needs: [Client]
#   params:
#     hosts:
#       type: array
#       default:
#       - ngrok.io
#       - ngrok-free.app
#       - vercel.app
#       - netlify.app
#       - github.io
#       - herokuapp.com
#       - pages.dev
#       - web.app
#       - amplifyapp.com
#       - cloudfront.net
#       description: The domains below which anyone can get a name.
#   controls:
#     asvs-5.0: ["10.4.1"]
#   remediation: |
#     Give the application a name in a domain of your own, register that, and
#     take the old URL out before the old name is given up.
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
#     Reasonable for previews in a pool without real users, or a name that you
#     keep for as long as the client exists. The callback must go before the
#     app there is deleted; let the pipeline see to it.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.oauth.client_callback_no_shared_hosting

import data.cognilint.lib.client
import data.cognilint.lib.param
import data.cognilint.lib.url

params := param.values(rego.metadata.chain())

applies if client.oauth_on(input.Client)

# What follows the scheme of an app is no host of a network.
_hosts[i] := host if {
	some i, callback in input.Client.CallbackURLs
	url.scheme(callback) in {"http", "https"}
	host := url.host(callback)
}

deny contains violation if {
	applies
	some i, host in _hosts
	some shared in params.hosts
	endswith(host, lower(shared))
	url.within(host, shared)
	callback := input.Client.CallbackURLs[i]
	violation := {
		"msg": sprintf("client %s has the callback %s below %s, where anyone can get a name, expected a domain of your own", [client.label(input.Client), callback, shared]),
		"path": ["Client", "CallbackURLs", i],
		"actual": callback,
		"expected": "a host in a domain of your own",
	}
}
