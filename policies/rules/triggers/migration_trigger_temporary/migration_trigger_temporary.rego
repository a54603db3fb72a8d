# METADATA
# title: The migration of users comes to an end
# description: |
#   The pool still asks an old directory about users whom it does not know, long
#   after it was created, and a client still sends the passwords for that.
#   Accounts that were deleted here come back, and the old directory with its
#   weaker rules stays a way in.
# related_resources:
# - description: Importing users with a user migration Lambda trigger
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-import-using-lambda.html
# custom:
#   id: migration-trigger-temporary
#   severity: medium
#   target: pool
#   needs: [UserPool.LambdaConfig, UserPool.CreationDate, Clients]
#   applies_needs: [UserPool.LambdaConfig]
#   params:
#     max_days:
#       type: integer
#       default: 365
#       min: 1
#       max: 3650
#       description: How many days after its creation the pool may still migrate users.
#   remediation: |
#     Import who is left (create-user-import-job) or invite them, look at how
#     often the function still answers, and then remove the trigger and the
#     flows that send passwords.
#
#     Console: Extensions > Lambda triggers, delete the migrate user trigger;
#     App clients, edit the authentication flows.
#
#     AWS CLI: update-user-pool with LambdaConfig without UserMigration, and
#     update-user-pool-client without ALLOW_USER_PASSWORD_AUTH and
#     ALLOW_ADMIN_USER_PASSWORD_AUTH. Both calls replace what they are not told:
#     describe first and send every setting.
#
#     CloudFormation: LambdaConfig.UserMigration of AWS::Cognito::UserPool,
#     ExplicitAuthFlows of AWS::Cognito::UserPoolClient.
#
#     Terraform: lambda_config.user_migration of aws_cognito_user_pool,
#     explicit_auth_flows of aws_cognito_user_pool_client.
#   waive_when: |
#     Reasonable while many users have not moved and an end is agreed. The old
#     directory must then slow down guessing as the pool does, and accounts
#     that are deleted here must be deleted there.
#   fix:
#     class: manual
#     note: Users who have not signed in since the migration began cannot any more.
#   since: "0.1"
package cognilint.rules.triggers.migration_trigger_temporary

import data.cognilint.lib.client
import data.cognilint.lib.date
import data.cognilint.lib.known
import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

_path := ["UserPool", "LambdaConfig", "UserMigration"]

_function := object.get(input, _path, "")

applies if _function != ""

_age := date.days_since(input.UserPool.CreationDate)

_late if _age > params.max_days

unknown contains ["UserPool", "CreationDate"] if not _age

unknown contains ["Clients", "-"] if {
	_late
	count(_sending) == 0
	not known.complete("Clients")
}

# The clients that send the password, which the function needs.
_sending contains client.label(c) if {
	some c in input.Clients
	some flow in client.effective_flows(c)
	flow in {"ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"}
}

_senders := sprintf("client %s", [concat(", ", _sending)]) if {
	count(_sending) < 4
} else := sprintf("%d clients", [count(_sending)])

deny contains violation if {
	_late
	count(_sending) > 0
	violation := {
		"msg": sprintf("the pool still migrates users %d days after its creation (passwords for it: %s), expected an end after %d days", [_age, _senders, params.max_days]),
		"path": _path,
		"actual": _function,
		"expected": null,
	}
}
