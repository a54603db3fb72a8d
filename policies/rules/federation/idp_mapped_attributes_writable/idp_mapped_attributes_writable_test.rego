package cognilint.rules.federation.idp_mapped_attributes_writable_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.idp_mapped_attributes_writable as rule

_mapping := {"email": "mail", "custom:team": "team", "username": "sub", "email_verified": "verified"}

_base := object.union(
	fixtures.pool([
		{"op": "add", "path": "/UserPool/SchemaAttributes/-", "value": {"Name": "custom:team", "Mutable": true}},
		{"op": "add", "path": "/UserPool/SchemaAttributes/-", "value": {"Name": "custom:site", "Mutable": false}},
		{"op": "replace", "path": "/IdentityProviders", "value": [
			{"ProviderName": "Corp", "AttributeMapping": _mapping},
			{"ProviderName": "Plain"},
			{"ProviderName": "Empty", "AttributeMapping": {}},
		]},
	]),
	{"Client": fixtures.sso_client},
)

_with(patches) := json.patch(_base, patches)

_writes(attributes) := {"op": "add", "path": "/Client/WriteAttributes", "value": attributes}

_offers(names) := {"op": "replace", "path": "/Client/SupportedIdentityProviders", "value": names}

_more_providers := {"op": "add", "path": "/unknown/-", "value": {"path": "/IdentityProviders/-", "reason": "the list may be longer"}}

test_good_client_passes if {
	not rule.applies with input as fixtures.client([])
	count(rule.deny) == 0 with input as fixtures.client([])
	count(rule.unknown) == 0 with input as fixtures.client([])
}

test_default_write_list_passes if {
	rule.applies with input as _base
	count(rule.deny) == 0 with input as _base
	count(rule.deny) == 0 with input as _with([_writes([])])
	count(rule.unknown) == 0 with input as _base
}

test_complete_write_list_passes if {
	count(rule.deny) == 0 with input as _with([_writes(["custom:team", "email"])])
}

test_missing_write_right_fails if {
	rule.deny == {{
		"msg": "client \"sso\" offers Corp, which fills custom:team, but cannot write it, expected it among WriteAttributes",
		"path": ["Client", "WriteAttributes"],
		"actual": ["email"],
		"expected": "a list with custom:team",
	}} with input as _with([_writes(["email"])])
}

test_fixed_attribute_fails if {
	maps_site := {"op": "add", "path": "/IdentityProviders/0/AttributeMapping/custom:site", "value": "site"}
	rule.deny == {{
		"msg": "client \"sso\" offers Corp, which fills custom:site, an attribute that cannot change, expected mutable attributes only",
		"path": ["Client", "SupportedIdentityProviders", 1],
		"actual": "Corp",
		"expected": "a provider that does not map custom:site",
	}} with input as _with([maps_site, _offers(["COGNITO", "Corp"])])
}

test_provider_that_the_client_does_not_offer_is_ignored if {
	count(rule.deny) == 0 with input as _with([_offers(["Plain"]), _writes(["name"])])
}

test_attribute_without_schema_entry_is_not_called_fixed if {
	count(rule.deny) == 0 with input as _with([{"op": "remove", "path": "/UserPool/SchemaAttributes"}])
}

test_clients_without_mappings_are_exempt if {
	every names in [["Plain"], ["Empty"], ["COGNITO"], []] {
		not rule.applies with input as _with([_offers(names)])
	}
	not rule.applies with input as _with([{"op": "remove", "path": "/Client/SupportedIdentityProviders"}])
}

test_exemption_needs_all_providers if {
	every names in [["Plain"], ["Other"]] {
		rule.applies with input as _with([_offers(names), _more_providers])
		rule.applies with input as _with([_offers(names), {"op": "remove", "path": "/IdentityProviders"}])
	}
	not rule.applies with input as _with([_offers(["COGNITO"]), {"op": "remove", "path": "/IdentityProviders"}])
}

test_provider_that_was_not_read_is_unknown if {
	rule.unknown == {["IdentityProviders", "-"]} with input as _with([_offers(["Corp", "Other"]), _more_providers])
	count(rule.unknown) == 0 with input as _with([_more_providers])
	count(rule.unknown) == 0 with input as _with([_offers(["Corp", "Other"])])
}
