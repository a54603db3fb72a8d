package snapshot

import (
	"fmt"
	"net/netip"
)

// keptRanges hold addresses that tell nothing of their owner: private, loopback
// and special ones (https://www.iana.org/assignments/iana-ipv4-special-registry).
var keptRanges = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("10.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("127.0.0.0/8"),
	netip.MustParsePrefix("169.254.0.0/16"),
	netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("224.0.0.0/3"),
	netip.MustParsePrefix("::/127"),
	netip.MustParsePrefix("fc00::/7"),
	netip.MustParsePrefix("fe80::/10"),
	netip.MustParsePrefix("ff00::/8"),
}

var documentationRanges = []string{"203.0.113.%d", "198.51.100.%d", "192.0.2.%d"}

// address returns the pseudonym of an IP address, from the ranges that are
// reserved for documentation (RFC 5737, RFC 3849). What is no public address
// stays.
func (a *Anonymizer) address(text string) string {
	address, err := netip.ParseAddr(text)
	if err != nil {
		return text
	}
	for _, prefix := range keptRanges {
		if prefix.Contains(address.Unmap()) {
			return text
		}
	}
	if _, ok := a.addresses[text]; !ok {
		n := len(a.addresses)
		switch {
		case address.Is6():
			a.addresses[text] = fmt.Sprintf("2001:db8::%x:%x", (n+1)>>16, (n+1)&0xffff)
		case n < 254*len(documentationRanges):
			a.addresses[text] = fmt.Sprintf(documentationRanges[n/254], n%254+1)
		default:
			// RFC 2544: for benchmarks, 131072 more.
			a.addresses[text] = fmt.Sprintf("198.%d.%d.%d", 18+n>>16&1, n>>8&255, n&255)
		}
	}
	return a.addresses[text]
}
