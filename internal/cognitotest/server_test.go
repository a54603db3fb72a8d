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
	service := "AWSCognitoIdentityProviderService."
	if strings.Contains(operation, "WebACL") {
		service = "AWSWAF_20190729."
	}
	r.Header.Set("X-Amz-Target", service+operation)
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
		cognitotest.Pool{UserPool: `{"Id": "B", "Arn": "arn:B"}`, MfaConfig: `{"MfaConfiguration": "ON"}`},
		cognitotest.Pool{
			UserPool:           `{"Id": "full", "Arn": "arn:full"}`,
			IdentityProviders:  []string{`{"ProviderName": "okta", "ProviderType": "OIDC", "Future": 1}`},
			Groups:             []string{`{"GroupName": "g1", "Future": 1}`, `{"GroupName": "g2"}`},
			ResourceServers:    []string{`{"Identifier": "r1"}`},
			RiskConfigurations: []string{`{"ClientId": "web"}`, `{"Future": 1}`},
			LogDelivery:        `{"Future": 1}`,
			Domains:            []string{`{"Domain": "shop"}`},
			WebACL:             `{"Name": "acl"}`,
		},
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
		{"last page", "ListUserPools", `{"MaxResults": 60, "NextToken": "from-2"}`, signed, 200, `{"UserPools":[{"Id":"full"}]}`},
		{"clients", "ListUserPoolClients", `{"UserPoolId": "A"}`, signed, 200, `{"UserPoolClients":[{"ClientId":"web","UserPoolId":"A"}]}`},
		{"no clients", "ListUserPoolClients", `{"UserPoolId": "B"}`, signed, 200, `{"UserPoolClients":[]}`},
		{"unknown pool", "ListUserPoolClients", `{"UserPoolId": "C"}`, signed, 400, "ResourceNotFoundException"},
		{"unknown client", "DescribeUserPoolClient", `{"UserPoolId": "A", "ClientId": "x"}`, signed, 400, "ResourceNotFoundException"},
		{"identity providers", "ListIdentityProviders", `{"UserPoolId": "full"}`, signed, 200, `{"Providers":[{"ProviderName":"okta","ProviderType":"OIDC"}]}`},
		{"identity provider", "DescribeIdentityProvider", `{"UserPoolId": "full", "ProviderName": "okta"}`, signed, 200, `{"IdentityProvider": {"ProviderName": "okta", "ProviderType": "OIDC", "Future": 1}}`},
		{"unknown identity provider", "DescribeIdentityProvider", `{"UserPoolId": "full", "ProviderName": "x"}`, signed, 400, "ResourceNotFoundException"},
		{"page of groups", "ListGroups", `{"UserPoolId": "full", "Limit": 1}`, signed, 200, `{"Groups":[{"GroupName":"g1","Future":1}],"NextToken":"from-1"}`},
		{"no groups", "ListGroups", `{"UserPoolId": "B"}`, signed, 200, `{"Groups":[]}`},
		{"resource servers", "ListResourceServers", `{"UserPoolId": "full", "MaxResults": 50}`, signed, 200, `{"ResourceServers":[{"Identifier":"r1"}]}`},
		{"page of resource servers too large", "ListResourceServers", `{"UserPoolId": "full", "MaxResults": 51}`, signed, 400, "InvalidParameterException"},
		{"risk of the pool", "DescribeRiskConfiguration", `{"UserPoolId": "full"}`, signed, 200, `{"RiskConfiguration": {"Future": 1}}`},
		{"risk of a client", "DescribeRiskConfiguration", `{"UserPoolId": "full", "ClientId": "web"}`, signed, 200, `{"RiskConfiguration": {"ClientId": "web"}}`},
		{"risk of a client without its own", "DescribeRiskConfiguration", `{"UserPoolId": "full", "ClientId": "app"}`, signed, 200, `{"RiskConfiguration": {"Future": 1}}`},
		{"no risk", "DescribeRiskConfiguration", `{"UserPoolId": "B"}`, signed, 200, `{"RiskConfiguration": {"UserPoolId": "B"}}`},
		{"log delivery", "GetLogDeliveryConfiguration", `{"UserPoolId": "full"}`, signed, 200, `{"LogDeliveryConfiguration": {"Future": 1}}`},
		{"no log delivery", "GetLogDeliveryConfiguration", `{"UserPoolId": "B"}`, signed, 200, `{"LogDeliveryConfiguration": {"UserPoolId": "B", "LogConfigurations": []}}`},
		{"domain", "DescribeUserPoolDomain", `{"Domain": "shop"}`, signed, 200, `{"DomainDescription": {"Domain": "shop"}}`},
		{"unknown domain", "DescribeUserPoolDomain", `{"Domain": "x"}`, signed, 200, `{"DomainDescription": {}}`},
		{"web ACL", "GetWebACLForResource", `{"ResourceArn": "arn:full"}`, signed, 200, `{"WebACL": {"Name": "acl"}}`},
		{"no web ACL", "GetWebACLForResource", `{"ResourceArn": "arn:B"}`, signed, 200, `{}`},
		{"web ACL of nothing", "GetWebACLForResource", `{"ResourceArn": "arn:x"}`, signed, 400, "WAFNonexistentItemException"},
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

func TestEnforceQuotas(t *testing.T) {
	server := cognitotest.New(cognitotest.Pool{UserPool: `{"Id": "A"}`}, cognitotest.Pool{UserPool: `{"Id": "B"}`})
	defer server.Close()
	const more = 60 // more than come through, even if the test is slow
	for _, tt := range []struct {
		name, operation string
		pools           []string
		least           int // requests that come through at once
	}{
		{"all pools together", "DescribeUserPool", []string{"A", "B"}, 15},
		{"one pool", "ListUserPoolClients", []string{"A"}, 5},
		{"each pool for itself", "ListGroups", []string{"A", "B"}, 10},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server.EnforceQuotas()
			through := 0
			for i := range more {
				status, body := post(t, server, tt.operation, `{"UserPoolId": "`+tt.pools[i%len(tt.pools)]+`"}`, "AWS4-HMAC-SHA256 x")
				switch {
				case status == http.StatusOK:
					through++
				case !strings.Contains(body, "TooManyRequestsException"):
					t.Errorf("got %s, want TooManyRequestsException", body)
				}
			}
			if through < tt.least || through+server.Throttled() != more {
				t.Errorf("%d of %d came through and %d were throttled, want at least %d and the others", through, more, server.Throttled(), tt.least)
			}
		})
	}
}
