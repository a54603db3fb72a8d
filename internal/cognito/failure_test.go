package cognito

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	cip "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/wafv2"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// transport is an HTTP transport made of a function.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// direct calls a handler without a network, which a bubble of synctest needs.
func direct(handler http.Handler) transport {
	return func(r *http.Request) (*http.Response, error) {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if err := r.Context().Err(); err != nil {
			return nil, err
		}
		return w.Result(), nil
	}
}

// over returns the client with another transport below.
func (c *Client) over(t transport) *Client {
	api := cip.New(c.api.Options(), func(o *cip.Options) {
		o.HTTPClient = &http.Client{Transport: t, Timeout: c.timeout}
	})
	waf := wafv2.New(c.waf.Options(), func(o *wafv2.Options) {
		o.HTTPClient = &http.Client{Transport: t, Timeout: c.timeout}
	})
	return &Client{api: api, waf: waf, pacer: c.pacer, region: c.region, timeout: c.timeout}
}

// answering sends the same body to every request.
func answering(body string) transport {
	return func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(body))}, nil
	}
}

var ignoreCause = cmpopts.IgnoreFields(ReadError{}, "Err")

// wantError compares everything of a read error but its cause.
func wantError(t *testing.T, want *ReadError, got error) {
	t.Helper()
	read, ok := errors.AsType[*ReadError](got)
	if !ok {
		t.Fatalf("got error %v, want a ReadError", got)
	}
	if diff := cmp.Diff(want, read, ignoreCause); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestFailures(t *testing.T) {
	const operation = "GetUserPoolMfaConfig"
	first := func(kinds ...cognitotest.FaultKind) (faults []cognitotest.Fault) {
		for i, kind := range kinds {
			faults = append(faults, cognitotest.Fault{Kind: kind, Operation: operation, Call: i + 1})
		}
		return faults
	}
	always := func(kind cognitotest.FaultKind) []cognitotest.Fault {
		return []cognitotest.Fault{{Kind: kind, Operation: operation}}
	}
	for _, tt := range []struct {
		name     string
		faults   []cognitotest.Fault
		attempts int
		want     *ReadError // nil: the read succeeds
	}{
		{"throttled to the end", always(cognitotest.Throttle), 8, &ReadError{Code: "TooManyRequestsException", Message: "Rate exceeded"}},
		{"throttled seven times", first(slices.Repeat([]cognitotest.FaultKind{cognitotest.Throttle}, 7)...), 8, nil},
		{"denied", always(cognitotest.Deny), 1, &ReadError{
			Code:       "AccessDeniedException",
			Message:    "User: arn:aws:iam::123456789012:user/test is not authorized to perform this action",
			Permission: "cognito-idp:GetUserPoolMfaConfig",
		}},
		{"HTTP 500", always(cognitotest.ServerError), 3, &ReadError{Message: "HTTP 500 Internal Server Error without an error code of the API"}},
		{"HTTP 500 twice", first(cognitotest.ServerError, cognitotest.ServerError), 3, nil},
		{"throttling does not count as a failure", first(cognitotest.Throttle, cognitotest.Throttle, cognitotest.Throttle, cognitotest.ServerError), 5, nil},
		{"hangs", always(cognitotest.Hang), 2, &ReadError{Message: "no answer within 30s"}},
		{"hangs once", first(cognitotest.Hang), 2, nil},
		{"not JSON", always(cognitotest.NotJSON), 3, &ReadError{Message: "the answer is not a JSON object"}},
		{"pool unknown", nil, 1, &ReadError{Code: "ResourceNotFoundException", Message: "User pool nowhere does not exist."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server, client := openClient(t, examplePool)
			for _, fault := range tt.faults {
				server.Fail(fault)
			}
			pool := "eu-west-1_A"
			if tt.faults == nil {
				pool = "nowhere"
			}
			// The bubble makes the delays and the time limit pass at once.
			synctest.Test(t, func(t *testing.T) {
				_, err := client.over(direct(server)).MfaConfig(t.Context(), pool)
				if tt.want == nil {
					if err != nil {
						t.Error(err)
					}
					return
				}
				tt.want.Operation = operation
				wantError(t, tt.want, err)
			})
			if got := len(server.Requests()); got != tt.attempts {
				t.Errorf("%d attempts, want %d", got, tt.attempts)
			}
		})
	}
}

func TestBodyCutInTheMiddle(t *testing.T) {
	server, client := openClient(t, examplePool)
	server.Fail(cognitotest.Fault{Kind: cognitotest.CutBody, Operation: "DescribeUserPoolClient"})
	_, err := client.DescribeClient(t.Context(), "eu-west-1_A", "web")
	wantError(t, &ReadError{Operation: "DescribeUserPoolClient", Message: "the answer broke off"}, err)
	if got := len(server.Requests()); got != 3 {
		t.Errorf("%d attempts, want 3", got)
	}
}

func TestConnectionRefused(t *testing.T) {
	_, client := openClient(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()

	var attempts atomic.Int32
	refused := client.over(func(r *http.Request) (*http.Response, error) {
		attempts.Add(1)
		r.URL.Host = address
		return http.DefaultTransport.RoundTrip(r)
	})
	_, err = refused.ListPools(t.Context())
	wantError(t, &ReadError{Operation: "ListUserPools", Message: "dial tcp " + address + ": connect: connection refused"}, err)
	if attempts.Load() != 3 {
		t.Errorf("%d attempts, want 3", attempts.Load())
	}
}

func TestCancelled(t *testing.T) {
	server, client := openClient(t, examplePool)
	server.Fail(cognitotest.Fault{Kind: cognitotest.Hang, Operation: "DescribeUserPool"})
	ctx, cancel := context.WithCancel(t.Context())
	hanging := client.over(func(r *http.Request) (*http.Response, error) {
		cancel()
		return direct(server)(r)
	})
	if _, err := hanging.DescribePool(ctx, "eu-west-1_A"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	if got := len(server.Requests()); got != 1 {
		t.Errorf("%d attempts, want 1", got)
	}
}

func TestUnexpectedAnswers(t *testing.T) {
	_, client := openClient(t)
	pools := func(ctx context.Context, c *Client) error { _, err := c.ListPools(ctx); return err }
	describe := func(ctx context.Context, c *Client) error { _, err := c.DescribePool(ctx, "A"); return err }
	groups := func(ctx context.Context, c *Client) error { _, err := c.Groups(ctx, "A"); return err }
	provider := func(ctx context.Context, c *Client) error {
		_, err := c.DescribeIdentityProvider(ctx, "A", "okta")
		return err
	}
	poolRisk := func(ctx context.Context, c *Client) error { _, err := c.PoolRisk(ctx, "A"); return err }
	clientRisk := func(ctx context.Context, c *Client) error { _, err := c.ClientRisk(ctx, "A", "web"); return err }
	domain := func(ctx context.Context, c *Client) error { _, err := c.DescribeDomain(ctx, "shop"); return err }
	acl := func(ctx context.Context, c *Client) error { _, err := c.WebACLOfPool(ctx, "arn"); return err }
	describeClient := func(ctx context.Context, c *Client) error { _, err := c.DescribeClient(ctx, "A", "web"); return err }
	for _, tt := range []struct {
		name, body string
		read       func(context.Context, *Client) error
		want       string
	}{
		{"empty", ``, describe, "DescribeUserPool: the answer is not a JSON object"},
		{"null", `null`, describe, "DescribeUserPool: the answer is not a JSON object"},
		{"array", `[]`, describe, "DescribeUserPool: the answer is not a JSON object"},
		{"half", `{"UserPool": {"Id": "hunter2`, describe, "DescribeUserPool: the answer is not a JSON object"},
		{"two documents", `{} {}`, describe, "DescribeUserPool: the answer goes on after its JSON object"},
		{"no UserPool", `{}`, describe, "DescribeUserPool: unexpected answer: it is null, want an object"},
		{"wrong shape", `{"UserPool": {"Id": "A", "Policies": "hunter2"}}`, describe, "DescribeUserPool: unexpected answer: /Policies is a string, want an object"},
		{"another pool", `{"UserPool": {"Id": "hunter2"}}`, describe, "DescribeUserPool: unexpected answer: Id is not the one that was asked for"},
		{"wrong shape beside a secret", `{"UserPoolClient": {"ClientId": "web", "ClientSecret": "hunter2", "CallbackURLs": "hunter2"}}`, describeClient, "DescribeUserPoolClient: unexpected answer: /CallbackURLs is a string, want an array"},
		{"group of a wrong shape", `{"Groups": [{"GroupName": "a", "Precedence": "hunter2"}]}`, groups, "ListGroups: unexpected answer: /Precedence is a string, want a whole number of 32 bits"},
		{"group without a name", `{"Groups": [{"Description": "hunter2"}]}`, groups, "ListGroups: unexpected answer: an element of Groups has no GroupName"},
		{"another identity provider", `{"IdentityProvider": {"ProviderName": "hunter2"}}`, provider, "DescribeIdentityProvider: unexpected answer: ProviderName is not the one that was asked for"},
		{"details beside a secret", `{"IdentityProvider": {"ProviderName": "okta", "ProviderDetails": {"client_secret": "hunter2", "client_id": {"x": "hunter2"}}}}`, provider, "DescribeIdentityProvider: unexpected answer: /ProviderDetails/client_id is an object, want a string"},
		{"no risk configuration", `{}`, poolRisk, "DescribeRiskConfiguration: unexpected answer: it is null, want an object"},
		{"risk of a client for the pool's", `{"RiskConfiguration": {"ClientId": "hunter2"}}`, poolRisk, "DescribeRiskConfiguration: unexpected answer: ClientId is set, though no client was asked for"},
		{"risk of another client", `{"RiskConfiguration": {"ClientId": "hunter2"}}`, clientRisk, "DescribeRiskConfiguration: unexpected answer: ClientId is not the one that was asked for"},
		{"domain of nobody", `{"DomainDescription": {}}`, domain, "DescribeUserPoolDomain: unexpected answer: Domain is not the one that was asked for"},
		{"web ACL of a wrong shape", `{"WebACL": {"Rules": "hunter2"}}`, acl, "GetWebACLForResource: unexpected answer: /Rules is a string, want an array"},
		{"no list", `{}`, pools, "ListUserPools: unexpected answer: UserPools is not an array"},
		{"element without Id", `{"UserPools": [{"Name": "x"}]}`, pools, "ListUserPools: unexpected answer: an element of UserPools has no Id"},
		{"element is no object", `{"UserPools": [1]}`, pools, "ListUserPools: unexpected answer: an element of UserPools has no Id"},
		{"token is no string", `{"UserPools": [], "NextToken": 1}`, pools, "ListUserPools: unexpected answer: NextToken is not a string"},
		{"pages without end", `{"UserPools": [], "NextToken": "x"}`, pools, "ListUserPools: unexpected answer: NextToken leads in a circle or has no end"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				err := tt.read(t.Context(), client.over(answering(tt.body)))
				if err == nil || err.Error() != tt.want {
					t.Errorf("got %v, want %s", err, tt.want)
				}
				for e := err; e != nil; e = errors.Unwrap(e) {
					if strings.Contains(e.Error(), "hunter2") {
						t.Errorf("the error quotes a value: %v", e)
					}
				}
			})
		})
	}
}

func TestErrorOfTheAPIWithoutCode(t *testing.T) {
	_, client := openClient(t)
	forbidden := client.over(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusForbidden, Body: io.NopCloser(strings.NewReader("<html>hunter2"))}, nil
	})
	_, err := forbidden.ListPools(t.Context())
	wantError(t, &ReadError{Operation: "ListUserPools", Message: "HTTP 403 Forbidden without an error code of the API"}, err)
}

func TestWebACLDenied(t *testing.T) {
	server, client := openClient(t, examplePool)
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "GetWebACLForResource", PoolID: "eu-west-1_A"})
	_, err := client.WebACLOfPool(t.Context(), "arn:A")
	wantError(t, &ReadError{
		Operation:  "GetWebACLForResource",
		Code:       "AccessDeniedException",
		Message:    "User: arn:aws:iam::123456789012:user/test is not authorized to perform this action",
		Permission: "wafv2:GetWebACLForResource",
	}, err)
}
