# METADATA
# title: The app client has a generated secret
# description: |
#   No app client that users sign in through has a secret. Anyone who knows the
#   client id can call the pool in the name of the application.
# related_resources:
# - description: Application-specific settings with app clients
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
# custom:
#   id: client-generated-secret
#   severity: info
#   target: pool
#   needs: [Clients]
#   params:
#     client_name:
#       type: string
#       default: null
#       description: |
#         A glob for the name of the client; unset means every client that users
#         of the pool sign in through.
#   remediation: |
#     A secret cannot be added to a client. Create a new one, move the
#     application to it and delete the old client.
#
#     Console: not possible on an existing client; App clients > Create app
#     client, with an application type that has a secret.
#
#     AWS CLI: not possible on an existing client; create-user-pool-client with
#     --generate-secret and the settings that describe-user-pool-client shows
#     for the old one, later delete-user-pool-client.
#
#     CloudFormation: GenerateSecret: true of AWS::Cognito::UserPoolClient. Add
#     a second client with it: on the existing one the change replaces the
#     client, and its id is lost to the application.
#
#     Terraform: generate_secret = true in a second
#     aws_cognito_user_pool_client. On the existing one the change replaces the
#     client.
#   waive_when: |
#     Reasonable where users sign in through browser, mobile or desktop apps
#     only, which cannot keep a secret. These must use SRP or the
#     authorization code grant with PKCE.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.client.client_generated_secret

import data.cognilint.lib.client
import data.cognilint.lib.known
import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

_candidates contains i if {
	params.client_name != null
	some i, c in input.Clients
	glob.match(params.client_name, null, object.get(c, "ClientName", ""))
}

_candidates contains i if {
	params.client_name == null
	some i, c in input.Clients
	client.kind(c) == "user"
}

_secret_found if {
	some i in _candidates
	input.Clients[i].HasClientSecret == true
}

# A client that was not read may be the one with the secret.
unknown contains ["Clients", "-"] if {
	not _secret_found
	not known.complete("Clients")
}

deny contains violation if {
	not _secret_found
	violation := {
		"msg": sprintf("%s, expected one with a generated secret", [_state]),
		"path": _path,
		"actual": _actual,
		"expected": _expected,
	}
}

_state := sprintf("no client that users sign in through has a secret (%s)", [_labels]) if {
	params.client_name == null
	count(_candidates) > 0
} else := "users sign in through no client" if {
	params.client_name == null
} else := sprintf("no client named %q has a secret (%s)", [params.client_name, _labels]) if {
	count(_candidates) > 0
} else := sprintf("there is no client named %q", [params.client_name])

_labels := concat(", ", sort([client.label(input.Clients[i]) | some i in _candidates]))

# One client is the place; of several, each could have it.
_path := ["Clients", i, "HasClientSecret"] if {
	count(_candidates) == 1
	some i in _candidates
} else := ["Clients"]

_actual := object.get(input, _path, null) if {
	count(_candidates) == 1
} else := null

_expected if {
	count(_candidates) == 1
} else := "a client with HasClientSecret true"
