package cognitotest_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// sender signs requests, as far as the server looks at signatures.
type sender struct{ key, token, region string }

var own = sender{"AKIDEXAMPLE", "", "eu-west-1"}

func (s sender) in(region string) sender { return sender{s.key, s.token, region} }

// operations tells the service and the protocol of operations that are not
// Cognito's.
var operations = map[string][3]string{
	"GetCallerIdentity": {"sts", "", "2011-06-15"}, "AssumeRole": {"sts", "", "2011-06-15"},
	"DescribeRegions": {"ec2", "", "2016-11-15"}, "ListAccounts": {"organizations", "AWSOrganizationsV20161128.", ""},
	"ListWebACLs": {"wafv2", "AWSWAF_20190729.", ""}, "GetWebACL": {"wafv2", "AWSWAF_20190729.", ""},
	"ListResourcesForWebACL": {"wafv2", "AWSWAF_20190729.", ""}, "GetWebACLForResource": {"wafv2", "AWSWAF_20190729.", ""},
	// These are no operations.
	"Dance": {"sts", "", "2011-06-15"}, "Swim": {"ec2", "", "2016-11-15"}, "Old": {"ec2", "", "2010-01-01"},
}

// request makes a request; body is JSON, or the form without Action and Version.
func (s sender) request(t *testing.T, server *cognitotest.Server, operation, body string) *http.Request {
	t.Helper()
	service := operations[operation]
	if service[0] == "" {
		service = [3]string{"cognito-idp", "AWSCognitoIdentityProviderService.", ""}
	}
	if service[2] != "" {
		body = strings.TrimSuffix("Action="+operation+"&Version="+service[2]+"&"+body, "&")
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if service[2] != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	} else {
		r.Header.Set("Content-Type", "application/x-amz-json-1.1")
		r.Header.Set("X-Amz-Target", service[1]+operation)
	}
	if s.token != "" {
		r.Header.Set("X-Amz-Security-Token", s.token)
	}
	r.Header.Set("Authorization", fmt.Sprintf("AWS4-HMAC-SHA256 Credential=%s/20260101/%s/%s/aws4_request, SignedHeaders=host, Signature=0", s.key, s.region, service[0]))
	return r
}

// send returns status and body.
func (s sender) send(t *testing.T, server *cognitotest.Server, operation, body string) (int, string) {
	t.Helper()
	response, err := http.DefaultClient.Do(s.request(t, server, operation, body))
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

// assume enters an account through its role.
func (s sender) assume(t *testing.T, server *cognitotest.Server, form string) sender {
	t.Helper()
	status, body := s.send(t, server, "AssumeRole", form)
	if status != http.StatusOK {
		t.Fatalf("got %d %s", status, body)
	}
	return sender{text(body, "AccessKeyId"), text(body, "SessionToken"), s.region}
}

// text returns the text of an element.
func text(body, name string) string {
	found := regexp.MustCompile("<" + name + ">([^<]*)").FindStringSubmatch(body)
	if found == nil {
		return ""
	}
	return found[1]
}

const (
	management = "111111111111"
	audited    = "222222222222"
	roleForm   = "RoleArn=arn:aws:iam::222222222222:role/audit&RoleSessionName=test&ExternalId=x"
)

func organization(t *testing.T) *cognitotest.Server {
	t.Helper()
	pool := func(id string) []cognitotest.Pool { return []cognitotest.Pool{{UserPool: `{"Id": "` + id + `"}`}} }
	server := cognitotest.NewOrganization(
		cognitotest.Account{ID: management, Name: "root", Regions: map[string][]cognitotest.Pool{
			"eu-west-1": pool("m-ireland"), "us-east-1": nil, "me-central-1": nil, "cn-north-1": nil, "us-gov-west-1": nil,
		}},
		cognitotest.Account{ID: audited, Name: "shop", Role: "audit", ExternalID: "x", Regions: map[string][]cognitotest.Pool{
			"eu-west-1": pool("a-ireland"), "af-south-1": pool("a-cape"),
		}},
		cognitotest.Account{ID: "333333333333", State: "CLOSED", Role: "audit"},
		cognitotest.Account{ID: "444444444444", State: "SUSPENDED"},
		cognitotest.Account{ID: "555555555555", Role: "path-role"},
	)
	t.Cleanup(server.Close)
	return server
}

func TestOrganization(t *testing.T) {
	server := organization(t)
	assumed := own.assume(t, server, roleForm)
	if other := own.assume(t, server, roleForm); other == assumed {
		t.Errorf("two sessions have the same credentials %v", other)
	}
	const (
		list    = `{"MaxResults": 60}`
		unknown = `"__type":"UnrecognizedClientException","message":"The security token included in the request is invalid."`
	)
	for _, tt := range []struct {
		name, operation, body string
		from                  sender
		status                int
		want                  string // a part of the body
	}{
		{"own account", "ListUserPools", list, own, 200, `[{"Id":"m-ireland"}]`},
		{"Region without pools", "ListUserPools", list, own.in("us-east-1"), 200, `[]`},
		{"Region of another account", "ListUserPools", list, own.in("af-south-1"), 400, unknown},
		{"Region of AWS WAF", "ListWebACLs", `{"Scope": "REGIONAL"}`, own.in("nowhere-1"), 400, unknown},
		{"pool of another Region", "DescribeUserPool", `{"UserPoolId": "m-ireland"}`, own.in("us-east-1"), 400, "ResourceNotFoundException"},
		{"another account", "ListUserPools", list, assumed, 200, `[{"Id":"a-ireland"}]`},
		{"another account and Region", "ListUserPools", list, assumed.in("af-south-1"), 200, `[{"Id":"a-cape"}]`},
		{"no session token", "ListUserPools", list, sender{assumed.key, "", "eu-west-1"}, 400, unknown},
		{"wrong session token", "ListUserPools", list, sender{assumed.key, "x", "eu-west-1"}, 400, unknown},
		{"session token with the own key", "ListUserPools", list, sender{"AKIDEXAMPLE", "x", "eu-west-1"}, 400, unknown},
		{"unknown access key", "ListAccounts", `{}`, sender{"AKIDOTHER", "", "eu-west-1"}, 400, unknown},
		{"unknown access key at STS", "GetCallerIdentity", "", sender{"AKIDOTHER", "", "eu-west-1"}, 403, "<Code>InvalidClientTokenId</Code>"},
		{"unknown access key at EC2", "DescribeRegions", "", sender{"AKIDOTHER", "", "eu-west-1"}, 401, "<Code>AuthFailure</Code>"},
		{"no credential scope", "ListUserPools", list, sender{"a/b", "", "eu-west-1"}, 400, "InvalidSignatureException"},

		{"all accounts", "ListAccounts", `{}`, own, 200, `{"Arn":"arn:aws:organizations::111111111111:account/o-example/222222222222","Email":"222222222222@example.com","Id":"222222222222","Name":"shop","State":"ACTIVE","Status":"ACTIVE"}`},
		{"state that Status does not know", "ListAccounts", `{}`, own, 200, `"Id":"333333333333","Name":"","State":"CLOSED"}`},
		{"suspended account", "ListAccounts", `{}`, own, 200, `"State":"SUSPENDED","Status":"SUSPENDED"}`},
		{"page of accounts", "ListAccounts", `{"MaxResults": 2, "NextToken": "from-2"}`, own, 200, `"NextToken":"from-4"`},
		{"page of accounts too large", "ListAccounts", `{"MaxResults": 21}`, own, 400, "InvalidInputException"},
		{"accounts in China", "ListAccounts", `{}`, own.in("cn-north-1"), 200, `"arn:aws-cn:organizations::`},
		{"not the management account", "ListAccounts", `{}`, assumed, 400, `"AccessDeniedException"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, body := tt.from.send(t, server, tt.operation, tt.body)
			if status != tt.status || !strings.Contains(body, tt.want) {
				t.Errorf("got %d %s, want %d %s", status, body, tt.status, tt.want)
			}
		})
	}
}

func TestAssumeRole(t *testing.T) {
	server := organization(t)
	for _, tt := range []struct {
		name, region, role, session, more string
		want                              string // error code, empty for none
	}{
		{"fits", "eu-west-1", "arn:aws:iam::222222222222:role/audit", "test", "&ExternalId=x", ""},
		{"role with a path", "eu-west-1", "arn:aws:iam::555555555555:role/a/b/path-role", "test", "", ""},
		{"external id that is not required", "eu-west-1", "arn:aws:iam::555555555555:role/path-role", "test", "&ExternalId=x", ""},
		{"shortest session", "eu-west-1", "arn:aws:iam::555555555555:role/path-role", "test", "&DurationSeconds=900", ""},
		{"China", "cn-north-1", "arn:aws-cn:iam::555555555555:role/path-role", "test", "", ""},
		{"GovCloud", "us-gov-west-1", "arn:aws-us-gov:iam::555555555555:role/path-role", "test", "", ""},
		{"another partition", "eu-west-1", "arn:aws-cn:iam::555555555555:role/path-role", "test", "", "AccessDenied"},
		{"no external id", "eu-west-1", "arn:aws:iam::222222222222:role/audit", "test", "", "AccessDenied"},
		{"wrong external id", "eu-west-1", "arn:aws:iam::222222222222:role/audit", "test", "&ExternalId=y", "AccessDenied"},
		{"wrong role", "eu-west-1", "arn:aws:iam::222222222222:role/other", "test", "&ExternalId=x", "AccessDenied"},
		{"account without a role", "eu-west-1", "arn:aws:iam::111111111111:role/audit", "test", "", "AccessDenied"},
		{"closed account", "eu-west-1", "arn:aws:iam::333333333333:role/audit", "test", "", "AccessDenied"},
		{"unknown account", "eu-west-1", "arn:aws:iam::999999999999:role/audit", "test", "", "AccessDenied"},
		{"not a role", "eu-west-1", "arn:aws:iam::222222222222:user/audit", "test", "", "ValidationError"},
		{"no session name", "eu-west-1", "arn:aws:iam::222222222222:role/audit", "", "&ExternalId=x", "ValidationError"},
		{"session name that is none", "eu-west-1", "arn:aws:iam::222222222222:role/audit", "a b", "&ExternalId=x", "ValidationError"},
		{"session too long", "eu-west-1", "arn:aws:iam::555555555555:role/path-role", "test", "&DurationSeconds=3601", "ValidationError"},
		{"unknown parameter", "eu-west-1", "arn:aws:iam::555555555555:role/path-role", "test", "&Duration=900", "UnknownParameter"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			form := url.Values{"RoleArn": {tt.role}, "RoleSessionName": {tt.session}}.Encode() + tt.more
			status, body := own.in(tt.region).send(t, server, "AssumeRole", form)
			if (status == http.StatusOK) != (tt.want == "") || text(body, "Code") != tt.want {
				t.Errorf("got %d %s, want %q", status, body, tt.want)
			}
		})
	}
}

// TestSessionExpires looks at the clock of a bubble.
func TestSessionExpires(t *testing.T) {
	server := organization(t)
	synctest.Test(t, func(t *testing.T) {
		direct := func(s sender, operation, body string) (int, string) {
			w := httptest.NewRecorder()
			server.ServeHTTP(w, s.request(t, server, operation, body))
			return w.Code, w.Body.String()
		}
		_, body := direct(own, "AssumeRole", roleForm)
		if want := time.Now().Add(time.Hour).UTC().Format(time.RFC3339); text(body, "Expiration") != want {
			t.Errorf("got %s, want %s", body, want)
		}
		session := sender{text(body, "AccessKeyId"), text(body, "SessionToken"), "eu-west-1"}
		var got []int
		for range 2 {
			status, _ := direct(session, "DescribeUserPool", `{"UserPoolId": "a-ireland"}`)
			got = append(got, status)
			time.Sleep(time.Hour)
		}
		_, body = direct(session, "GetCallerIdentity", "")
		if diff := cmp.Diff([]int{200, 400}, got); diff != "" || text(body, "Code") != "ExpiredToken" {
			t.Errorf("-want +got\n%s then %s, want ExpiredToken", diff, body)
		}
	})
}

func TestOrganizationRecordsPlaces(t *testing.T) {
	server := organization(t)
	session := own.assume(t, server, roleForm)
	session.in("af-south-1").send(t, server, "DescribeUserPool", `{"UserPoolId": "a-cape"}`)
	own.in("nowhere-1").send(t, server, "ListUserPools", `{"MaxResults": 60}`)
	sender{"AKIDOTHER", "", "eu-west-1"}.send(t, server, "DescribeRegions", "")
	want := []cognitotest.Request{
		{Operation: "AssumeRole", Account: management, Region: "eu-west-1"},
		{Operation: "DescribeUserPool", PoolID: "a-cape", Account: audited, Region: "af-south-1"},
		{Operation: "ListUserPools", Account: management, Region: "nowhere-1"},
		{Operation: "DescribeRegions", Region: "eu-west-1"},
	}
	if diff := cmp.Diff(want, server.Requests()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
