package cognitotest_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// post sends a request as the SDK does and returns status and body.
func post(t *testing.T, server *cognitotest.Server, operation, body, authorization string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Amz-Target", "AWSCognitoIdentityProviderService."+operation)
	r.Header.Set("Content-Type", "application/x-amz-json-1.1")
	r.Header.Set("Authorization", authorization)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

func TestServer(t *testing.T) {
	server := cognitotest.New(
		cognitotest.Pool{UserPool: `{"Id": "A", "Name": "a",  "Future": 1.0}`, Clients: []string{`{"ClientId": "web"}`}},
		cognitotest.Pool{UserPool: `{"Id": "B"}`, MfaConfig: `{"MfaConfiguration": "ON"}`},
	)
	defer server.Close()
	const signed = "AWS4-HMAC-SHA256 Credential=x"
	for _, tt := range []struct {
		name, operation, body, authorization string
		status                               int
		want                                 string // a part of the body
	}{
		{"document byte for byte", "DescribeUserPool", `{"UserPoolId": "A"}`, signed, 200, `{"UserPool": {"Id": "A", "Name": "a",  "Future": 1.0}}`},
		{"MFA by default", "GetUserPoolMfaConfig", `{"UserPoolId": "A"}`, signed, 200, `{"MfaConfiguration": "OFF"}`},
		{"MFA", "GetUserPoolMfaConfig", `{"UserPoolId": "B"}`, signed, 200, `{"MfaConfiguration": "ON"}`},
		{"first page", "ListUserPools", `{"MaxResults": 1}`, signed, 200, `{"NextToken":"from-1","UserPools":[{"Id":"A","Name":"a"}]}`},
		{"last page", "ListUserPools", `{"MaxResults": 1, "NextToken": "from-1"}`, signed, 200, `{"UserPools":[{"Id":"B"}]}`},
		{"clients", "ListUserPoolClients", `{"UserPoolId": "A"}`, signed, 200, `{"UserPoolClients":[{"ClientId":"web","UserPoolId":"A"}]}`},
		{"no clients", "ListUserPoolClients", `{"UserPoolId": "B"}`, signed, 200, `{"UserPoolClients":[]}`},
		{"unknown pool", "ListUserPoolClients", `{"UserPoolId": "C"}`, signed, 400, "ResourceNotFoundException"},
		{"unknown client", "DescribeUserPoolClient", `{"UserPoolId": "A", "ClientId": "x"}`, signed, 400, "ResourceNotFoundException"},
		{"no page size", "ListUserPools", `{}`, signed, 400, "InvalidParameterException"},
		{"page too small", "ListUserPools", `{"MaxResults": 0}`, signed, 400, "InvalidParameterException"},
		{"page too large", "ListUserPools", `{"MaxResults": 61}`, signed, 400, "InvalidParameterException"},
		{"foreign token", "ListUserPools", `{"MaxResults": 60, "NextToken": "x"}`, signed, 400, "InvalidParameterException"},
		{"unknown member", "DescribeUserPool", `{"UserPoolID": "A", "Extra": 1}`, signed, 400, "SerializationException"},
		{"not signed", "ListUserPools", `{"MaxResults": 60}`, "", 400, "MissingAuthenticationTokenException"},
		{"unknown operation", "DescribeTheWeather", `{}`, signed, 500, "<!doctype html>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, body := post(t, server, tt.operation, tt.body, tt.authorization)
			if status != tt.status || !strings.Contains(body, tt.want) {
				t.Errorf("got %d %s, want %d %s", status, body, tt.status, tt.want)
			}
		})
	}
}

func TestFaultSelectsCalls(t *testing.T) {
	server := cognitotest.New(cognitotest.Pool{UserPool: `{"Id": "A"}`}, cognitotest.Pool{UserPool: `{"Id": "B"}`})
	defer server.Close()
	server.Fail(cognitotest.Fault{Kind: cognitotest.Throttle, Operation: "DescribeUserPool", PoolID: "B", Call: 2})
	var got []int
	for _, id := range []string{"A", "B", "A", "B", "B"} {
		status, _ := post(t, server, "DescribeUserPool", `{"UserPoolId": "`+id+`"}`, "AWS4-HMAC-SHA256 x")
		got = append(got, status)
	}
	if diff := cmp.Diff([]int{200, 200, 200, 400, 200}, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
