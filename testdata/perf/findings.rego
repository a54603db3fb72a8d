# METADATA
# title: The findings of a pool, for a stock opa
# description: |
#   The same work as cognilint does: the rules about a pool once, those about a
#   client once per client. Used by the measurements in docs/performance.md.
package perf

# The targets of the rules are in their annotations, which Rego cannot read from
# here.
_about_client(name) if startswith(name, "client_")

_about_client(name) if name in {"signup_attributes_writable", "idp_mapped_attributes_writable"}

# "client_generated_secret" is about the pool in spite of its name.
_about_pool(name) if not _about_client(name)

_about_pool("client_generated_secret")

deny contains violation if {
	some category, name
	data.cognilint.rules[category][name]
	_about_pool(name)
	some violation in data.cognilint.rules[category][name].deny
}

deny contains violation if {
	some c in input.Clients
	some violation in _client_rules with input as object.union(input, {"Client": c})
}

_client_rules contains violation if {
	some category, name
	data.cognilint.rules[category][name]
	_about_client(name)
	name != "client_generated_secret"
	some violation in data.cognilint.rules[category][name].deny
}
