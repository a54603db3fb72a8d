package snapshot

import (
	"net/netip"
	"strings"
	"unicode"
)

// publicHosts belong to nobody in particular: endpoints of the providers that
// Cognito knows by name, documentation, and the namespaces of SAML.
var publicHosts = set(
	"localhost",
	"accounts.google.com", "oauth2.googleapis.com", "openidconnect.googleapis.com", "people.googleapis.com", "www.googleapis.com",
	"graph.facebook.com", "www.facebook.com",
	"api.amazon.com", "www.amazon.com", "docs.aws.amazon.com",
	"appleid.apple.com",
	"graph.microsoft.com", "login.microsoftonline.com", "sts.windows.net",
	"api.github.com", "github.com",
	"docs.oasis-open.org", "schemas.microsoft.com", "schemas.xmlsoap.org", "www.w3.org",
)

// sharedHosting are the domains under which strangers get names of their own.
// Rules decide by them, so they stay. The first ten are the default of the rule
// client-callback-no-shared-hosting (its parameter hosts); the rest are further
// entries of https://publicsuffix.org/list/, section "private domains".
var sharedHosting = set(
	"ngrok.io", "ngrok-free.app", "vercel.app", "netlify.app", "github.io", "herokuapp.com", "pages.dev", "web.app", "amplifyapp.com", "cloudfront.net",
	"appspot.com", "awsapps.com", "awsapprunner.com", "azureedge.net", "azurestaticapps.net", "azurewebsites.net", "bubbleapps.io", "cloudapp.net",
	"codesandbox.io", "csb.app", "deno.dev", "elasticbeanstalk.com", "firebaseapp.com", "fly.dev", "github.dev", "gitlab.io", "gitpod.io", "glitch.me",
	"loca.lt", "lovable.app", "myshopify.com", "netlify.com", "ngrok.app", "ngrok.dev", "ngrok-free.dev", "now.sh", "onrender.com", "railway.app", "repl.co",
	"replit.app", "replit.dev", "run.app", "surge.sh", "trycloudflare.com", "webcontainer.io", "workers.dev", "apps.googleusercontent.com",
)

// amazonHosts are the domains of AWS services. Before them stand services and
// Regions, which stay, and what a customer named.
var amazonHosts = set("amazonaws.com", "amazonaws.com.cn", "amazoncognito.com", "api.aws", "on.aws")

// amazonLabels stay wherever they stand in a host of an AWS service.
var amazonLabels = set("auth", "auth-fips", "cognito-idp", "dkr", "dualstack", "email", "execute-api", "fips", "lambda-url", "portal", "s3", "vpce")

var (
	amazonRegion  = pattern(`^[a-z]{2}(?:-[a-z]+)+-[0-9]$`)
	amazonService = pattern(`^[a-z][a-z0-9-]{0,30}$`)
)

// secondLevel are the labels that make, with a country code, a public suffix of
// two labels such as co.uk.
var secondLevel = set("ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org")

// commonEnds tell a host from other dotted names, where nothing else does.
var commonEnds = set("com", "edu", "gov", "mil", "net", "org")

func set(elements ...string) map[string]bool {
	s := make(map[string]bool, len(elements))
	for _, element := range elements {
		s[element] = true
	}
	return s
}

// host returns the pseudonym of a host name or an IP address. Labels are
// replaced one by one, except that the registrable domain is one name: so
// subdomains stay subdomains.
func (a *Anonymizer) host(host string) string {
	if _, err := netip.ParseAddr(host); err == nil {
		return a.address(host)
	}
	lower := strings.ToLower(host)
	labels := strings.Split(host, ".")
	if publicHosts[lower] {
		return host
	}
	if n := suffixLabels(lower, amazonHosts); n > 0 {
		return joinHost(a.amazonHost(labels[:len(labels)-n], strings.HasSuffix(lower, "amazoncognito.com")), labels[len(labels)-n:])
	}
	n := suffixLabels(lower, sharedHosting)
	if n == 0 && len(labels) > 1 && strings.HasSuffix(lower, ".localhost") {
		n = 1
	}
	end := labels[len(labels)-n:]
	if n == 0 {
		n = registrable(labels)
		end = []string{a.domain(labels[len(labels)-n:])}
	}
	front := make([]string, 0, len(labels))
	for _, label := range labels[:len(labels)-n] {
		front = append(front, a.label(label))
	}
	return joinHost(front, end)
}

func joinHost(front, end []string) string {
	return strings.Join(append(front[:len(front):len(front)], end...), ".")
}

// domain returns the pseudonym of a registrable domain, with as many labels.
func (a *Anonymizer) domain(labels []string) string {
	name := labels[0]
	if kept(name) {
		if len(labels) == 1 {
			return name
		}
	} else {
		name = like(name, a.domains.of(strings.ToLower(strings.Join(labels, ".")), "host-%d"))
	}
	switch len(labels) {
	case 1:
		return name
	case 2:
		if kept(labels[1]) {
			return name + "." + labels[1]
		}
		return name + like(labels[1], ".example")
	default:
		return name + "." + strings.Join(labels[1:], ".")
	}
}

// label returns the pseudonym of one label of a host.
func (a *Anonymizer) label(label string) string {
	if kept(label) {
		return label
	}
	return like(label, a.labels.of(strings.ToLower(label), "sub-%d"))
}

// kept tells whether a label is a wildcard or a placeholder.
func kept(label string) bool {
	return label == "" || label == "*" || strings.HasPrefix(label, "{") || strings.HasPrefix(label, "${")
}

// like gives a pseudonym what can be seen of the real name: capitals, and a
// wildcard within.
func like(real, pseudonym string) string {
	if strings.ContainsFunc(real, unicode.IsUpper) {
		pseudonym = strings.ToUpper(pseudonym)
	}
	if strings.Contains(real, "*") {
		pseudonym += "*"
	}
	return pseudonym
}

// amazonHost returns the labels before the domain of AWS services. The last of
// them names a service, if it is no Region; in those of Cognito nothing else
// than "auth" does.
func (a *Anonymizer) amazonHost(labels []string, cognito bool) []string {
	changed := make([]string, len(labels))
	service := !cognito
	for i := len(labels) - 1; i >= 0; i-- {
		label := strings.ToLower(labels[i])
		switch {
		case amazonRegion().MatchString(label), amazonLabels[label]:
			changed[i] = labels[i]
		case len(label) == 12 && numeric(label):
			changed[i] = a.account(label)
		case service && amazonService().MatchString(label) && !hasAccount(label):
			changed[i] = labels[i]
		default:
			changed[i] = a.label(labels[i])
		}
		service = service && amazonRegion().MatchString(label)
	}
	return changed
}

// suffixLabels tells how many labels at the end of a host are one of the
// domains; 0 if it ends in none.
func suffixLabels(host string, domains map[string]bool) int {
	for n := 4; n > 0; n-- {
		if end, ok := lastLabels(host, n); ok && domains[end] {
			return n
		}
	}
	return 0
}

// lastLabels returns the last n labels of a host; ok is false if it has fewer.
func lastLabels(host string, n int) (end string, ok bool) {
	i := len(host)
	for ; n > 0 && i >= 0; n-- {
		i = strings.LastIndexByte(host[:i], '.')
	}
	return host[i+1:], n == 0
}

// registrable tells how many labels at the end of a host somebody registered.
func registrable(labels []string) int {
	n := len(labels)
	if n >= 3 && len(labels[n-1]) == 2 && secondLevel[strings.ToLower(labels[n-2])] {
		return 3
	}
	return min(n, 2)
}

// knownHost tells whether a host of the same domain was met where only a host
// can be.
func (a *Anonymizer) knownHost(host string) bool {
	labels := strings.Split(strings.ToLower(host), ".")
	if len(labels) < 2 {
		return false
	}
	return a.domains[strings.Join(labels[len(labels)-registrable(labels):], ".")] != ""
}

// bareHost returns the pseudonym of a dotted name that stands in a text; ok is
// false if it is no host as far as one can tell. scheme tells that it is the
// scheme of a URL, hosts that the text consists of hosts.
func (a *Anonymizer) bareHost(name string, scheme, hosts bool) (host string, ok bool) {
	lower := strings.ToLower(name)
	if publicHosts[lower] || strings.HasPrefix(lower, "aws.cognito.") {
		return name, true
	}
	labels := strings.Split(name, ".")
	if scheme || !a.knownHost(name) {
		if host, ok := a.reversed(labels); ok {
			return host, true
		}
	}
	end := labels[len(labels)-1]
	switch {
	case a.knownHost(name):
	case scheme || numeric(end):
		return "", false
	case hosts, strings.HasPrefix(lower, "www."), commonEnds[strings.ToLower(end)], registrable(labels) == 3:
	case suffixLabels(lower, sharedHosting) == 0 && suffixLabels(lower, amazonHosts) == 0:
		return "", false
	}
	return a.host(name), true
}

// reversed replaces a known domain at the start of an application id such as
// com.example.shop, which also serves as the scheme of a URL.
func (a *Anonymizer) reversed(labels []string) (name string, ok bool) {
	for n := 3; n >= 2; n-- {
		if len(labels) < n {
			continue
		}
		domain := make([]string, n)
		for i, label := range labels[:n] {
			domain[n-1-i] = label
		}
		if registrable(domain) != n || a.domains[strings.ToLower(strings.Join(domain, "."))] == "" {
			continue
		}
		parts := strings.Split(a.domain(domain), ".")
		for i := range n {
			labels[i] = parts[n-1-i]
		}
		return strings.Join(labels, "."), true
	}
	return "", false
}

// authority replaces what stands between a scheme and a path: the user, and
// the host. The port stays.
func (a *Anonymizer) authority(s string) string {
	user := ""
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		user = "user@"
		if strings.Contains(s[:i], ":") {
			user = "user:password@"
		}
		s = s[i+1:]
	}
	if strings.HasPrefix(s, "[") {
		return user + s // IPv6, replaced before
	}
	host := strings.TrimRight(s, ".,;:!]}*_")
	if i := strings.LastIndexByte(host, ':'); i >= 0 && (numeric(host[i+1:]) || kept(host[i+1:])) {
		host = host[:i]
	}
	if host == "" {
		return user + s
	}
	return user + a.host(host) + s[len(host):]
}
