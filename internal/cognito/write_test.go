package cognito

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// openPool starts a server of the pool eu-west-1_A and opens a client for it.
func openPool(t *testing.T, handler http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	for name, value := range cognitotest.Env(server.URL) {
		t.Setenv(name, value)
	}
	return openSession(t).Client("eu-west-1")
}

// answer is a handler that always says the same.
func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Amzn-Requestid", "r-1")
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

var aboutPool = map[string]any{"UserPoolId": "eu-west-1_A"}

func TestWriteSendsTheRequest(t *testing.T) {
	const text = `{"ClientId":"<web> & \"co\"","DeviceConfiguration":{"A":false,"B":0},"Empty":{"List":[],"Object":{}},` +
		`"Exact":[1.50,1e3,12345678901234567890,null,false,""],"Future":{"Deep":[{"x":[]}]},"UserPoolId":"eu-west-1_A"}`
	for operation := range builders {
		requests := 0
		client := openPool(t, func(w http.ResponseWriter, r *http.Request) {
			requests++
			body, err := io.ReadAll(r.Body)
			if diff := cmp.Diff(text, string(body)); err != nil || diff != "" {
				t.Errorf("%s: error %v, body -want +got\n%s", operation, err, diff)
			}
			if got := r.Header.Get("X-Amz-Target"); got != "AWSCognitoIdentityProviderService."+operation {
				t.Errorf("%s: X-Amz-Target %s", operation, got)
			}
			if r.ContentLength != int64(len(text)) || r.Header.Get("Content-Length") != strconv.Itoa(len(text)) {
				t.Errorf("%s: content length %d, want %d", operation, r.ContentLength, len(text))
			}
			if got, want := r.Header.Get("Authorization"), authorization(t, r, body); got != want {
				t.Errorf("%s: Authorization %q, want %q", operation, got, want)
			}
			answer(200, `{}`)(w, r)
		})
		id, err := client.Write(t.Context(), operation, "eu-west-1_A", tree(t, text))
		if err != nil || id != "r-1" || requests != 1 {
			t.Errorf("%s: request id %q, error %v, %d requests", operation, id, err, requests)
		}
		if q := operations[operation].quota; q.rate == 0 || client.pacer.buckets[q].calls != 1 {
			t.Errorf("%s is not paced", operation)
		}
	}
}

// authorization signs a request again, with the credentials of the tests.
func authorization(t *testing.T, r *http.Request, body []byte) string {
	t.Helper()
	signed := regexp.MustCompile(`SignedHeaders=([a-z0-9;-]+)`).FindStringSubmatch(r.Header.Get("Authorization"))
	at, err := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
	if signed == nil || err != nil {
		t.Errorf("the request is not signed: %v", r.Header)
		return ""
	}
	again := httptest.NewRequest(r.Method, "http://"+r.Host+r.URL.Path, bytes.NewReader(body))
	for _, name := range strings.Split(signed[1], ";") {
		if value := r.Header.Get(name); value != "" {
			again.Header.Set(name, value)
		}
	}
	credentials := aws.Credentials{AccessKeyID: os.Getenv("AWS_ACCESS_KEY_ID"), SecretAccessKey: os.Getenv("AWS_SECRET_ACCESS_KEY"), SessionToken: os.Getenv("AWS_SESSION_TOKEN")}
	sum := sha256.Sum256(body)
	if err := v4.NewSigner().SignHTTP(t.Context(), credentials, again, hex.EncodeToString(sum[:]), "cognito-idp", "eu-west-1", at); err != nil {
		t.Error(err)
	}
	return again.Header.Get("Authorization")
}

func TestWriteOutcomes(t *testing.T) {
	api := func(status int, code, message string) http.HandlerFunc {
		return answer(status, `{"__type": "`+code+`", "message": "`+message+`"}`)
	}
	const update = "UpdateUserPool"
	for _, tt := range []struct {
		name    string
		handler http.HandlerFunc
		want    *WriteError // nil: the write succeeds
	}{
		{"done", answer(200, `{}`), nil},
		{"done by a server that says nothing", answer(200, ``), nil},
		{"refused", api(400, "InvalidParameterException", "The message is invalid."), &WriteError{Outcome: Refused, Code: "InvalidParameterException", Message: "The message is invalid."}},
		{
			"role of SMS", api(400, "InvalidSmsRoleTrustRelationshipException", "Role does not have a trust relationship allowing Cognito to assume the role"),
			&WriteError{Outcome: Refused, Code: "InvalidSmsRoleTrustRelationshipException", Message: "Role does not have a trust relationship allowing Cognito to assume the role; " + nextSteps[0].step},
		},
		{
			"next step by the message", api(400, "InvalidParameterException", "SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration."),
			&WriteError{Outcome: Refused, Code: "InvalidParameterException", Message: "SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration; give the pool an SmsConfiguration first"},
		},
		{"denied", api(400, "AccessDeniedException", "User: x is not authorized to perform this action"), &WriteError{Outcome: Refused, Code: "AccessDeniedException", Message: "User: x is not authorized to perform this action", Permission: "cognito-idp:UpdateUserPool"}},
		{
			"denied on behalf of the caller", api(400, "AccessDeniedException", "User: x is not authorized to perform: iam:PassRole on resource: y"),
			&WriteError{Outcome: Refused, Code: "AccessDeniedException", Message: "User: x is not authorized to perform: iam:PassRole on resource: y", Permission: "iam:PassRole"},
		},
		{"too many things in the pool", api(400, "LimitExceededException", "m"), &WriteError{Outcome: Refused, Code: "LimitExceededException", Message: "m"}},
		{"throttled", api(400, "TooManyRequestsException", "Rate exceeded"), &WriteError{Outcome: Throttled, Code: "TooManyRequestsException", Message: "Rate exceeded"}},
		{"throttled in front of the API", api(503, "ThrottlingException", "m"), &WriteError{Outcome: Throttled, Code: "ThrottlingException", Message: "m"}},
		{"throttled without a code", answer(429, ``), &WriteError{Outcome: Throttled, Message: "HTTP 429 Too Many Requests without an error code of the API"}},
		{"somebody else", api(400, "ConcurrentModificationException", "m"), &WriteError{Outcome: Concurrent, Code: "ConcurrentModificationException", Message: "m"}},
		{"internal error", api(500, "InternalErrorException", "m"), &WriteError{Outcome: Unclear, Code: "InternalErrorException", Message: "m"}},
		{"internal error of another status", api(400, "InternalErrorException", "m"), &WriteError{Outcome: Unclear, Code: "InternalErrorException", Message: "m"}},
		{"HTTP 500", answer(500, `<html>hunter2`), &WriteError{Outcome: Unclear, Message: "HTTP 500 Internal Server Error without an error code of the API"}},
		{"HTTP 403 of something in between", answer(403, `<html>hunter2`), &WriteError{Outcome: Unclear, Message: "HTTP 403 Forbidden without an error code of the API"}},
		{"redirected", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "/elsewhere")
			answer(307, ``)(w, r)
		}, &WriteError{Outcome: Unclear, Message: "HTTP 307 Temporary Redirect without an error code of the API"}},
		{"not JSON", answer(200, `<html>hunter2`), &WriteError{Outcome: Unclear, Message: "the answer is not a JSON object"}},
		{"half of an answer", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "100")
			answer(200, `{"UserPoolClient": {"ClientSecret": "hunter2`)(w, r)
		}, &WriteError{Outcome: Unclear, Message: "the answer broke off"}},
		{"dropped", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, &WriteError{Outcome: Unclear, Message: "EOF"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var requests atomic.Int32
			client := openPool(t, func(w http.ResponseWriter, r *http.Request) {
				requests.Add(1)
				tt.handler(w, r)
			})
			id, err := client.Write(t.Context(), update, "eu-west-1_A", aboutPool)
			if requests.Load() != 1 {
				t.Errorf("%d requests, want 1", requests.Load())
			}
			if tt.want == nil {
				if err != nil || id != "r-1" {
					t.Errorf("request id %q and error %v", id, err)
				}
				return
			}
			tt.want.Operation = update
			if tt.want.Message != "EOF" {
				tt.want.RequestID = "r-1"
			}
			wantWriteError(t, tt.want, err)
		})
	}
}

// wantWriteError compares everything of a write error but its cause, of which
// no text may quote what tests put where secrets could be.
func wantWriteError(t *testing.T, want *WriteError, got error) {
	t.Helper()
	e, ok := errors.AsType[*WriteError](got)
	if !ok {
		t.Fatalf("got error %v, want a WriteError", got)
	}
	bare := *e
	bare.Err = nil
	if diff := cmp.Diff(want, &bare); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for e := got; e != nil; e = errors.Unwrap(e) {
		if strings.Contains(e.Error(), "hunter2") {
			t.Errorf("the error quotes a value: %v", e)
		}
	}
}

func TestWriteTimesOut(t *testing.T) {
	hang := make(chan struct{})
	client := openPool(t, func(http.ResponseWriter, *http.Request) { <-hang })
	defer close(hang)
	short, err := Open(t.Context(), Options{Rate: unpaced, Timeout: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	_, err = short.Client("eu-west-1").Write(t.Context(), "UpdateUserPool", "eu-west-1_A", aboutPool)
	wantWriteError(t, &WriteError{Operation: "UpdateUserPool", Outcome: Unclear, Message: "no answer within 100ms"}, err)

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	time.AfterFunc(100*time.Millisecond, cancel)
	_, err = client.Write(ctx, "UpdateUserPool", "eu-west-1_A", aboutPool)
	wantWriteError(t, &WriteError{Operation: "UpdateUserPool", Outcome: Unclear, Message: "context canceled"}, err)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

// Over HTTP/2, too, an answer is missed once there is a connection.
func TestWriteOverHTTP2(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 {
			t.Errorf("the request came over %s", r.Proto)
		}
		panic(http.ErrAbortHandler)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	bundle := filepath.Join(t.TempDir(), "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(bundle, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, value := range cognitotest.Env(server.URL) {
		t.Setenv(name, value)
	}
	t.Setenv("AWS_CA_BUNDLE", bundle)
	_, err := openSession(t).Client("eu-west-1").Write(t.Context(), "UpdateUserPool", "eu-west-1_A", aboutPool)
	if e, ok := errors.AsType[*WriteError](err); !ok || e.Outcome != Unclear {
		t.Errorf("got %v, want an unclear outcome", err)
	}
}

// A request that never left has changed nothing.
func TestWriteNeverSent(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	untrusted := httptest.NewUnstartedServer(answer(200, `{}`))
	untrusted.Config.ErrorLog = log.New(io.Discard, "", 0)
	untrusted.StartTLS()
	defer untrusted.Close()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tt := range []struct {
		name, operation, url string
		ctx                  context.Context
		request              map[string]any
		want                 string
	}{
		{"nobody listens", "UpdateUserPool", "http://" + address, t.Context(), aboutPool, "dial tcp " + address + ": connect: connection refused"},
		{"nobody to trust", "UpdateUserPool", untrusted.URL, t.Context(), aboutPool, "tls: failed to verify certificate: x509: certificate signed by unknown authority"},
		{"context ended", "UpdateUserPool", "", ended, aboutPool, "context canceled"},
		{"another pool", "UpdateUserPool", "", t.Context(), map[string]any{"UserPoolId": "eu-west-1_B"}, "the request is not about the pool"},
		{"a read", "DescribeUserPool", "", t.Context(), aboutPool, "it is not an operation that writes"},
		{"not JSON", "UpdateUserPool", "", t.Context(), map[string]any{"UserPoolId": "eu-west-1_A", "A": func() {}}, "the request cannot be written as JSON"},
		{"not decoded", "UpdateUserPool", "", t.Context(), map[string]any{"UserPoolId": "eu-west-1_A", "A": []any{"\ufffd"}}, "/A/0 holds characters that could not be decoded, and would be changed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			client := openPool(t, func(http.ResponseWriter, *http.Request) { t.Error("the request was sent") })
			if tt.url != "" {
				t.Setenv("AWS_ENDPOINT_URL", tt.url)
				client = openSession(t).Client("eu-west-1")
			}
			_, err := client.Write(tt.ctx, tt.operation, "eu-west-1_A", tt.request)
			wantWriteError(t, &WriteError{Operation: tt.operation, Outcome: Refused, Message: tt.want}, err)
		})
	}
}

// A proxy or another network of which nothing is known proves nothing.
func TestWriteOverUnknownNetwork(t *testing.T) {
	client := openPool(t, answer(200, `{}`))
	broken := client.over(func(*http.Request) (*http.Response, error) {
		return nil, &net.OpError{Op: "dial", Err: errors.New("broken")}
	})
	_, err := broken.Write(t.Context(), "UpdateUserPool", "eu-west-1_A", aboutPool)
	wantWriteError(t, &WriteError{Operation: "UpdateUserPool", Outcome: Unclear, Message: "dial: broken"}, err)
}

func TestWriteIsPaced(t *testing.T) {
	client := openPool(t, answer(400, `{"__type": "TooManyRequestsException"}`))
	before := client.pacer.buckets[userPoolUpdate].rate
	client.Write(t.Context(), "UpdateUserPool", "eu-west-1_A", aboutPool)
	if b := client.pacer.buckets[userPoolUpdate]; b.calls != 1 || b.rate != before/2 {
		t.Errorf("%d calls at %v a second, want 1 and then %v", b.calls, b.rate, before/2)
	}
}

func TestImportRunning(t *testing.T) {
	for _, tt := range []struct {
		name  string
		pages []string
		want  bool
	}{
		{"no list", []string{`{}`}, false},
		{"none", []string{`{"UserImportJobs": []}`}, false},
		{"past ones", []string{`{"UserImportJobs": [{"JobId": "1", "Status": "Succeeded"}, {"JobId": "2", "Status": "Created"}]}`}, false},
		{"on the second page", []string{
			`{"UserImportJobs": [{"JobId": "1", "Status": "Failed"}], "PaginationToken": "2"}`,
			`{"UserImportJobs": [{"JobId": "2", "Status": "InProgress"}]}`,
		}, true},
		{"stopping", []string{`{"UserImportJobs": [{"JobId": "1", "Status": "Stopping"}]}`}, true},
		{"pending", []string{`{"UserImportJobs": [{"JobId": "1", "Status": "Pending"}]}`}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			page := 0
			client := openPool(t, func(w http.ResponseWriter, r *http.Request) {
				io.WriteString(w, tt.pages[page])
				page++
			})
			got, err := client.ImportRunning(t.Context(), "eu-west-1_A")
			if err != nil || got != tt.want || page != len(tt.pages) {
				t.Errorf("got %t and error %v after %d pages, want %t", got, err, page, tt.want)
			}
		})
	}
	client := openPool(t, answer(400, `{"__type": "AccessDeniedException", "message": "no"}`))
	_, err := client.ImportRunning(t.Context(), "eu-west-1_A")
	wantError(t, &ReadError{Operation: "ListUserImportJobs", Code: "AccessDeniedException", Message: "no", Permission: "cognito-idp:ListUserImportJobs"}, err)
}
