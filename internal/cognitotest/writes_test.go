package cognitotest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

func TestUpdateClient(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		want       map[string]string
	}{
		{"all omitted", `{"UserPoolId": "A", "ClientId": "web"}`, map[string]string{
			"RefreshTokenValidity": "30", "AccessTokenValidity": "gone", "TokenValidityUnits": "gone", "WriteAttributes": "gone",
			"ExplicitAuthFlows": "gone", "CallbackURLs": "gone", "AllowedOAuthFlowsUserPoolClient": "false", "PreventUserExistenceErrors": `"LEGACY"`,
			"EnableTokenRevocation": "gone", "AuthSessionValidity": "3", "FutureClient": "gone",
		}},
		{
			"all sent",
			merged(t, rich.Clients[0], `{"ClientSecret": null, "CreationDate": null, "LastModifiedDate": null, "PreventUserExistenceErrors": "LEGACY", "Novelty": {"x": 1}}`),
			map[string]string{"PreventUserExistenceErrors": `"LEGACY"`, "Novelty": `{"x":1}`},
		},
	} {
		for _, mode := range cognitotest.Omissions() {
			t.Run(tt.name+" "+string(mode), func(t *testing.T) {
				server := serve(t, rich)
				server.SetOmission(mode)
				answer := ok(t, server, "UpdateUserPoolClient", tt.body)
				state := server.State("A")
				if described := ok(t, server, "DescribeUserPoolClient", `{"UserPoolId": "A", "ClientId": "web"}`); answer != described {
					t.Errorf("got %s, then %s", answer, described)
				}
				got := changes(t, rich.Clients[0], state.Clients[0])
				if !strings.HasPrefix(got["LastModifiedDate"], "1") {
					t.Errorf("got date %q", got["LastModifiedDate"])
				}
				delete(got, "LastModifiedDate")
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("-want +got\n%s", diff)
				}
				state.Clients[0] = rich.Clients[0]
				if diff := cmp.Diff(rich, state); diff != "" {
					t.Errorf("more changed: -want +got\n%s", diff)
				}
			})
		}
	}
}

func TestUpdateBareClient(t *testing.T) {
	server := serve(t, rich)
	ok(t, server, "UpdateUserPoolClient", `{"UserPoolId": "A", "ClientId": "app", "ClientName": "App"}`)
	got := changes(t, rich.Clients[1], server.State("A").Clients[1])
	delete(got, "LastModifiedDate")
	if diff := cmp.Diff(map[string]string{"ClientName": `"App"`}, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if list := ok(t, server, "ListUserPoolClients", `{"UserPoolId": "A"}`); !strings.Contains(list, `{"ClientId":"app","ClientName":"App","UserPoolId":"A"}`) {
		t.Errorf("got %s", list)
	}
}

func TestSetRisk(t *testing.T) {
	server := serve(t, rich)
	describe := func(client string) string {
		text := ok(t, server, "DescribeRiskConfiguration", `{"UserPoolId": "A"`+client+`}`)
		risk := parse(t, text)["RiskConfiguration"].(tree)
		delete(risk, "LastModifiedDate")
		return fmt.Sprint(risk)
	}
	const client, pool = `, "ClientId": "web"`, "map[RiskExceptionConfiguration:map[BlockedIPRangeList:[192.0.2.0/24]] UserPoolId:A]"
	var got []string
	for _, body := range []string{
		`{"UserPoolId": "A", "ClientId": "web", "RiskExceptionConfiguration": {"SkippedIPRangeList": []}, "Future": 1}`,
		`{"UserPoolId": "A", "ClientId": "web", "Future": 2}`,
		`{"UserPoolId": "A", "ClientId": "web"}`,
		`{"UserPoolId": "A", "RiskExceptionConfiguration": null}`,
	} {
		ok(t, server, "SetRiskConfiguration", body)
		got = append(got, describe(client), describe(""))
	}
	want := []string{
		"map[ClientId:web Future:1 RiskExceptionConfiguration:map[SkippedIPRangeList:[]] UserPoolId:A]", pool,
		"map[ClientId:web Future:2 UserPoolId:A]", pool,
		pool, pool, // inherited
		"map[UserPoolId:A]", "map[UserPoolId:A]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if left := server.State("A").RiskConfigurations; len(left) != 0 {
		t.Errorf("left %v", left)
	}
}

func TestSetLogDelivery(t *testing.T) {
	server := serve(t, rich)
	var got []string
	for _, list := range []string{
		`[{"EventSource": "userAuthEvents", "LogLevel": "INFO", "FirehoseConfiguration": {"StreamArn": "arn:s"}, "Future": 1},
		  {"EventSource": "userNotification", "LogLevel": "ERROR", "CloudWatchLogsConfiguration": {}}]`,
		`[{"EventSource": "userNotification", "LogLevel": "ERROR", "CloudWatchLogsConfiguration": {}}]`,
		`[]`,
	} {
		ok(t, server, "SetLogDeliveryConfiguration", `{"UserPoolId": "A", "LogConfigurations": `+list+`}`)
		got = append(got, ok(t, server, "GetLogDeliveryConfiguration", `{"UserPoolId": "A"}`))
	}
	want := []string{
		`{"LogDeliveryConfiguration": {"LogConfigurations":[{"EventSource":"userAuthEvents","FirehoseConfiguration":{"StreamArn":"arn:s"},"Future":1,"LogLevel":"INFO"},{"CloudWatchLogsConfiguration":{},"EventSource":"userNotification","LogLevel":"ERROR"}],"UserPoolId":"A"}}`,
		`{"LogDeliveryConfiguration": {"LogConfigurations":[{"CloudWatchLogsConfiguration":{},"EventSource":"userNotification","LogLevel":"ERROR"}],"UserPoolId":"A"}}`,
		`{"LogDeliveryConfiguration": {"UserPoolId": "A", "LogConfigurations": []}}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestAddCustomAttributes(t *testing.T) {
	server := serve(t, rich)
	ok(t, server, "AddCustomAttributes", `{"UserPoolId": "A", "CustomAttributes": [
		{"Name": "country"}, {"Name": "n", "AttributeDataType": "Number", "Mutable": false, "Future": 1},
		{"Name": "flag", "AttributeDataType": "Boolean", "DeveloperOnlyAttribute": true}
	]}`)
	want := `[{"Mutable":true,"Name":"email","Required":true},{"Mutable":false,"Name":"custom:old"},` +
		`{"AttributeDataType":"String","DeveloperOnlyAttribute":false,"Mutable":true,"Name":"custom:country","Required":false,"StringAttributeConstraints":{}},` +
		`{"AttributeDataType":"Number","DeveloperOnlyAttribute":false,"Future":1,"Mutable":false,"Name":"custom:n","NumberAttributeConstraints":{},"Required":false},` +
		`{"AttributeDataType":"Boolean","DeveloperOnlyAttribute":true,"Mutable":true,"Name":"dev:custom:flag","Required":false}]`
	got := changes(t, rich.UserPool, server.State("A").UserPool)
	if got["SchemaAttributes"] != want || got["LastModifiedDate"] == "" || len(got) != 2 {
		t.Errorf("got %v, want the date and %s", got, want)
	}
	// The attributes can be written at once.
	ok(t, server, "UpdateUserPoolClient", `{"UserPoolId": "A", "ClientId": "web", "WriteAttributes": ["email", "custom:country"]}`)
}

func TestFiftyCustomAttributes(t *testing.T) {
	server := serve(t, rich) // has one
	for i := range 49 {
		ok(t, server, "AddCustomAttributes", fmt.Sprintf(`{"UserPoolId": "A", "CustomAttributes": [{"Name": "a%d"}]}`, i))
	}
	if status, body := own.send(t, server, "AddCustomAttributes", `{"UserPoolId": "A", "CustomAttributes": [{"Name": "one-more"}]}`); status != 400 {
		t.Errorf("got %d %s", status, body)
	}
}

func TestTags(t *testing.T) {
	server := serve(t, rich)
	ok(t, server, "TagResource", `{"ResourceArn": "arn:A", "Tags": {"team": "web", "new": ""}}`)
	ok(t, server, "UntagResource", `{"ResourceArn": "arn:A", "TagKeys": ["team", "absent"]}`)
	want := map[string]string{"UserPoolTags": `{"aws:cloudformation:stack-name":"stack","new":""}`}
	if diff := cmp.Diff(want, changes(t, rich.UserPool, server.State("A").UserPool)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestImportJobs(t *testing.T) {
	server := serve(t, cognitotest.Pool{UserPool: `{"Id": "A"}`}, cognitotest.Pool{
		UserPool: `{"Id": "B"}`, ImportJobs: []string{`{"JobId": "1", "Status": "InProgress"}`, `{"JobId": "2"}`},
	})
	for _, tt := range [][2]string{
		{`{"UserPoolId": "A", "MaxResults": 60}`, `{"UserImportJobs":[]}`},
		{`{"UserPoolId": "B", "MaxResults": 1}`, `{"PaginationToken":"from-1","UserImportJobs":[{"JobId":"1","Status":"InProgress"}]}`},
		{`{"UserPoolId": "B", "MaxResults": 1, "PaginationToken": "from-1"}`, `{"UserImportJobs":[{"JobId":"2"}]}`},
	} {
		if got := ok(t, server, "ListUserImportJobs", tt[0]); got != tt[1] {
			t.Errorf("got %s, want %s", got, tt[1])
		}
	}
	if status, body := own.send(t, server, "ListUserImportJobs", `{"UserPoolId": "A"}`); status != 400 {
		t.Errorf("got %d %s without a page size", status, body)
	}
}

func TestMalformedWrites(t *testing.T) {
	server := serve(t, rich)
	for _, body := range []string{``, `null`, `[]`, `{"UserPoolId": "A"`, `{"UserPoolId": "A"} {}`, `{"UserPoolId": 1}`} {
		if status, answer := own.send(t, server, "UpdateUserPool", body); status != 400 {
			t.Errorf("%s: got %d %s", body, status, answer)
		}
	}
	if diff := cmp.Diff(rich, server.State("A")); diff != "" {
		t.Errorf("-was +is\n%s", diff)
	}
}

func TestWritesAreRecorded(t *testing.T) {
	server := serve(t, rich)
	const body = `{"TagKeys":  [ "x" ], "ResourceArn": "arn:A"}`
	ok(t, server, "UntagResource", body)
	ok(t, server, "DescribeUserPool", `{"UserPoolId": "A"}`)
	want := []cognitotest.Request{
		{Operation: "UntagResource", PoolID: "A", Body: body},
		{Operation: "DescribeUserPool", PoolID: "A"},
	}
	if diff := cmp.Diff(want, server.Requests()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if answer := ok(t, server, "DescribeUserPool", `{"UserPoolId": "A"}`); answer != `{"UserPool": `+rich.UserPool+`}` {
		t.Errorf("got %s, want the document as it was: the write changed nothing", answer)
	}
}
