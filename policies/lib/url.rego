# METADATA
# title: Parts of a URL
# description: |
#   For callbacks, endpoints and names of hosts. What a URL does not have, or
#   cannot be made out, is undefined; no text is an error. For the rest,
#   contains(url, "*") and contains(url, "#") do.
package cognilint.lib.url

# METADATA
# description: |
#   The scheme in lower case, "myapp" of myapp://callback too. Undefined
#   without one, as in localhost:3000/cb, where a port follows the colon.
scheme(url) := lower(regex.find_all_string_submatch_n(`^([A-Za-z][A-Za-z0-9+.-]*):`, url, 1)[0][1]) if {
	not regex.match(`^[^:/]*:[0-9]+(?:[/?#]|$)`, url)
}

_authority(url) := regex.find_all_string_submatch_n(`^[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)`, url, 1)[0][1]

# METADATA
# description: |
#   The host in lower case, without user, port, brackets and final dot.
#   Undefined without one, as in com.example:/cb, and where it is malformed.
host(url) := name if {
	found := regex.find_all_string_submatch_n(_host, _authority(url), 1)[0]
	name := lower(trim_suffix(concat("", array.slice(found, 1, 4)), "."))
	name != ""
}

# An IPv6 address in brackets, a name or IPv4 address, a bare IPv6 address.
_host := `^(?:.*@)?(?:\[([^\[\]@]+)\](?::[0-9]*)?|([^:@\[\]]+)(?::[0-9]*)?|([0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*))$`

# METADATA
# description: The URL carries a user name or password.
user_info(url) if contains(_authority(url), "@")

# METADATA
# description: The scheme belongs to an app, that is, it exists and is neither http nor https.
app_scheme(url) if {
	name := scheme(url)
	not name in {"http", "https"}
}

# METADATA
# description: Plain http to another machine.
insecure(url) if {
	scheme(url) == "http"
	not _local(url)
}

_local(url) if loopback(host(url))

# METADATA
# description: |
#   The host is the machine of the user: localhost and names below it,
#   127.0.0.0/8 or ::1, with brackets or without.
loopback(host) if within(host, "localhost")

loopback(host) if regex.match(`^127(?:\.[0-9]+){1,3}$|^\[?[0:]*:0*1\]?$`, host)

# METADATA
# description: |
#   The host is an address and no name: IPv6, or IPv4 in whatever notation
#   browsers take for one, such as 127.1 or 0x7f000001.
ip(host) if contains(host, ":")

ip(host) if regex.match(`(?:^|\.)(?:[0-9]+|0[xX][0-9A-Fa-f]*)$`, host)

# METADATA
# description: The host is the domain or a name below it.
within(host, domain) if lower(host) == lower(domain)

within(host, domain) if endswith(lower(host), sprintf(".%s", [lower(domain)]))

# METADATA
# description: |
#   The host is a domain as it is bought: two labels, or three where the
#   country sells below a second level, as in example.co.uk. The second levels
#   are the usual ones, not the public suffix list.
registrable(host) if {
	regex.match(`^[^.]+\.[^.]+$`, host)
	not regex.match(_second_level, host)
}

registrable(host) if {
	labels := split(host, ".")
	count(labels) == 3
	regex.match(_second_level, concat(".", array.slice(labels, 1, 3)))
}

_second_level := `^(?:ac|co|com|edu|go|gov|gob|gv|ltd|me|ne|net|nhs|or|org|plc|sch)\.[a-z]{2}$`
