# METADATA
# title: No user data goes to analytics
# description: |
#   The events that the client sends to Amazon Pinpoint carry the profiles of
#   the users. Their personal data is kept a second time, in a service with
#   readers of its own that AWS is retiring.
# related_resources:
# - description: Using Amazon Pinpoint for user pool analytics
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-pinpoint-integration.html
# - description: AnalyticsConfigurationType
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AnalyticsConfigurationType.html
# custom:
#   id: client-analytics-data-not-shared
#   severity: low
#   target: client
#   needs: [Client]
#   remediation: |
#     Console: App clients, stop sharing user data in the analytics settings.
#
#     AWS CLI: read the client with describe-user-pool-client and send every
#     setting back in update-user-pool-client, with UserDataShared=false in
#     --analytics-configuration; the call resets what it is not told.
#
#     CloudFormation: AnalyticsConfiguration.UserDataShared: false.
#
#     Terraform: analytics_configuration { user_data_shared = false }.
#   waive_when: |
#     Reasonable while segments in Amazon Pinpoint need the attributes and
#     users have been told. Few people may read that project, and the waiver
#     must end before AWS ends the service.
#   fix:
#     class: disruptive
#     note: Segments and dashboards in Amazon Pinpoint lose the user attributes.
#   since: "0.1"
package cognilint.rules.client.client_analytics_data_not_shared

import data.cognilint.lib.client

applies if input.Client.AnalyticsConfiguration

_path := ["Client", "AnalyticsConfiguration", "UserDataShared"]

# Absent means not shared.
deny contains violation if {
	object.get(input, _path, false) == true
	violation := {
		"msg": sprintf("client %s sends user data to Amazon Pinpoint, expected events without it", [client.label(input.Client)]),
		"path": _path,
		"actual": true,
		"expected": false,
	}
}

fix contains {"op": "replace", "path": _path, "value": false} if count(deny) > 0
