# METADATA
# title: Sign-up can fill in the required attributes
# description: |
#   Anyone may sign up, but the client may not write an attribute that every
#   user must have. Each sign-up through it fails. As a guard the rule keeps
#   fixes that shorten the list of writable attributes from closing sign-up.
# related_resources:
# - description: Working with user attributes
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
# custom:
#   id: signup-attributes-writable
#   severity: high
#   target: client
#   needs: [Client, UserPool.SchemaAttributes]
#   applies_needs: [UserPool.AdminCreateUserConfig, UserPool.LambdaConfig, Client]
#   guard: true
#   remediation: |
#     Allow the client to write the attribute.
#
#     Console: App clients > the client > Attribute permissions > Edit.
#
#     AWS CLI: take the output of describe-user-pool-client, add the attribute
#     to WriteAttributes, and send every setting with update-user-pool-client:
#     it resets what it is not told.
#
#     CloudFormation: WriteAttributes of AWS::Cognito::UserPoolClient.
#
#     Terraform: write_attributes of aws_cognito_user_pool_client.
#   waive_when: |
#     Not reasonable where users sign up through this client: every attempt
#     fails. A client that is for existing users only, such as one for a back
#     office, loses nothing; sign-up through another client must work.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.attributes.signup_attributes_writable

import data.cognilint.lib.client
import data.cognilint.lib.pool

applies if {
	pool.self_signup_open
	client.has_user_path(input.Client)
}

# An unset or empty list means the default, which holds all of them.
_writable := object.get(input.Client, "WriteAttributes", [])

deny contains violation if {
	count(_writable) > 0
	some attribute in input.UserPool.SchemaAttributes
	attribute.Required == true
	attribute.Name != "sub"
	not attribute.Name in _writable
	violation := {
		"msg": sprintf("client %s cannot write %s, which sign-up requires, expected it among WriteAttributes", [client.label(input.Client), attribute.Name]),
		"path": ["Client", "WriteAttributes"],
		"actual": _writable,
		"expected": sprintf("a list with %s", [attribute.Name]),
	}
}
