package cognitotest

import (
	"encoding/json"
	"sync"
	"sync/atomic"
)

// Pool holds the JSON documents of one user pool. What is empty is answered as
// the API does when there is nothing.
type Pool struct {
	// UserPool is the member UserPool of DescribeUserPool. ListUserPools takes
	// its Id and Name from here, and its Arn leads to WebACL.
	UserPool string
	// MfaConfig is the whole answer to GetUserPoolMfaConfig; empty is
	// {"MfaConfiguration": "OFF"}.
	MfaConfig string
	// Clients holds the member UserPoolClient of each DescribeUserPoolClient,
	// in the order of ListUserPoolClients.
	Clients []string
	// IdentityProviders holds the member IdentityProvider of each
	// DescribeIdentityProvider, in the order of ListIdentityProviders.
	IdentityProviders []string
	// Groups and ResourceServers hold the elements of ListGroups and
	// ListResourceServers.
	Groups, ResourceServers []string
	// RiskConfigurations holds the member RiskConfiguration of each
	// DescribeRiskConfiguration. The one without a ClientId is the pool's, and
	// the answer for clients without one of their own.
	RiskConfigurations []string
	// LogDelivery is the member LogDeliveryConfiguration of
	// GetLogDeliveryConfiguration.
	LogDelivery string
	// Domains holds the member DomainDescription of each
	// DescribeUserPoolDomain.
	Domains []string
	// ImportJobs holds the elements of ListUserImportJobs.
	ImportJobs []string
	// WebACL is the member WebACL of GetWebACLForResource. If it has an ARN, the
	// other operations of AWS WAF know it too.
	WebACL string
}

// pool is a user pool and its current state.
type pool struct {
	id, arn string
	current atomic.Pointer[state]

	mu     sync.Mutex        // held by who makes a new state
	delays map[string]*delay // by resource, guarded by mu
}

// state holds what a pool was between two writes, and finds documents by their
// names.
type state struct {
	Pool
	name string

	// What follows is made when it is first asked for: most tests of many pools
	// ask for little.
	once                               sync.Once
	clients, providers, risks, domains map[string]string
}

func newState(documents Pool) *state {
	return &state{Pool: documents, name: namesIn(documents.UserPool).Name}
}

// place is one Region of one account.
type place struct {
	pools []*pool
	index map[string]*pool // by "id " + id, "arn " + ARN and "domain " + domain
	// acls is guarded by Server.mu.
	acls []*webACL
}

func newPlace(pools []Pool) *place {
	p := &place{index: map[string]*pool{}}
	for _, documents := range pools {
		n := namesIn(documents.UserPool)
		known := &pool{id: n.Id, arn: n.Arn}
		known.current.Store(&state{Pool: documents, name: n.Name})
		p.pools = append(p.pools, known)
		p.index["id "+n.Id], p.index["arn "+n.Arn] = known, known
		for _, d := range documents.Domains {
			p.index["domain "+namesIn(d).Domain] = known
		}
	}
	p.findWebACLs()
	return p
}

// find returns the pool that a request is about, nil if there is none.
func (p *place) find(in input) *pool {
	switch {
	case p == nil:
		return nil
	case in.UserPoolId != "":
		return p.index["id "+in.UserPoolId]
	case in.ResourceArn != "":
		return p.index["arn "+in.ResourceArn]
	case in.Domain != "":
		return p.index["domain "+in.Domain]
	}
	return nil
}

// indexed returns the state with its maps.
func (s *state) indexed() *state {
	s.once.Do(func() {
		s.clients = indexOf(s.Clients, func(n names) string { return n.ClientId })
		s.providers = indexOf(s.IdentityProviders, func(n names) string { return n.ProviderName })
		s.risks = indexOf(s.RiskConfigurations, func(n names) string { return n.ClientId })
		s.domains = indexOf(s.Domains, func(n names) string { return n.Domain })
	})
	return s
}

// names are the members by which documents are found, and which lists repeat.
type names struct {
	Id, Name, Arn              string `json:",omitempty"`
	ClientId, ClientName       string `json:",omitempty"`
	ProviderName, ProviderType string `json:",omitempty"`
	Domain, UserPoolId         string `json:",omitempty"`
}

// namesIn reads the names in a document; one that is not JSON has none.
func namesIn(document string) names {
	var n names
	if json.Unmarshal([]byte(document), &n) != nil {
		return names{}
	}
	return n
}

// indexOf maps names to documents, the first of each name.
func indexOf(documents []string, name func(names) string) map[string]string {
	index := make(map[string]string, len(documents))
	for _, d := range documents {
		if key := name(namesIn(d)); index[key] == "" {
			index[key] = d
		}
	}
	return index
}
