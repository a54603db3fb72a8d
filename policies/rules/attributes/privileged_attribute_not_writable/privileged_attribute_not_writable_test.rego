package cognilint.rules.attributes.privileged_attribute_not_writable_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.attributes.privileged_attribute_not_writable as rule

_path := ["Client", "WriteAttributes"]

_attribute(name, mutable) := {"op": "add", "path": "/UserPool/SchemaAttributes/-", "value": {"Name": name, "AttributeDataType": "String", "Mutable": mutable, "Required": false}}

_open_sign_up := {"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": false}

# The client of the fixtures, with the API's tokens; sign-up is closed.
_web(pool_patches, client_patches) := fixtures.client_of(fixtures.pool(pool_patches), client_patches)

_of(pool_patches, c) := object.union(fixtures.pool(pool_patches), {"Client": c})

_writes(names) := {"op": "add", "path": "/WriteAttributes", "value": names}

_role := _attribute("custom:role", true)

_corp(mapping) := {"op": "replace", "path": "/IdentityProviders", "value": [{"ProviderName": "Corp", "ProviderType": "SAML", "AttributeMapping": mapping}]}

_params(params) := {"privileged-attribute-not-writable": params}

test_good_client_passes if {
	rule.applies with input as _web([], [])
	count(rule.deny) == 0 with input as _web([], [])
	count(rule.fix) == 0 with input as _web([], [])
}

test_default_list_fails_and_is_replaced if {
	rule.deny == {{
		"msg": "client \"web\" lets users change custom:role; the name promises a right, expected the client's write list without it (its list is the default: AWS names only standard attributes, but custom ones were found writable)",
		"path": _path,
		"actual": null,
		"expected": "a list without custom:role",
	}} with input as _web([_role], [])
	rule.fix == {{"op": "replace", "path": _path, "value": ["email"]}} with input as _web([_role], [])
}

test_empty_list_is_the_default if {
	some violation in rule.deny with input as _web([_role], [_writes([])])
	violation.actual == []
	rule.fix == {{"op": "replace", "path": _path, "value": ["email"]}} with input as _web([_role], [_writes([])])
}

test_listed_attribute_fails_and_is_removed if {
	pool := _web([_role], [_writes(["email", "custom:role"])])
	rule.deny == {{
		"msg": "client \"web\" lets users change custom:role; the name promises a right, expected the client's write list without it",
		"path": ["Client", "WriteAttributes", 1],
		"actual": "custom:role",
		"expected": "a list without custom:role",
	}} with input as pool
	rule.fix == {{"op": "remove", "path": _path, "value": "custom:role"}} with input as pool
}

test_each_attribute_is_named_and_removed if {
	pool := _web([_role, _attribute("custom:isAdmin", true)], [_writes(["custom:isAdmin", "email", "custom:role"])])
	violations := rule.deny with input as pool
	{violation.path | some violation in violations} == {["Client", "WriteAttributes", 0], ["Client", "WriteAttributes", 2]}
	count(rule.fix) == 2 with input as pool
}

test_list_without_the_attribute_passes if {
	count(rule.deny) == 0 with input as _web([_role], [_writes(["email"])])
	count(rule.deny) == 0 with input as _web([_role, _open_sign_up], [_writes(["email"])])
}

test_only_whole_words_promise_a_right if {
	harmless := [_attribute(name, true) | some name in ["custom:planet", "custom:organic", "custom:scroller", "custom:accounting", "custom:team"]]
	count(rule.deny) == 0 with input as _web(harmless, [])

	rights := [_attribute(name, true) | some name in ["custom:tenant_id", "custom:isAdmin", "custom:user-Roles", "custom:PLAN2", "custom:x:scope"]]
	count(rule.deny) == count(rights) with input as _web(rights, [])
}

test_standard_and_developer_attributes_are_no_rights if {
	count(rule.deny) == 0 with input as _web(
		[
			_attribute("role", true),
			_attribute("dev:custom:role", true),
			{"op": "add", "path": "/UserPool/SchemaAttributes/-", "value": {"Name": "custom:role", "Mutable": true, "DeveloperOnlyAttribute": true}},
		],
		[],
	)
}

test_fixed_attribute_matters_at_sign_up_only if {
	tenant := _attribute("custom:tenant_id", false)
	count(rule.deny) == 0 with input as _web([tenant], [])
	count(rule.deny) == 0 with input as _web([tenant], [_writes(["email", "custom:tenant_id"])])

	some violation in rule.deny with input as _web([tenant, _open_sign_up], [])
	startswith(violation.msg, "client \"web\" lets anyone choose custom:tenant_id at sign-up;")
	endswith(violation.msg, "(local passwords: client \"web\")")
	count(rule.deny) == 1 with input as _web([tenant, _open_sign_up], [_writes(["email", "custom:tenant_id"])])
}

test_open_sign_up_is_named_beside_the_profile if {
	some violation in rule.deny with input as _web([_role, _open_sign_up], [])
	startswith(violation.msg, "client \"web\" lets users change custom:role and anyone choose it at sign-up;")
	not contains(violation.msg, "local passwords")
}

test_any_client_can_serve_sign_up if {
	every c in [fixtures.machine_client, fixtures.sso_client, {"ClientId": "4inert", "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"]}] {
		not rule.applies with input as _of([_role], c)
		rule.applies with input as _of([_role, _open_sign_up], c)
		count(rule.deny) == 1 with input as _of([_role, _open_sign_up], c)
	}
}

test_absent_sign_up_setting_means_open if {
	rule.applies with input as _of([{"op": "remove", "path": "/UserPool/AdminCreateUserConfig"}], fixtures.machine_client)
}

test_login_pages_need_the_profile_scope if {
	mapped := object.union(fixtures.sso_client, {"WriteAttributes": ["email", "custom:groups"]})
	patches := [_attribute("custom:groups", true), _corp({"custom:groups": "groups"}), {"op": "replace", "path": "/Clients", "value": [mapped]}]
	not rule.applies with input as _of(patches, mapped)
	count(rule.deny) == 0 with input as _of(patches, mapped)

	scoped := object.union(mapped, {"AllowedOAuthScopes": ["openid", "aws.cognito.signin.user.admin"]})
	rule.applies with input as _of(patches, scoped)
	count(rule.deny) == 1 with input as _of(patches, scoped)
}

test_what_a_provider_fills_is_not_fixed if {
	offered := {"op": "add", "path": "/SupportedIdentityProviders", "value": ["COGNITO", "Corp"]}
	mapped := _corp({"custom:role": "role"})
	every list in [[], ["email", "custom:role"]] {
		count(rule.deny) == 1 with input as _web([_role, mapped], [offered, _writes(list)])
		count(rule.fix) == 0 with input as _web([_role, mapped], [offered, _writes(list)])
		count(rule.fix) == 1 with input as _web([_role, mapped], [_writes(list)])
		count(rule.fix) == 0 with input as _web([_role, {"op": "remove", "path": "/IdentityProviders"}], [offered, _writes(list)])
	}
}

test_new_list_keeps_what_is_required_or_filled if {
	patches := [
		_role,
		_attribute("name", true),
		_attribute("email_verified", true),
		{"op": "add", "path": "/UserPool/SchemaAttributes/-", "value": {"Name": "birthdate", "Mutable": false, "Required": true}},
		_attribute("custom:number", false),
		_attribute("custom:team", true),
		_corp({"username": "sub", "custom:team": "team"}),
	]
	offered := {"op": "add", "path": "/SupportedIdentityProviders", "value": ["Corp"]}
	rule.fix == {{"op": "replace", "path": _path, "value": ["birthdate", "custom:team", "email", "name"]}} with input as _web(patches, [offered])
}

test_list_never_gets_empty if {
	alone := _web([_role], [_writes(["custom:role"])])
	count(rule.deny) == 1 with input as alone
	count(rule.fix) == 0 with input as alone

	nothing_else := _web([{"op": "remove", "path": "/UserPool/SchemaAttributes/1"}, _role], [])
	count(rule.deny) == 1 with input as nothing_else
	count(rule.fix) == 0 with input as nothing_else
}

test_required_attribute_is_not_removed if {
	required := {"op": "add", "path": "/UserPool/SchemaAttributes/-", "value": {"Name": "custom:role", "Mutable": true, "Required": true}}
	every list in [[], ["email", "custom:role"]] {
		count(rule.deny) == 1 with input as _web([required], [_writes(list)])
		count(rule.fix) == 0 with input as _web([required], [_writes(list)])
	}
}

test_absent_schema_has_no_custom_attribute if {
	schemaless := {"op": "remove", "path": "/UserPool/SchemaAttributes"}
	count(rule.deny) == 0 with input as _web([schemaless], [])
	count(rule.deny) == 1 with input as _web([schemaless], [_writes(["email", "custom:role"])])
}

test_words_can_be_chosen if {
	params := _params({"tokens": ["Level"]})
	count(rule.deny) == 0 with input as _web([_role], []) with data.params as params
	count(rule.deny) == 1 with input as _web([_attribute("custom:userLevel", true)], []) with data.params as params
	count(rule.deny) == 0 with input as _web([_role], []) with data.params as _params({"tokens": []})
}

test_attributes_can_be_ignored_with_and_without_prefix if {
	every name in ["role", "custom:role"] {
		pool := _web([_role, _attribute("custom:role2", true)], [])
		some violation in rule.deny with input as pool with data.params as _params({"ignore": [name]})
		violation.expected == "a list without custom:role2"
	}
}

test_unread_clients_leave_sign_up_open if {
	unread := json.remove(_of([_role, _open_sign_up], fixtures.machine_client), ["/Clients"])
	rule.applies with input as unread
	some violation in rule.deny with input as unread
	contains(violation.msg, "was not tested")
}
