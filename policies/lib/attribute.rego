# METADATA
# title: Who may write which attributes
# description: |
#   What users can put into their profile through a client, and what the names
#   of attributes promise.
package cognilint.lib.attribute

import data.cognilint.lib.client
import data.cognilint.lib.known

_schema := input.UserPool.SchemaAttributes

# METADATA
# description: The names of the custom attributes, with prefix. Undefined without a schema.
custom := {attribute.Name |
	some attribute in _schema
	startswith(attribute.Name, "custom:")
} if _schema

# METADATA
# description: The names of the attributes that each user must have. Undefined without a schema.
required := {attribute.Name |
	some attribute in _schema
	attribute.Required == true
	attribute.Name != "sub"
} if _schema

# METADATA
# description: |
#   What a signed-in user can change through the client, if profile_writable
#   holds for it. An unset or empty list means each attribute that is mutable:
#   AWS names only the standard ones, reports from the field say all.
#   Undefined for such a list without a schema.
writable(c) := _listed(c) - {attribute.Name | some attribute in _schema; attribute.Mutable == false} if {
	_lists(c)
} else := {attribute.Name |
	some attribute in _schema
	attribute.Mutable == true
	_for_users(attribute)
} if {
	_schema
}

# METADATA
# description: |
#   What a user can set through the client when signing up: as writable, and
#   the attributes that can be set once.
writable_at_signup(c) := _listed(c) if {
	_lists(c)
} else := {attribute.Name |
	some attribute in _schema
	_for_users(attribute)
} if {
	_schema
}

_lists(c) if count(object.get(c, "WriteAttributes", [])) > 0

_listed(c) := {name |
	some name in c.WriteAttributes
	_for_users({"Name": name})
}

# No client writes these, whatever its list says.
_for_users(attribute) if {
	not attribute.Name in {"sub", "identities", "email_verified", "phone_number_verified"}
	not startswith(attribute.Name, "dev:")
	not attribute.DeveloperOnlyAttribute == true
}

# METADATA
# description: |
#   Tokens that the client gets for users allow them to write their profile:
#   those of the API always, those of the login pages with the admin scope.
profile_writable(c) if count(client.sdk_user_flows(c)) > 0

profile_writable(c) if {
	client.managed_login(c)
	"aws.cognito.signin.user.admin" in c.AllowedOAuthScopes
}

# METADATA
# description: |
#   The attributes that identity providers of the client fill. Undefined if
#   the client has other providers than COGNITO and not all were read.
mapped(c) := {attribute |
	some provider in input.IdentityProviders
	provider.ProviderName in c.SupportedIdentityProviders
	some attribute, _ in provider.AttributeMapping
	not attribute in {"username", "email_verified", "phone_number_verified"}
} if {
	known.complete("IdentityProviders")
} else := set() if {
	every name in object.get(c, "SupportedIdentityProviders", []) {
		name == "COGNITO"
	}
}

# METADATA
# description: |
#   The words of an attribute's name in lower case, without the prefix custom:
#   {"is", "tenant", "admin"} of custom:isTenant_admin2.
words(name) := {lower(word) |
	some word in regex.split(`[^\p{L}\p{M}]+`, _spaced(trim_prefix(name, "custom:")))
	word != ""
}

_spaced(name) := regex.replace(regex.replace(name, `(\p{Ll})(\p{Lu})`, "$1 $2"), `(\p{Lu})(\p{Lu}\p{Ll})`, "$1 $2")

# METADATA
# description: A whole word of the name is one of the tokens, which are in lower case.
privileged(name, tokens) if {
	some word in words(name)
	word in tokens
}
