# METADATA
# title: What was read
# description: |
#   A section that is missing from the snapshot, or listed in its member
#   "unknown", was not read. An exemption needs proof, so rules ask here before
#   they conclude anything from absence.
package cognilint.lib.known

_unknown := {entry.path | some entry in object.get(input, "unknown", [])}

# METADATA
# description: |
#   True if the section was read; elements of a list may still be unknown.
section(name) if {
	_ = input[name]
	not concat("", ["/", name]) in _unknown
}

# METADATA
# description: |
#   True if every part of the section was read, of a list each element.
complete(name) if {
	section(name)
	below := concat("", ["/", name, "/"])
	every path in _unknown {
		not startswith(path, below)
	}
}
