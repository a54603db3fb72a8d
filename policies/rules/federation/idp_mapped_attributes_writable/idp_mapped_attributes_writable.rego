# METADATA
# title: Mapped attributes can be written
# description: |
#   An identity provider of the client fills an attribute that is fixed at
#   creation or that the client may not write. Users who sign in through it
#   are turned away as soon as the provider sends a new value.
# related_resources:
# - description: Mapping IdP attributes to profiles and tokens
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-specifying-attribute-mapping.html
# custom:
#   id: idp-mapped-attributes-writable
#   severity: high
#   target: client
#   needs: [Client, IdentityProviders, UserPool.SchemaAttributes]
#   applies_needs: [Client]
#   guard: true
#   remediation: |
#     Allow the client to write the attribute. An attribute that is not mutable
#     stays so: map another one.
#
#     Console: App clients > the client > Attribute permissions > Edit, or
#     Social and external providers, choose the provider, edit the attribute
#     mapping.
#
#     AWS CLI: take the output of describe-user-pool-client, add the attribute
#     to WriteAttributes, and send every setting with update-user-pool-client:
#     it resets what it is not told. For the mapping take what
#     describe-identity-provider returns, change AttributeMapping and send all
#     of it with update-identity-provider.
#
#     CloudFormation: WriteAttributes of AWS::Cognito::UserPoolClient, or
#     AttributeMapping of AWS::Cognito::UserPoolIdentityProvider. Mutable of an
#     existing attribute cannot be changed.
#
#     Terraform: write_attributes of aws_cognito_user_pool_client, or
#     attribute_mapping of aws_cognito_identity_provider. mutable of an
#     existing attribute cannot be changed.
#   waive_when: |
#     Not reasonable: users who sign in through the provider are turned away,
#     at the latest when it sends a new value.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.federation.idp_mapped_attributes_writable

import data.cognilint.lib.client
import data.cognilint.lib.known

_named := {name |
	some name in input.Client.SupportedIdentityProviders
	name != "COGNITO"
}

_not_found := _named - {provider.ProviderName | some provider in input.IdentityProviders}

# The provider, its place in the client and what it fills.
_mapped contains {"provider": name, "index": i, "attribute": attribute} if {
	some i, name in input.Client.SupportedIdentityProviders
	some provider in input.IdentityProviders
	provider.ProviderName == name
	some attribute, _ in provider.AttributeMapping
	not attribute in {"username", "email_verified", "phone_number_verified"}
}

applies if {
	some name in input.Client.SupportedIdentityProviders
	some provider in input.IdentityProviders
	provider.ProviderName == name
	count(provider.AttributeMapping) > 0
}

# That none has a mapping is proven by the complete list only.
applies if {
	count(_named) > 0
	not known.complete("IdentityProviders")
}

unknown contains ["IdentityProviders", "-"] if {
	count(_not_found) > 0
	not known.complete("IdentityProviders")
}

deny contains violation if {
	some entry in _mapped
	some attribute in input.UserPool.SchemaAttributes
	attribute.Name == entry.attribute
	attribute.Mutable == false
	violation := {
		"msg": sprintf("client %s offers %s, which fills %s, an attribute that cannot change, expected mutable attributes only", [client.label(input.Client), entry.provider, entry.attribute]),
		"path": ["Client", "SupportedIdentityProviders", entry.index],
		"actual": entry.provider,
		"expected": sprintf("a provider that does not map %s", [entry.attribute]),
	}
}

# An unset or empty list means the default, which holds all of them.
_writable := object.get(input.Client, "WriteAttributes", [])

deny contains violation if {
	count(_writable) > 0
	some entry in _mapped
	not entry.attribute in _writable
	violation := {
		"msg": sprintf("client %s offers %s, which fills %s, but cannot write it, expected it among WriteAttributes", [client.label(input.Client), entry.provider, entry.attribute]),
		"path": ["Client", "WriteAttributes"],
		"actual": _writable,
		"expected": sprintf("a list with %s", [entry.attribute]),
	}
}
