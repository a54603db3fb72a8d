# METADATA
# title: A client credentials client has a secret
# description: |
#   The client may fetch tokens with the client credentials grant but has no
#   secret, so the client id, which is no secret, is all that proves who asks.
#   The service is assumed to refuse this; a template with it cannot be
#   deployed.
# related_resources:
# - description: Application-specific settings with app clients
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
# custom:
#   id: client-machine-has-secret
#   severity: high
#   target: client
#   needs: [Client]
#   guard: true
#   controls:
#     asvs-5.0: ["10.4.10"]
#   remediation: |
#     A secret cannot be added to a client. Create a new one with a secret,
#     move the callers over and delete the old client.
#
#     Console: not possible on an existing client; App clients > Create app
#     client, machine-to-machine application.
#
#     AWS CLI: not possible on an existing client; create-user-pool-client with
#     --generate-secret, the client credentials grant and the scopes that
#     describe-user-pool-client shows for the old one, later
#     delete-user-pool-client.
#
#     CloudFormation: GenerateSecret: true of AWS::Cognito::UserPoolClient; on
#     an existing client the change replaces it.
#
#     Terraform: generate_secret = true of aws_cognito_user_pool_client; on an
#     existing client the change replaces it.
#   waive_when: |
#     Not reasonable: the client id is public, so nothing proves which machine
#     asks, and the service is expected to refuse such a client. Create one
#     with a secret.
#   fix:
#     class: manual
#     note: An existing client cannot get a secret.
#   since: "0.1"
package cognilint.rules.client.client_machine_has_secret

import data.cognilint.lib.client

applies if client.machine(input.Client)

deny contains violation if {
	found := object.get(input.Client, "HasClientSecret", null)
	found != true
	violation := {
		"msg": sprintf("client %s uses the client credentials grant without a secret, expected a client with a secret", [client.label(input.Client)]),
		"path": ["Client", "HasClientSecret"],
		"actual": found,
		"expected": true,
	}
}
