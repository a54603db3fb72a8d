# METADATA
# title: Parameters of rules
# description: |
#   Defaults stand in the annotation of a rule, overrides under data.params.
#   A rule takes its parameters with
#
#       params := param.values(rego.metadata.chain())
#
#   The cognilint engine replaces exactly this line when it loads a rule, by a
#   reference to the values in force; under a stock opa it is evaluated as it
#   stands here.
package cognilint.lib.param

# METADATA
# description: The parameters of the rule whose metadata chain is given.
values(chain) := {name: object.get(overrides, name, value) | some name, value in defaults} if {
	some link in chain
	custom := link.annotations.custom
	defaults := {name: param["default"] | some name, param in object.get(custom, "params", {})}
	overrides := _overrides(custom.id)
}

_overrides(id) := data.params[id] if {
	data.params[id]
} else := {}
