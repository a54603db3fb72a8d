package snapshot

import (
	"encoding/base64"
	"net/netip"
	"strings"
)

// reasonMember stands for the texts of [Unknown], which name the prefix domain
// of a pool without its host.
const reasonMember = "reason"

// sensitive finds what may have to be replaced, the first alternative that fits
// at the first place. What was replaced is never looked at again: pseudonyms
// look like the real thing.
var sensitive = pattern(strings.Join([]string{
	// A URL up to its path, also in JSON text and percent-encoded.
	`(?P<scheme>\b(?i:https?|wss?|ftps?|ldaps?)(?::|%3[Aa])(?:\\?/|%2[Ff]){2})(?P<authority>[^\s/?#"'<>\\(),;|%^&=` + "`" + `]*)`,
	// An ARN up to its account, and the people that IAM and STS name behind it.
	`(?P<arn>\barn:[\w-]*:[\w.-]*:[\w-]*:)(?P<account>[\w-]*):(?:(?P<path>assumed-role/[\w+=,.@-]+/|(?:federated-)?user/)(?P<person>[\w+=,.@/-]*\w))?`,
	`(?P<user>[\p{L}\p{N}][\p{L}\p{N}.!&*+$^_~'-]*)(?P<at>@|%40)(?P<domain>[\p{L}\p{N}][\p{L}\p{N}-]*(?:\.[\p{L}\p{N}-]*[\p{L}\p{N}])*)`,
	// Escapes, so that their letters are not taken for the start of a name; and
	// UUIDs, whose last part may look like an account.
	`(?P<inert>%[0-9A-Fa-f]{2}|\\(?:u[0-9A-Fa-f]{4}|[nrt])|\b[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\b)`,
	`(?P<dotted>(?:\*\.)?[\p{L}\p{N}][\p{L}\p{N}-]*(?:\.[\p{L}\p{N}-]*[\p{L}\p{N}])+)`,
	`(?P<digits>[0-9]{4}-[0-9]{4}-[0-9]{4}|[0-9]{12,})`,
}, "|"))

var (
	digits     = pattern(`[0-9]+`)
	word       = pattern(`[A-Za-z0-9-]+`)
	ipv6       = pattern(`[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:\.[0-9]{1,3}){0,3}`)
	mailbox    = pattern(`([\s,;]*)([^<>@{}]*?)(\s*<[^<>\s@]+@[^<>\s]+>)`)
	mailboxes  = pattern(`^(?:[^<>@{}]*<[^<>\s@]+@[^<>\s]+>\s*)+$`)
	bareEmail  = pattern(`[^\s<>"(),;:@]+@[^\s<>"(),;:@]+`)
	xmlPerson  = pattern(`(<(?:\w+:)?(?:GivenName|SurName|TelephoneNumber|Company|OrganizationName|OrganizationDisplayName)\b[^<>]*>)([^<>]+)`)
	tenant     = pattern(`(?i)((?:login\.microsoftonline\.com|sts\.windows\.net)(?:\\?/|%2F))([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})`)
	base64Text = pattern(`\b[MNO][A-Za-z0-9]{15}`)
)

// senders are the members that hold one sender, with or without a name.
var senders = map[string]bool{"From": true, "ReplyTo": true, "ReplyToEmailAddress": true}

// text returns s under pseudonyms; member is the name it stands under.
func (a *Anonymizer) text(s, member string) string {
	if member == "Domain" && s != "" && !strings.ContainsAny(s, ".:/@ ") {
		a.prefixes[s] = a.label(s)
		return a.prefixes[s]
	}
	if member == "SearchString" {
		s = a.encoded(s)
	}
	if len(s) < 40 && !strings.ContainsAny(s, ".@:%") && !hasAccount(s) && member != reasonMember {
		return s // as most, and certainly no certificate
	}
	// What these put in has nothing that the scan below would find.
	s = a.certificatesIn(s)
	s = a.displayNames(s, member)
	s = replace(xmlPerson(), s, func(m match) string { return m.group(1) + a.people.of(m.group(2), "Name %d") })
	s = replace(tenant(), s, func(m match) string {
		return m.group(1) + a.tenants.of(strings.ToLower(m.group(2)), "00000000-0000-0000-0000-%012d")
	})
	s = a.ipv6In(s)
	s = replace(base64Text(), s, a.encodedAccount)
	c := scan{a: a, hosts: hostMember(member), accounts: speaksOfAccounts(member) || speaksOfAccounts(s)}
	if member == reasonMember {
		c.between = func(s string) string {
			return replace(word(), s, func(m match) string {
				if prefix, ok := a.prefixes[m.group(0)]; ok {
					return prefix
				}
				return m.group(0)
			})
		}
	}
	return replaceWith(sensitive(), s, c.found, c.between)
}

// hostMember tells whether dotted names in the values of a member are hosts
// even without a scheme before them.
func hostMember(member string) bool {
	member = strings.ToLower(member)
	for _, end := range []string{"domain", "domains", "host", "hostname", "relyingpartyid", "distribution", "identifier", "identifiers", "issuer", "entityid", "origin", "origins", "endpoint", "searchstring"} {
		if strings.HasSuffix(member, end) {
			return true
		}
	}
	return false
}

// speaksOfAccounts tells whether twelve digits in the text are an account,
// known or not. Elsewhere they may be a time, a phone number or a limit.
func speaksOfAccounts(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "account") || strings.Contains(s, "amazonaws") || strings.Contains(s, "arn:") || strings.Contains(s, "arn%3a")
}

func hasAccount(s string) bool {
	count := 0
	for i := range len(s) {
		switch {
		case s[i] >= '0' && s[i] <= '9':
			count++
		case s[i] != '-':
			count = 0
		}
		if count == 12 {
			return true
		}
	}
	return false
}

// scan is the look at one text.
type scan struct {
	a        *Anonymizer
	hosts    bool // dotted names are hosts
	accounts bool // twelve digits are an account
	between  func(string) string
}

func (c scan) found(m match) string {
	switch {
	case m.named("scheme") != "":
		return m.named("scheme") + c.a.authority(m.named("authority"))
	case m.named("arn") != "":
		return c.arn(m)
	case m.named("user") != "":
		return c.email(m)
	case m.named("dotted") != "":
		return c.dotted(m)
	case m.named("digits") != "":
		return c.account(m)
	default:
		return m.group(0)
	}
}

func (c scan) arn(m match) string {
	s := m.named("arn") + c.a.account(m.named("account")) + ":"
	if person := m.named("person"); person != "" {
		s += c.a.text(m.named("path"), "") + c.a.users.of(person, "user-%d")
	}
	return s
}

func (c scan) email(m match) string {
	host := m.named("domain")
	if _, err := netip.ParseAddr(host); err != nil && numeric(host[strings.LastIndexByte(host, '.')+1:]) {
		return c.accountsIn(m.group(0)) // the version of a package
	}
	return c.a.users.of(m.named("user"), "user-%d") + m.named("at") + c.a.host(host)
}

func (c scan) dotted(m match) string {
	name := m.group(0)
	if _, err := netip.ParseAddr(name); err == nil {
		if isObjectID(m) {
			return name
		}
		return c.a.address(name)
	}
	scheme := strings.HasPrefix(m.after(), ":/")
	hosts := c.hosts || strings.HasSuffix(m.before(), "@") || strings.HasSuffix(m.before(), ":identity/")
	if host, ok := c.a.bareHost(name, scheme, hosts); ok {
		return host
	}
	if host, ok := c.hyphened(name, scheme); ok {
		return host
	}
	return c.accountsIn(name)
}

// isObjectID tells an object identifier, such as those of SAML attributes, from
// an IP address.
func isObjectID(m match) bool {
	before := m.before()
	before = strings.ToLower(before[max(0, len(before)-4):])
	return strings.HasSuffix(before, "oid:") || strings.HasSuffix(before, "oid.") || strings.HasPrefix(m.group(0), "2.5.4.")
}

// hyphened replaces a host to which something was added by a hyphen, such as
// the name of a bucket.
func (c scan) hyphened(name string, scheme bool) (changed string, ok bool) {
	core, tail := name, ""
	last := strings.LastIndexByte(name, '.') + 1
	if i := strings.IndexByte(name[last:], '-'); i > 0 {
		core, tail = name[:last+i], c.accountsIn(name[last+i:])
		if host, ok := c.a.bareHost(core, scheme, false); ok {
			return host + tail, true
		}
	}
	front, host := "", core
	// Names have few hyphens; what has more is no name.
	for range 16 {
		part, rest, found := strings.Cut(host, "-")
		if !found {
			break
		}
		front, host = front+part+"-", rest
		if c.a.knownHost(host) {
			return c.accountsIn(front) + c.a.host(host) + tail, true
		}
	}
	return "", false
}

// account replaces twelve digits, or thrice four as the console writes them.
func (c scan) account(m match) string {
	text := m.group(0)
	if strings.Contains(text, "-") {
		if id := strings.ReplaceAll(text, "-", ""); c.a.accounts[id] != "" {
			id = c.a.accounts[id]
			return id[:4] + "-" + id[4:8] + "-" + id[8:]
		}
		return c.accountsIn(text)
	}
	if len(text) != 12 {
		return text
	}
	if c.a.accounts[text] != "" || c.accounts && m.alone() {
		return c.a.account(text)
	}
	return text
}

func (c scan) accountsIn(s string) string { return replace(digits(), s, c.account) }

// displayNames replaces the names before addresses, where the whole text is
// senders or recipients; elsewhere it may be a message with placeholders.
func (a *Anonymizer) displayNames(s, member string) string {
	if !strings.Contains(s, "@") {
		return s
	}
	if at := bareEmail().FindStringIndex(s); senders[member] && at != nil {
		if name := strings.Trim(s[:at[0]]+s[at[1]:], ` <>"()`); name != "" {
			return a.people.of(name, "Name %d") + " <" + s[at[0]:at[1]] + ">"
		}
	}
	if !mailboxes().MatchString(s) {
		return s
	}
	return replace(mailbox(), s, func(m match) string {
		if m.group(2) == "" {
			return m.group(0)
		}
		return m.group(1) + a.people.of(m.group(2), "Name %d") + m.group(3)
	})
}

// ipv6In replaces IPv6 addresses, those in URLs included.
func (a *Anonymizer) ipv6In(s string) string {
	if strings.Count(s, ":") < 2 {
		return s
	}
	return replace(ipv6(), s, func(m match) string {
		if !m.alone() {
			return m.group(0)
		}
		return a.address(m.group(0))
	})
}

// encodedAccount replaces an account at the start of base64, as in the metadata
// URLs of IAM Identity Center. Twelve digits are sixteen characters.
func (a *Anonymizer) encodedAccount(m match) string {
	id, err := base64.StdEncoding.DecodeString(m.group(0))
	if err != nil || !numeric(string(id)) {
		return m.group(0)
	}
	return base64.StdEncoding.EncodeToString([]byte(a.account(string(id))))
}

// encoded replaces within base64; what is none is returned as it is. Web ACLs
// hold what they search for so.
func (a *Anonymizer) encoded(s string) string {
	text, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(text) == 0 || strings.ContainsFunc(string(text), func(r rune) bool { return r < ' ' || r > '~' }) {
		return s
	}
	return base64.StdEncoding.EncodeToString([]byte(a.text(string(text), "Host")))
}
