// Package cognitotest is a strict in-process stand-in of the Amazon Cognito
// user pools API, for tests. It serves JSON documents byte for byte, so that a
// test can serve what AWS has not invented yet.
//
// Start with [New]; [Env] points the SDK to the server, [Server.Fail] injects
// faults and [Server.Requests] tells what was asked.
package cognitotest

import (
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

// Pool holds the JSON documents of one user pool.
type Pool struct {
	// UserPool is the member UserPool of DescribeUserPool. ListUserPools takes
	// its Id and Name from here.
	UserPool string
	// MfaConfig is the whole answer to GetUserPoolMfaConfig; empty is
	// {"MfaConfiguration": "OFF"}.
	MfaConfig string
	// Clients holds the member UserPoolClient of each DescribeUserPoolClient,
	// in the order of ListUserPoolClients.
	Clients []string
}

// Request is one request that the server received.
type Request struct {
	Operation string
	// PoolID is empty for operations without one.
	PoolID string
}

// Server is a running stand-in. It is safe for concurrent use.
type Server struct {
	// URL is the endpoint, without a slash at its end.
	URL string

	http     *httptest.Server
	cancel   func()
	pools    []Pool
	mu       sync.Mutex
	requests []Request
	faults   []*Fault
}

// New starts a server that knows the pools, in the order of ListUserPools.
func New(pools ...Pool) *Server {
	s := &Server{pools: pools}
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
	UserPoolId, ClientId, NextToken string
	MaxResults                      *int
}

// ServeHTTP answers one request of the JSON 1.1 protocol.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	operation, ok := strings.CutPrefix(r.Header.Get("X-Amz-Target"), "AWSCognitoIdentityProviderService.")
	if r.Method != http.MethodPost || !ok || r.Header.Get("Content-Type") != "application/x-amz-json-1.1" {
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
	switch kind := s.record(Request{operation, in.UserPoolId}); kind {
	case "", CutBody:
		switch body, err := s.answer(operation, in); err {
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
