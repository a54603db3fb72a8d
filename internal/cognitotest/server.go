// Package cognitotest is a strict in-process stand-in of AWS for tests of what
// reads and changes user pools: operations of the Amazon Cognito user pools API,
// and the few of AWS WAF, STS, Organizations and EC2 that lead to pools or tell
// about them. It serves JSON documents byte for byte, so that a test can serve
// what AWS has not invented yet, until a write changes them.
//
// Start with [New], which knows the pools of one place, or with
// [NewOrganization], which knows accounts and Regions; [Env] points the SDK to
// the server, [Server.Fail] injects faults, [Server.EnforceQuotas] throttles,
// and [Server.Requests] tells what was asked.
//
// Writes lose what they omit, in the ways that [Server.SetOmission] knows.
// [Server.State] tells what they left, [Server.Change] is another writer,
// [Server.Before] and [Server.After] run code around a request, and
// [Server.Shuffle] brings lists into disorder.
package cognitotest

import (
	"context"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sync"
)

// Request is one request that the server received.
type Request struct {
	Operation string
	// PoolID is empty for operations that are about no pool, and for domains and
	// ARNs that lead to none.
	PoolID string
	// Account and Region are those of the credentials that sent the request, the
	// caller's own for AssumeRole too. Servers made by New leave them empty, and
	// Account is empty if the access key is unknown.
	Account, Region string
	// Body is the body of a write as it was sent; reads leave it empty.
	Body string
}

// Server is a running stand-in. It is safe for concurrent use.
type Server struct {
	// URL is the endpoint, without a slash at its end.
	URL string

	http     *httptest.Server
	cancel   func()
	accounts []*account // the caller's own first
	byID     map[string]*account
	// everywhere is what a server made by New answers from for any Region; it is
	// nil for an organization.
	everywhere *place

	mu       sync.Mutex
	requests []Request
	faults   []*Fault
	limits   *limits // nil without quotas
	sessions map[string]*session
	regions  []string // of DescribeRegions, without an organization
	largest  int      // elements of a page, 0 for what AWS allows
	mode     Omission // empty is ResetAll
	hooks    []*hook
	shuffled *rand.Rand // nil to keep lists in their order
}

// New starts a server that knows the pools, in the order of ListUserPools. Its
// one account 123456789012 accepts any access key and has the same pools in
// every Region, no organization and no role.
func New(pools ...Pool) *Server {
	s := &Server{everywhere: newPlace(pools), regions: []string{"eu-west-1"}}
	s.start(Account{ID: "123456789012"})
	return s
}

func (s *Server) start(accounts ...Account) {
	s.sessions, s.byID = map[string]*session{}, map[string]*account{}
	for _, a := range accounts {
		known := newAccount(a)
		s.accounts = append(s.accounts, known)
		s.byID[a.ID] = known
	}
	s.http = httptest.NewUnstartedServer(s)
	// A request that hangs ends with its client or with the server.
	ctx, cancel := context.WithCancel(context.Background())
	s.http.Config.BaseContext = func(net.Listener) context.Context { return ctx }
	s.cancel = cancel
	s.http.Start()
	s.URL = s.http.URL
}

// Close stops the server; requests that hang are ended.
func (s *Server) Close() {
	s.cancel()
	s.http.Close()
}

// Requests returns the requests so far, refused ones included.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// LimitPages makes lists answer with at most n elements a page, as AWS may even
// when more are asked for; 0 removes the limit.
func (s *Server) LimitPages(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.largest = n
}

// SetRegions says which Regions DescribeRegions answers; it is for servers made
// by New, which answer eu-west-1 otherwise.
func (s *Server) SetRegions(regions ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.regions = regions
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c, err := s.parse(r)
	if err != nil {
		c.service.refuse(w, err)
		return
	}
	refused := s.identify(&c, r)
	c.pool = c.place.find(c.in)
	before, after := s.record(&c)
	run(before)
	kind := c.fault.Kind
	if kind.replaces() {
		run(after)
		kind.serve(w, r, &c)
		return
	}
	kind.serve(w, r, &c)
	body, err := "", refused
	if err == nil {
		body, err = s.answer(&c)
	}
	run(after)
	switch {
	case err == errUnknownOperation:
		ServerError.serve(w, r, &c)
	case err != nil:
		c.service.refuse(w, err)
	case kind == FailAfter:
		InternalError.serve(w, r, &c)
	case kind == DropAfter:
		hangUp(w)
	default:
		c.service.send(w, s.shuffle(&c, body), kind == CutBody)
	}
}

func (s *Server) answer(c *call) (string, *apiError) {
	switch c.service {
	case waf:
		return s.answerWAF(c)
	case organizations:
		return s.answerOrganizations(c)
	case sts:
		return s.answerSTS(c)
	case ec2:
		return s.answerEC2(c)
	}
	return answerCognito(c)
}

// Env returns the environment variables that make the SDK use an endpoint, and
// nothing of the machine that the test runs on.
func Env(endpoint string) map[string]string {
	return map[string]string{
		"AWS_ENDPOINT_URL":            endpoint,
		"AWS_REGION":                  "eu-west-1",
		"AWS_DEFAULT_REGION":          "",
		"AWS_PROFILE":                 "",
		"AWS_ACCESS_KEY_ID":           ownKey,
		"AWS_SECRET_ACCESS_KEY":       "SECRETEXAMPLE",
		"AWS_SESSION_TOKEN":           "",
		"AWS_CONFIG_FILE":             os.DevNull,
		"AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
		"AWS_EC2_METADATA_DISABLED":   "true",
	}
}
