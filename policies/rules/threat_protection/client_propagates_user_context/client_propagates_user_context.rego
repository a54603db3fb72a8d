# METADATA
# title: A server tells threat protection whose sign-in it passes on
# description: |
#   The client has a secret, so sign-ins come from a server of the application,
#   and it may not say on whose behalf. Threat protection rates all of them by
#   the address of the server and cannot tell strangers from users.
# related_resources:
# - description: Collecting data for threat protection in applications
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-viewing-threat-protection-app.html
# - description: Working with adaptive authentication
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-adaptive-authentication.html
# custom:
#   id: client-propagates-user-context
#   severity: low
#   target: client
#   needs: [Client, UserPool.UserPoolAddOns, UserPool.LambdaConfig]
#   remediation: |
#     Let the server send the address of the user in UserContextData, too.
#
#     Console: select "Accept additional user context data" under App clients >
#     the client > Edit.
#
#     AWS CLI: describe-user-pool-client, then update-user-pool-client with
#     every setting it returned and
#     --enable-propagate-additional-user-context-data; the call resets what it
#     is not told.
#
#     CloudFormation: EnablePropagateAdditionalUserContextData of
#     AWS::Cognito::UserPoolClient.
#
#     Terraform: enable_propagate_additional_user_context_data of
#     aws_cognito_user_pool_client.
#   waive_when: |
#     Reasonable until the server sends the address of the user, without which
#     the setting does nothing. MFA must be required meanwhile, since ratings
#     of this client mean little.
#   fix:
#     class: safe
#     note: Has an effect once the server sends the data; until then nothing changes.
#   since: "0.1"
package cognilint.rules.threat_protection.client_propagates_user_context

import data.cognilint.lib.client
import data.cognilint.lib.threat

applies if {
	threat.mode != "OFF"
	input.Client.HasClientSecret == true
	some flow in client.sdk_user_flows(input.Client)

	# Calls with credentials of AWS carry the data in any case.
	flow != "ALLOW_ADMIN_USER_PASSWORD_AUTH"
}

_path := ["Client", "EnablePropagateAdditionalUserContextData"]

deny contains violation if {
	found := object.get(input, _path, null)
	found != true
	violation := {
		"msg": sprintf("client %s may not pass on the address of its users, expected that it may", [client.label(input.Client)]),
		"path": _path,
		"actual": found,
		"expected": true,
	}
}

fix contains {"op": "replace", "path": _path, "value": true} if count(deny) > 0
