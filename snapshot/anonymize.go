package snapshot

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Anonymizer replaces AWS accounts, e-mail addresses, host names and the names
// of people by pseudonyms, the same by the same over all pools it is given, and
// keeps what rules decide by: which accounts and hosts are equal, which host is
// a subdomain of which, loopback and private addresses, schemes, wildcards.
// Names of pools, clients, groups, roles and buckets stay, except for what of
// the above they contain. It is safe for concurrent use.
//
// Pseudonyms are numbered in the order of the calls. They are no function of
// what they stand for, so nobody can find that by trial.
type Anonymizer struct {
	mu sync.Mutex

	accounts     pseudonyms // by account
	domains      pseudonyms // by registrable domain, or by a name without a dot
	labels       pseudonyms // by what stands before such a domain
	users        pseudonyms // by the local part of an e-mail address
	people       pseudonyms // by display name
	addresses    pseudonyms // by IP address
	tenants      pseudonyms // by the id of a directory at Microsoft
	certificates pseudonyms // by the certificate, in base64
	prefixes     pseudonyms // the prefix domains met, a subset of labels
}

// pseudonyms maps what was met to what stands for it.
type pseudonyms map[string]string

// of returns the pseudonym; format makes a new one of its number.
func (p pseudonyms) of(real, format string) string {
	if _, ok := p[real]; !ok {
		p[real] = fmt.Sprintf(format, len(p)+1)
	}
	return p[real]
}

// NewAnonymizer returns an Anonymizer that numbers the given accounts first, in
// their order.
func NewAnonymizer(accounts ...string) *Anonymizer {
	a := &Anonymizer{
		accounts: pseudonyms{}, domains: pseudonyms{}, labels: pseudonyms{}, users: pseudonyms{}, people: pseudonyms{},
		addresses: pseudonyms{}, tenants: pseudonyms{}, certificates: pseudonyms{}, prefixes: pseudonyms{},
	}
	for _, id := range accounts {
		a.account(id)
	}
	return a
}

// Account returns the pseudonym of an account: twelve digits. What names no
// account ("", "aws" for resources that AWS manages) stays.
func (a *Anonymizer) Account(id string) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.account(id)
}

func (a *Anonymizer) account(id string) string {
	if id == "" || id == "aws" {
		return id
	}
	return a.accounts.of(id, "%012d")
}

// Pool returns p under pseudonyms. It shares nothing with p, which stays as it
// is.
func (a *Anonymizer) Pool(p *Pool) *Pool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.account(p.Account)
	for {
		// What names a host or an account in one place only may stand bare in
		// another that was passed before.
		known := a.known()
		changed := a.pool(p)
		if a.known() == known {
			return changed
		}
	}
}

// known counts the names that are replaced wherever they stand. It grows with
// each turn of [Anonymizer.Pool] but the last, and by what the pool holds only.
func (a *Anonymizer) known() int { return len(a.accounts) + len(a.domains) + len(a.prefixes) }

func (a *Anonymizer) pool(p *Pool) *Pool {
	changed := *p
	changed.Account = a.account(p.Account)
	changed.Source = p.Source
	if filepath.IsAbs(p.Source) {
		// The way to the file tells who keeps it.
		changed.Source = filepath.Base(p.Source)
	}
	changed.Source = a.text(changed.Source, "Source")
	changed.Sections, _ = a.value(p.Sections, "").(map[string]any)
	changed.Unknown = slices.Clone(p.Unknown)
	for i, u := range changed.Unknown {
		var path []any
		for _, element := range SplitPointer(u.Path) {
			path = append(path, a.text(element, ""))
		}
		changed.Unknown[i] = Unknown{
			Path:      Pointer(path...),
			Reason:    a.text(u.Reason, reasonMember),
			Hint:      a.text(u.Hint, reasonMember),
			Operation: a.text(u.Operation, ""),
			Code:      a.text(u.Code, ""),
		}
	}
	slices.SortStableFunc(changed.Unknown, func(a, b Unknown) int { return strings.Compare(a.Path, b.Path) })
	return &changed
}

// value returns a copy of a JSON tree; member is the name it stands under.
func (a *Anonymizer) value(node any, member string) any {
	switch node := node.(type) {
	case string:
		return a.text(node, member)
	case []any:
		if node == nil {
			return node
		}
		list := make([]any, len(node))
		for i, element := range node {
			list[i] = a.value(element, member)
		}
		return list
	case map[string]any:
		if node == nil {
			return node
		}
		members := make(map[string]any, len(node))
		for _, name := range slices.Sorted(maps.Keys(node)) {
			changed := a.text(name, "")
			for _, taken := members[changed]; taken; _, taken = members[changed] {
				changed += "-"
			}
			members[changed] = a.value(node[name], name)
		}
		return members
	default:
		return node
	}
}
