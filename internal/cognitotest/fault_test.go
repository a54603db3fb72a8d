package cognitotest_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

func TestFaultSelects(t *testing.T) {
	type fault = cognitotest.Fault
	for _, tt := range []struct {
		name  string
		fault fault
		want  string // x for each of the requests that meets the fault
	}{
		{"all", fault{}, "xxxxxx"},
		{"operation", fault{Operation: "DescribeUserPool"}, "..xxx."},
		{"pool", fault{PoolID: "a-cape"}, "....x."},
		{"account", fault{Account: audited}, "...xx."},
		{"Region", fault{Region: "eu-west-1"}, "xxxx.x"},
		{"account and Region", fault{Account: audited, Region: "eu-west-1"}, "...x.."},
		{"operation and account", fault{Operation: "DescribeUserPool", Account: management}, "..x..."},
		{"one call", fault{Operation: "DescribeUserPool", Call: 2}, "...x.."},
		{"from a call on", fault{Operation: "DescribeUserPool", From: 2}, "...xx."},
		{"from a call of any operation on", fault{From: 4}, "...xxx"},
		{"account that is not there", fault{Account: "999999999999"}, "......"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := organization(t)
			session := own.assume(t, server, roleForm)
			tt.fault.Kind = cognitotest.InternalError
			server.Fail(tt.fault)
			var got strings.Builder
			for _, r := range []struct {
				from            sender
				operation, body string
			}{
				{own, "GetCallerIdentity", ""},
				{own, "ListUserPools", `{"MaxResults": 60}`},
				{own, "DescribeUserPool", `{"UserPoolId": "m-ireland"}`},
				{session, "DescribeUserPool", `{"UserPoolId": "a-ireland"}`},
				{session.in("af-south-1"), "DescribeUserPool", `{"UserPoolId": "a-cape"}`},
				{own, "ListAccounts", `{}`},
			} {
				if status, _ := r.from.send(t, server, r.operation, r.body); status == http.StatusOK {
					got.WriteByte('.')
				} else {
					got.WriteByte('x')
				}
			}
			if got.String() != tt.want {
				t.Errorf("got %s, want %s", got.String(), tt.want)
			}
		})
	}
}

// TestFaultKinds looks at each kind in each format of errors.
func TestFaultKinds(t *testing.T) {
	requests := [][2]string{
		{"DescribeUserPool", `{"UserPoolId": "m-ireland"}`},
		{"ListWebACLs", `{"Scope": "REGIONAL"}`},
		{"ListAccounts", "{}"},
		{"GetCallerIdentity", ""},
		{"DescribeRegions", ""},
	}
	for kind, want := range map[cognitotest.FaultKind][]string{ // parts of the bodies
		cognitotest.Throttle: {
			`"TooManyRequestsException","message":"Rate exceeded"`, `"ThrottlingException"`, `"TooManyRequestsException"`,
			"<Code>Throttling</Code>", "<Code>RequestLimitExceeded</Code>",
		},
		cognitotest.Deny: {
			`"AccessDeniedException","message":"User: arn:aws:iam::111111111111:user/test is not authorized`, `"AccessDeniedException"`, `"AccessDeniedException"`,
			"<Code>AccessDenied</Code>", "<Code>UnauthorizedOperation</Code>",
		},
		cognitotest.NotFound: {
			`"ResourceNotFoundException"`, `"ResourceNotFoundException"`, `"ResourceNotFoundException"`,
			"<Code>ResourceNotFoundException</Code>", "<Code>ResourceNotFoundException</Code>",
		},
		cognitotest.ExpiredToken: {
			`"ExpiredTokenException","message":"The security token included in the request is expired"`, `"ExpiredTokenException"`, `"ExpiredTokenException"`,
			"<Code>ExpiredToken</Code>", "<Code>RequestExpired</Code>",
		},
		cognitotest.InternalError: {
			`"InternalErrorException"`, `"WAFInternalErrorException"`, `"ServiceException"`,
			"<Type>Receiver</Type><Code>InternalFailure</Code>", "<Code>InternalError</Code>",
		},
		cognitotest.ServerError: {"<!doctype", "<!doctype", "<!doctype", "<!doctype", "<!doctype"},
		cognitotest.NotJSON:     {"<!doctype", "<!doctype", "<!doctype", "<!doctype", "<!doctype"},
		cognitotest.Slow:        {`"UserPool"`, `"WebACLs"`, `"Accounts"`, "<Account>", "<regionName>"},
	} {
		t.Run(string(kind), func(t *testing.T) {
			server := organization(t)
			server.Fail(cognitotest.Fault{Kind: kind})
			for i, r := range requests {
				status, body := own.send(t, server, r[0], r[1])
				if !strings.Contains(body, want[i]) {
					t.Errorf("%s: got %d %s, want %s", r[0], status, body, want[i])
				}
				if internal := kind == cognitotest.InternalError || kind == cognitotest.ServerError; internal != (status == 500) {
					t.Errorf("%s: status %d", r[0], status)
				}
			}
		})
	}
}

func TestFaultCutsXML(t *testing.T) {
	server := organization(t)
	server.Fail(cognitotest.Fault{Kind: cognitotest.CutBody})
	response, err := http.DefaultClient.Do(own.request(t, server, "GetCallerIdentity", ""))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); err != io.ErrUnexpectedEOF {
		t.Errorf("got %s %v, want half of a body", body, err)
	}
}

func TestFaultsTakeTime(t *testing.T) {
	for _, tt := range []struct {
		kind cognitotest.FaultKind
		want time.Duration
	}{
		{cognitotest.Slow, 50 * time.Millisecond},
		{cognitotest.Hang, time.Minute},
	} {
		t.Run(string(tt.kind), func(t *testing.T) {
			server := organization(t)
			server.Fail(cognitotest.Fault{Kind: tt.kind, Operation: "AssumeRole"})
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				started := time.Now()
				server.ServeHTTP(httptest.NewRecorder(), own.request(t, server, "AssumeRole", roleForm).WithContext(ctx))
				if took := time.Since(started); took != tt.want {
					t.Errorf("took %v, want %v", took, tt.want)
				}
			})
		})
	}
}

func TestQuotasOfPlaces(t *testing.T) {
	server := organization(t)
	session := own.assume(t, server, roleForm)
	places := []sender{own, own.in("us-east-1"), session, session.in("af-south-1")}
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct {
			operation, body string
			want            int // of 20 requests for each place, at once and a second later
		}{
			{"ListUserPools", `{"MaxResults": 60}`, 15},
			{"ListWebACLs", `{"Scope": "REGIONAL"}`, 5},
			{"GetWebACL", `{"ARN": "arn:x"}`, 5},
			{"ListResourcesForWebACL", `{"WebACLArn": "arn:x", "ResourceType": "COGNITO_USER_POOL"}`, 1},
			{"GetWebACLForResource", `{"ResourceArn": "arn:x"}`, 1},
			{"GetCallerIdentity", "", 20},
		} {
			server.EnforceQuotas()
			for range 2 {
				got := make([]int, len(places))
				for i, place := range places {
					for range 20 {
						w := httptest.NewRecorder()
						server.ServeHTTP(w, place.request(t, server, tt.operation, tt.body))
						if !strings.Contains(w.Body.String(), "Rate exceeded") {
							got[i]++
						}
					}
				}
				if diff := cmp.Diff([]int{tt.want, tt.want, tt.want, tt.want}, got); diff != "" {
					t.Errorf("%s: -want +got\n%s", tt.operation, diff)
				}
				time.Sleep(time.Second)
			}
		}
	})
}

// BenchmarkServer asks for what a scan of 5,000 pools asks of each pool.
func BenchmarkServer(b *testing.B) {
	pools := make([]cognitotest.Pool, 5000)
	for i := range pools {
		pools[i] = protected("p", aclDocument("shared"))
		pools[i].Clients = []string{`{"ClientId": "web"}`}
	}
	server := cognitotest.New(pools...)
	defer server.Close()
	for b.Loop() {
		for _, body := range []string{`{"MaxResults": 60, "NextToken": "from-4000"}`, `{"UserPoolId": "p"}`} {
			r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
			operation := "DescribeUserPool"
			if strings.Contains(body, "MaxResults") {
				operation = "ListUserPools"
			}
			r.Header.Set("X-Amz-Target", "AWSCognitoIdentityProviderService."+operation)
			r.Header.Set("Content-Type", "application/x-amz-json-1.1")
			r.Header.Set("Authorization", "AWS4-HMAC-SHA256 x")
			server.ServeHTTP(httptest.NewRecorder(), r)
		}
	}
}
