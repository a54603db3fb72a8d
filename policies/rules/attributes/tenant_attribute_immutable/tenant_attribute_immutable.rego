# METADATA
# title: Attributes that name a tenant cannot change
# description: |
#   A custom attribute that tells which tenant a user belongs to can be changed
#   after the user was created. One mistake in an application or in the rights
#   of a client moves a user to the data of another tenant.
# related_resources:
# - description: Working with user attributes
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
# - description: Custom-attribute multi-tenancy best practices
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/custom-attribute-based-multi-tenancy.html
# custom:
#   id: tenant-attribute-immutable
#   severity: medium
#   target: pool
#   needs: [UserPool.SchemaAttributes, IdentityProviders.*]
#   params:
#     tokens:
#       type: array
#       default: [tenant, org, organization, customer]
#       description: |
#         The words that name a tenant where one of them is a whole word of an
#         attribute's name.
#   remediation: |
#     An attribute cannot be changed once it exists. Add an immutable one under
#     another name, copy the values when users are created anew, and let
#     applications read that one; keep the old one out of the write lists of all
#     app clients meanwhile.
#
#     Console: Sign-up > Custom attributes, with Mutable not selected.
#
#     AWS CLI: aws cognito-idp add-custom-attributes with Mutable=false.
#
#     CloudFormation: Mutable in Schema of AWS::Cognito::UserPool.
#
#     Terraform: mutable in schema of aws_cognito_user_pool.
#   waive_when: |
#     Reasonable where users do move between tenants, or applications take the
#     tenant from elsewhere, such as a group. Then no app client may write the
#     attribute, and one process with an audit trail changes it.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.attributes.tenant_attribute_immutable

import data.cognilint.lib.attribute
import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

_tokens := {lower(token) | some token in params.tokens}

# Identity providers write what they fill at each sign-in.
_mapped := {name |
	some provider in input.IdentityProviders
	some name, _ in provider.AttributeMapping
}

deny contains violation if {
	some i, found in input.UserPool.SchemaAttributes
	found.Mutable == true
	startswith(found.Name, "custom:")
	not found.Name in _mapped
	attribute.privileged(found.Name, _tokens)
	violation := {
		"msg": sprintf("%s names a tenant and can change, expected an immutable attribute", [found.Name]),
		"path": ["UserPool", "SchemaAttributes", i, "Mutable"],
		"actual": true,
		"expected": false,
	}
}
