package cognilint.lib.attribute_test

import data.cognilint.lib.attribute
import data.cognilint.lib.fixtures

_pool := fixtures.pool([{"op": "replace", "path": "/UserPool/SchemaAttributes", "value": [
	{"Name": "sub", "Mutable": false, "Required": true},
	{"Name": "email", "Mutable": true, "Required": true},
	{"Name": "email_verified", "Mutable": true},
	{"Name": "custom:role", "Mutable": true},
	{"Name": "custom:tenant", "Mutable": false},
	{"Name": "dev:custom:plan", "Mutable": true},
	{"Name": "custom:level", "Mutable": true, "DeveloperOnlyAttribute": true},
]}])

_schemaless := json.remove(_pool, ["/UserPool/SchemaAttributes"])

test_schema if {
	attribute.custom == {"custom:role", "custom:tenant", "custom:level"} with input as _pool
	attribute.required == {"email"} with input as _pool
	not attribute.custom with input as _schemaless
	not attribute.required with input as _schemaless
}

test_unset_or_empty_list_is_each_mutable_attribute if {
	every c in [{}, {"WriteAttributes": []}] {
		attribute.writable(c) == {"email", "custom:role"} with input as _pool
		attribute.writable_at_signup(c) == {"email", "custom:role", "custom:tenant"} with input as _pool
		not attribute.writable(c) with input as _schemaless
		not attribute.writable_at_signup(c) with input as _schemaless
	}
}

test_list_is_taken_as_it_is if {
	c := {"WriteAttributes": ["custom:tenant", "email", "email_verified", "dev:custom:plan"]}
	attribute.writable(c) == {"email"} with input as _pool
	attribute.writable_at_signup(c) == {"email", "custom:tenant"} with input as _pool
	attribute.writable(c) == {"email", "custom:tenant"} with input as _schemaless
}

test_profile_is_writable_with_tokens_of_the_api_or_the_scope if {
	attribute.profile_writable({}) with input as fixtures.good
	attribute.profile_writable({"ExplicitAuthFlows": ["ALLOW_USER_AUTH"]}) with input as fixtures.good
	not attribute.profile_writable({"ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"]}) with input as fixtures.good
	not attribute.profile_writable(fixtures.sso_client) with input as fixtures.good
	scoped := object.union(fixtures.sso_client, {"AllowedOAuthScopes": ["openid", "aws.cognito.signin.user.admin"]})
	attribute.profile_writable(scoped) with input as fixtures.good
	dead := object.union(scoped, {"AllowedOAuthFlowsUserPoolClient": false})
	not attribute.profile_writable(dead) with input as fixtures.good
}

test_mapped if {
	pool := fixtures.pool([{"op": "replace", "path": "/IdentityProviders", "value": [
		{"ProviderName": "Corp", "AttributeMapping": {"email": "mail", "username": "sub", "email_verified": "v"}},
		{"ProviderName": "Plain"},
		{"ProviderName": "Other", "AttributeMapping": {"name": "cn"}},
	]}])
	attribute.mapped({"SupportedIdentityProviders": ["COGNITO", "Plain", "Corp"]}) == {"email"} with input as pool
	attribute.mapped({}) == set() with input as pool
	every path in ["/IdentityProviders", "/IdentityProviders/2", "/IdentityProviders/-"] {
		partly := json.patch(pool, [{"op": "add", "path": "/unknown/-", "value": {"path": path, "reason": "denied"}}])
		not attribute.mapped({"SupportedIdentityProviders": ["Corp"]}) with input as partly
		attribute.mapped({"SupportedIdentityProviders": ["COGNITO"]}) == set() with input as partly
		attribute.mapped({}) == set() with input as partly
	}
}

test_words if {
	every name, words in {
		"custom:isTenant_admin2": {"is", "tenant", "admin"},
		"custom:ADMINRole": {"admin", "role"},
		"custom:userID": {"user", "id"},
		"custom:x-y.z:w": {"x", "y", "z", "w"},
		"custom:level2role": {"level", "role"},
		"custom:42": set(),
		"email": {"email"},
	} {
		attribute.words(name) == words
	}
}

test_privileged_needs_a_whole_word if {
	tokens := ["role", "org", "admin", "plan", "account"]
	every name in ["custom:role", "custom:user_role", "custom:isAdmin", "custom:ADMIN", "custom:org-id", "admin:x"] {
		attribute.privileged(name, tokens)
	}
	every name in ["custom:planet", "custom:organic", "custom:scroller", "custom:accounting", "email"] {
		not attribute.privileged(name, tokens)
	}
}
