# METADATA
# title: The findings of a pool, for a stock opa
# description: |
#   The same work as cognilint does: the rules about a pool once, those about a
#   client once per client. Used by the measurements in docs/performance.md.
package perf

deny contains violation if {
	some category, name
	not startswith(name, "client_")
	some violation in data.cognilint.rules[category][name].deny
}

deny contains violation if {
	some c in input.Clients
	some violation in _client_rules with input as object.union(input, {"Client": c})
}

_client_rules contains violation if {
	some category, name
	startswith(name, "client_")
	some violation in data.cognilint.rules[category][name].deny
}
