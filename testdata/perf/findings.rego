# METADATA
# title: The findings of a pool, for a stock opa
# description: |
#   The same work as cognilint does: the rules about a pool once, those about a
#   client once per client. Used by the measurements in docs/performance.md.
package perf

_about_client := {
	"client_default_attribute_permissions",
	"client_default_redirect_registered",
	"client_grant_exclusive",
	"client_has_sign_in_path",
	"client_identity_providers_exist",
	"client_machine_has_secret",
	"client_rotation_flow_consistent",
	"client_scopes_exist",
	"idp_mapped_attributes_writable",
	"signup_attributes_writable",
}

deny contains violation if {
	some category, name
	some violation in data.cognilint.rules[category][name].deny
	not name in _about_client
}

deny contains violation if {
	some c in input.Clients
	some violation in _client_violations with input as object.union(input, {"Client": c})
}

_client_violations contains violation if {
	some name in _about_client
	some category
	some violation in data.cognilint.rules[category][name].deny
}
