# METADATA
# title: Tags of a pool
# description: |
#   Tags that people gave the pool. Those with the prefix aws: come from
#   services and say nothing about it.
package cognilint.lib.tag

# METADATA
# description: The keys of the tags that people gave.
keys := {key |
	some key, _ in input.UserPool.UserPoolTags
	not startswith(key, "aws:")
}

# METADATA
# description: |
#   The keys of the tags that have one of the values, where wanted maps keys to
#   lists of values. Letter case does not matter.
matching(wanted) := {key |
	some key in keys
	some name, values in wanted
	lower(name) == lower(key)
	some value in values
	lower(value) == lower(input.UserPool.UserPoolTags[key])
}
