package cognilint.rules.attributes.tenant_attribute_immutable_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.attributes.tenant_attribute_immutable as rule

# The attribute stands behind sub and email.
_with(definition, patches) := fixtures.pool(array.concat(
	[{"op": "add", "path": "/UserPool/SchemaAttributes/-", "value": definition}],
	patches,
))

_named(name) := _with({"Name": name, "Mutable": true}, [])

_mapped(mapping) := {"op": "replace", "path": "/IdentityProviders", "value": [{"ProviderName": "Plain"}, {"ProviderName": "Corp", "AttributeMapping": mapping}]}

test_good_pool_passes if {
	count(rule.deny) == 0 with input as fixtures.good
}

test_mutable_tenant_fails if {
	rule.deny == {{
		"msg": "custom:tenant_id names a tenant and can change, expected an immutable attribute",
		"path": ["UserPool", "SchemaAttributes", 2, "Mutable"],
		"actual": true,
		"expected": false,
	}} with input as _named("custom:tenant_id")
}

test_each_word_fails if {
	every name in ["custom:tenant", "custom:orgId", "custom:my-Organization", "custom:CUSTOMER2"] {
		count(rule.deny) == 1 with input as _named(name)
	}
}

test_immutable_tenant_passes if {
	count(rule.deny) == 0 with input as _with({"Name": "custom:tenant_id", "Mutable": false}, [])
	count(rule.deny) == 0 with input as _with({"Name": "custom:tenant_id"}, [])
}

test_other_names_pass if {
	every name in ["custom:organic", "custom:customers", "custom:team", "tenant", "dev:custom:tenant"] {
		count(rule.deny) == 0 with input as _named(name)
	}
}

test_what_a_provider_fills_must_be_mutable if {
	tenant := {"Name": "custom:tenant_id", "Mutable": true}
	count(rule.deny) == 0 with input as _with(tenant, [_mapped({"custom:tenant_id": "tid"})])
	count(rule.deny) == 1 with input as _with(tenant, [_mapped({"email": "custom:tenant_id"})])
}

test_absent_schema_passes if {
	count(rule.deny) == 0 with input as fixtures.pool([{"op": "remove", "path": "/UserPool/SchemaAttributes"}])
}

test_words_can_be_chosen if {
	params := {"tenant-attribute-immutable": {"tokens": ["Shop"]}}
	count(rule.deny) == 0 with input as _named("custom:tenant_id") with data.params as params
	count(rule.deny) == 1 with input as _named("custom:shopId") with data.params as params
}
