package cognitotest_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// aclDocument has members that AWS has not invented, and spaces to keep.
func aclDocument(name string) string {
	return `{"ARN": "arn:` + name + `", "Id": "id-` + name + `", "Name": "` + name + `",  "Future": 1.0}`
}

func protected(id, webACL string) cognitotest.Pool {
	return cognitotest.Pool{UserPool: `{"Id": "` + id + `", "Arn": "arn:` + id + `"}`, WebACL: webACL}
}

func TestWebACLs(t *testing.T) {
	server := cognitotest.New(
		protected("A", aclDocument("shared")), protected("B", ""), protected("C", aclDocument("own")),
		protected("D", aclDocument("shared")), protected("E", `{"Name": "without ARN"}`))
	defer server.Close()
	server.AddWebACLs("", "", aclDocument("idle"))
	for _, tt := range []struct {
		name, operation, body string
		status                int
		want                  string // a part of the body
	}{
		{"first page", "ListWebACLs", `{"Scope": "REGIONAL", "Limit": 1}`, 200, `{"NextMarker":"from-1","WebACLs":[{"ARN":"arn:shared","Description":"","Id":"id-shared","LockToken":"00000000-0000-0000-0000-000000000000","Name":"shared"}]}`},
		{"last page", "ListWebACLs", `{"Scope": "REGIONAL", "NextMarker": "from-2"}`, 200, `{"WebACLs":[{"ARN":"arn:idle",`},
		{"largest page", "ListWebACLs", `{"Scope": "REGIONAL", "Limit": 100}`, 200, `"arn:own"`},
		{"page too large", "ListWebACLs", `{"Scope": "REGIONAL", "Limit": 101}`, 400, "WAFInvalidParameterException"},
		{"page too small", "ListWebACLs", `{"Scope": "REGIONAL", "Limit": 0}`, 400, "WAFInvalidParameterException"},
		{"foreign marker", "ListWebACLs", `{"Scope": "REGIONAL", "NextMarker": "x"}`, 400, "Invalid NextMarker"},
		{"list without scope", "ListWebACLs", `{}`, 400, "WAFInvalidParameterException"},
		{"list for CloudFront", "ListWebACLs", `{"Scope": "CLOUDFRONT"}`, 400, "WAFInvalidParameterException"},
		{"document byte for byte", "GetWebACL", `{"Scope": "REGIONAL", "Id": "id-own", "Name": "own"}`, 200, `"WebACL": ` + aclDocument("own") + `}`},
		{"lock token", "GetWebACL", `{"Scope": "REGIONAL", "Id": "id-own", "Name": "own"}`, 200, `{"LockToken": "00000000-`},
		{"by ARN", "GetWebACL", `{"ARN": "arn:idle"}`, 200, aclDocument("idle")},
		{"unknown name", "GetWebACL", `{"Scope": "REGIONAL", "Id": "id-own", "Name": "shared"}`, 400, "WAFNonexistentItemException"},
		{"unknown ARN", "GetWebACL", `{"ARN": "arn:x"}`, 400, "WAFNonexistentItemException"},
		{"name alone", "GetWebACL", `{"Scope": "REGIONAL", "Name": "own"}`, 400, "WAFInvalidParameterException"},
		{"no scope", "GetWebACL", `{"Id": "id-own", "Name": "own"}`, 400, "WAFInvalidParameterException"},
		{"pools of a shared one", "ListResourcesForWebACL", `{"WebACLArn": "arn:shared", "ResourceType": "COGNITO_USER_POOL"}`, 200, `{"ResourceArns":["arn:A","arn:D"]}`},
		{"no pools", "ListResourcesForWebACL", `{"WebACLArn": "arn:idle", "ResourceType": "COGNITO_USER_POOL"}`, 200, `{"ResourceArns":[]}`},
		{"resources of nothing", "ListResourcesForWebACL", `{"WebACLArn": "arn:x", "ResourceType": "COGNITO_USER_POOL"}`, 400, "WAFNonexistentItemException"},
		{"resources without an ARN", "ListResourcesForWebACL", `{"ResourceType": "COGNITO_USER_POOL"}`, 400, "WAFInvalidParameterException"},
		{"load balancers", "ListResourcesForWebACL", `{"WebACLArn": "arn:shared"}`, 400, "WAFInvalidParameterException"},
		{"of a pool", "GetWebACLForResource", `{"ResourceArn": "arn:D"}`, 200, `{"WebACL": ` + aclDocument("shared") + `}`},
		{"without ARN", "GetWebACLForResource", `{"ResourceArn": "arn:E"}`, 200, `{"WebACL": {"Name": "without ARN"}}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, body := own.send(t, server, tt.operation, tt.body)
			if status != tt.status || !strings.Contains(body, tt.want) {
				t.Errorf("got %d %s, want %d %s", status, body, tt.status, tt.want)
			}
		})
	}
}

func TestWebACLsOfPlaces(t *testing.T) {
	server := cognitotest.NewOrganization(cognitotest.Account{ID: management, Regions: map[string][]cognitotest.Pool{
		"eu-west-1": {protected("A", aclDocument("west"))}, "us-east-1": nil,
	}})
	defer server.Close()
	server.AddWebACLs(management, "us-east-1", aclDocument("east"))
	for region, want := range map[string]string{"eu-west-1": "arn:west", "us-east-1": "arn:east"} {
		_, body := own.in(region).send(t, server, "ListWebACLs", `{"Scope": "REGIONAL"}`)
		if strings.Count(body, "arn:") != 1 || !strings.Contains(body, want) {
			t.Errorf("%s: got %s, want %s alone", region, body, want)
		}
	}
}

func TestLimitPages(t *testing.T) {
	server := cognitotest.New(protected("A", aclDocument("a")), protected("B", aclDocument("b")), protected("C", aclDocument("c")))
	defer server.Close()
	for _, tt := range []struct {
		name, operation, list, token string
		limit                        int
		want                         []int // elements of each page
	}{
		{"web ACLs", "ListWebACLs", "WebACLs", "NextMarker", 2, []int{2, 1}},
		{"pools", "ListUserPools", "UserPools", "NextToken", 1, []int{1, 1, 1}},
		{"fewer than the limit", "ListUserPools", "UserPools", "NextToken", 4, []int{3}},
		{"no limit", "ListUserPools", "UserPools", "NextToken", 0, []int{3}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server.LimitPages(tt.limit)
			in := map[string]any{"MaxResults": 60, "Scope": "REGIONAL"}
			var got []int
			for in[tt.token] != "" {
				request, _ := json.Marshal(in)
				_, body := own.send(t, server, tt.operation, string(request))
				var page map[string]any
				if err := json.Unmarshal([]byte(body), &page); err != nil {
					t.Fatalf("%v in %s", err, body)
				}
				elements, _ := page[tt.list].([]any)
				got = append(got, len(elements))
				in[tt.token], _ = page[tt.token].(string)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
