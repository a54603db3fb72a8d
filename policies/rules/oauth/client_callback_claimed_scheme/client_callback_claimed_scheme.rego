# METADATA
# title: Apps receive their codes on a claimed link
# description: |
#   The public client returns to an app by a scheme of its own only. Another
#   app on the device can register the same scheme and receive the code, and
#   the pool cannot demand PKCE, which would make the code useless to it.
# related_resources:
# - description: Application-specific settings with app clients
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
# - description: Using PKCE in authorization code grants
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/using-pkce-in-authorization-code.html
# custom:
#   id: client-callback-claimed-scheme
#   severity: low
#   target: client
#   needs: [Client]
#   remediation: |
#     Let the app claim an https link (universal link on iOS, app link on
#     Android), register that as callback, and use PKCE in any case. Keep the
#     scheme until old versions of the app are gone.
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
#     Reasonable while old versions of the app are in use, or on platforms
#     without claimed links. The app must then use PKCE at every sign-in.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.oauth.client_callback_claimed_scheme

import data.cognilint.lib.client
import data.cognilint.lib.url

applies if {
	client.oauth_on(input.Client)
	object.get(input.Client, "HasClientSecret", false) == false
}

_https if {
	some callback in input.Client.CallbackURLs
	url.scheme(callback) == "https"
}

deny contains violation if {
	applies
	not _https
	some i, callback in input.Client.CallbackURLs
	url.app_scheme(callback)
	violation := {
		"msg": sprintf("client %s has no secret and returns to %s, a scheme that any app can register, expected an https callback", [client.label(input.Client), callback]),
		"path": ["Client", "CallbackURLs", i],
		"actual": callback,
		"expected": "an https link that the app has claimed",
	}
}
