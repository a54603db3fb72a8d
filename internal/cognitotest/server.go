// Package cognitotest is a strict in-process stand-in of the Amazon Cognito
// user pools API and of the one operation of AWS WAF that tells about pools,
// for tests. It serves JSON documents byte for byte, so that a test can serve
// what AWS has not invented yet.
//
// Start with [New]; [Env] points the SDK to the server, [Server.Fail] injects
// faults, [Server.EnforceQuotas] throttles, and [Server.Requests] tells what was
// asked.
package cognitotest

import (
	"cmp"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
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
	// WebACL is the member WebACL of GetWebACLForResource.
	WebACL string
}

// Request is one request that the server received.
type Request struct {
	Operation string
	// PoolID is empty for operations that are about no pool, and for domains and
	// ARNs that lead to none.
	PoolID string
}

// Server is a running stand-in. It is safe for concurrent use.
type Server struct {
	// URL is the endpoint, without a slash at its end.
	URL string

	http     *httptest.Server
	cancel   func()
	pools    []Pool
	index    map[string]int // of pools, see indexOf
	mu       sync.Mutex
	requests []Request
	faults   []*Fault
	limits   *limits // nil without quotas
}

// New starts a server that knows the pools, in the order of ListUserPools.
func New(pools ...Pool) *Server {
	s := &Server{pools: pools, index: indexOf(pools)}
	s.http = httptest.NewUnstartedServer(s)
	// A request that hangs ends with its client or with the server.
	ctx, cancel := context.WithCancel(context.Background())
	s.http.Config.BaseContext = func(net.Listener) context.Context { return ctx }
	s.cancel = cancel
	s.http.Start()
	s.URL = s.http.URL
	return s
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

// input holds the members of all requests. Unknown members are refused.
type input struct {
	UserPoolId, ClientId, ProviderName, Domain, ResourceArn, NextToken string
	MaxResults, Limit                                                  *int
}

// services are the prefixes of X-Amz-Target.
var services = []string{"AWSCognitoIdentityProviderService.", "AWSWAF_20190729."}

// ServeHTTP answers one request of the JSON 1.1 protocol.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	target := r.Header.Get("X-Amz-Target")
	operation := target[strings.Index(target, ".")+1:]
	if r.Method != http.MethodPost || !slices.Contains(services, strings.TrimSuffix(target, operation)) || r.Header.Get("Content-Type") != "application/x-amz-json-1.1" {
		refuse(w, &apiError{"UnknownOperationException", "not a request of the JSON 1.1 protocol"})
		return
	}
	if !strings.HasPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 ") {
		refuse(w, &apiError{"MissingAuthenticationTokenException", "Missing Authentication Token"})
		return
	}
	var in input
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&in); err != nil {
		refuse(w, &apiError{"SerializationException", err.Error()})
		return
	}
	pool, found := s.find(in)
	switch kind := s.record(Request{operation, cmp.Or(in.UserPoolId, namesIn(pool.UserPool).Id)}); kind {
	case "", CutBody:
		switch body, err := s.answer(operation, pool, found, in); err {
		case nil:
			send(w, body, kind == CutBody)
		case errUnknownOperation:
			ServerError.serve(w, r, in)
		default:
			refuse(w, err)
		}
	default:
		kind.serve(w, r, in)
	}
}

// Env returns the environment variables that make the SDK use an endpoint, and
// nothing of the machine that the test runs on.
func Env(endpoint string) map[string]string {
	return map[string]string{
		"AWS_ENDPOINT_URL":            endpoint,
		"AWS_REGION":                  "eu-west-1",
		"AWS_DEFAULT_REGION":          "",
		"AWS_PROFILE":                 "",
		"AWS_ACCESS_KEY_ID":           "AKIDEXAMPLE",
		"AWS_SECRET_ACCESS_KEY":       "SECRETEXAMPLE",
		"AWS_SESSION_TOKEN":           "",
		"AWS_CONFIG_FILE":             os.DevNull,
		"AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
		"AWS_EC2_METADATA_DISABLED":   "true",
	}
}
