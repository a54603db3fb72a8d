package cognitotest_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

const (
	tagBody      = `{"ResourceArn": "arn:A", "Tags": {"new": "x"}}`
	describeBody = `{"UserPoolId": "A"}`
)

// TestWriteFaults looks at the answer and at what is done.
func TestWriteFaults(t *testing.T) {
	for _, tt := range []struct {
		fault           cognitotest.Fault
		operation, body string
		status          int // 0 if the connection closes
		want            string
		applied         bool
	}{
		{cognitotest.Fault{Kind: cognitotest.ConcurrentModification}, "TagResource", tagBody, 400, `"ConcurrentModificationException","message":"Only one request to update this UserPool can be processed at a time"`, false},
		{cognitotest.Fault{Kind: cognitotest.ConcurrentModification}, "UpdateUserPoolClient", `{"UserPoolId": "A", "ClientId": "web"}`, 400, `"ConcurrentModificationException","message":"Only one request to update user pool client can be processed at a time."`, false},
		{cognitotest.Fault{Kind: cognitotest.RoleMissing}, "TagResource", tagBody, 400, `"InvalidSmsRoleTrustRelationshipException","message":"Role does not have a trust relationship allowing Cognito to assume the role"`, false},
		{cognitotest.Fault{Kind: cognitotest.RoleDenied}, "TagResource", tagBody, 400, `"InvalidSmsRoleAccessPolicyException","message":"Role does not have permission to publish with SNS"`, false},
		{cognitotest.Fault{Kind: cognitotest.Throttle}, "TagResource", tagBody, 400, "TooManyRequestsException", false},
		{cognitotest.Fault{Kind: cognitotest.InternalError}, "TagResource", tagBody, 500, "InternalErrorException", false},
		{cognitotest.Fault{Kind: cognitotest.Drop}, "TagResource", tagBody, 0, "", false},
		{cognitotest.Fault{Kind: cognitotest.DropAfter}, "TagResource", tagBody, 0, "", true},
		{cognitotest.Fault{Kind: cognitotest.FailAfter}, "TagResource", tagBody, 500, "InternalErrorException", true},
		{cognitotest.Fault{Kind: cognitotest.FailAfter}, "TagResource", `{"ResourceArn": "arn:A", "Tags": {"aws:x": "x"}}`, 400, "UserPoolTaggingException", false},
		{cognitotest.Fault{Kind: cognitotest.DropAfter}, "TagResource", `{"ResourceArn": "arn:x", "Tags": {}}`, 400, "ResourceNotFoundException", false},
		{cognitotest.Fault{Kind: cognitotest.Delayed}, "TagResource", tagBody, 200, "{}", true},
		{cognitotest.Fault{Kind: cognitotest.Slow}, "TagResource", tagBody, 200, "{}", true},
		{cognitotest.Fault{Kind: cognitotest.InternalError, Operation: cognitotest.Writes, Call: 2}, "TagResource", tagBody, 200, "{}", true},
		{cognitotest.Fault{Kind: cognitotest.InternalError, Operation: cognitotest.Writes}, "TagResource", tagBody, 500, "", false},
	} {
		t.Run(string(tt.fault.Kind)+" "+tt.operation, func(t *testing.T) {
			server := serve(t, rich)
			ok(t, server, "DescribeUserPool", describeBody)
			server.Fail(tt.fault)
			status, body := 0, ""
			response, err := http.DefaultClient.Do(own.request(t, server, tt.operation, tt.body))
			if err == nil {
				text, _ := io.ReadAll(response.Body)
				response.Body.Close()
				status, body = response.StatusCode, string(text)
			}
			if status != tt.status || !strings.Contains(body, tt.want) {
				t.Errorf("got %d %s %v, want %d %s", status, body, err, tt.status, tt.want)
			}
			if applied := !cmp.Equal(rich, server.State("A")); applied != tt.applied {
				t.Errorf("applied %t, want %t", applied, tt.applied)
			}
		})
	}
}

func TestCollateral(t *testing.T) {
	protect := func(tree map[string]any) { tree["DeletionProtection"] = "INACTIVE" }
	for _, tt := range []struct {
		name  string
		fault cognitotest.Fault
		want  map[string]string
		other bool // a client changes too
	}{
		{"triggers", cognitotest.Fault{}, map[string]string{"LambdaConfig": "gone"}, false},
		{"chosen", cognitotest.Fault{Alter: protect}, map[string]string{"DeletionProtection": `"INACTIVE"`}, false},
		{"client", cognitotest.Fault{Alter: protect, Section: cognitotest.Clients, ID: "app"}, map[string]string{}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := serve(t, rich)
			tt.fault.Kind, tt.fault.Operation = cognitotest.Collateral, "TagResource"
			server.Fail(tt.fault)
			ok(t, server, "TagResource", tagBody)
			state := server.State("A")
			got := changes(t, rich.UserPool, state.UserPool)
			delete(got, "UserPoolTags")
			delete(got, "LastModifiedDate")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if other := !slices.Equal(state.Clients, rich.Clients); other != tt.other {
				t.Errorf("clients changed: %t, want %t", other, tt.other)
			}
		})
	}
}

func TestDelayedByReads(t *testing.T) {
	server := serve(t, rich)
	server.Fail(cognitotest.Fault{Kind: cognitotest.Delayed, Operation: cognitotest.Writes, Call: 1, Reads: 2})
	ok(t, server, "UpdateUserPool", merged(t, complete(t), `{"MfaConfiguration": "OFF"}`))
	var got []string
	for _, operation := range []string{"DescribeUserPool", "GetUserPoolMfaConfig", "DescribeUserPool", "DescribeUserPool", "GetUserPoolMfaConfig", "GetUserPoolMfaConfig"} {
		body := ok(t, server, operation, describeBody)
		got = append(got, map[bool]string{true: "new", false: "old"}[strings.Contains(body, `"MfaConfiguration":"OFF"`)])
	}
	if diff := cmp.Diff([]string{"old", "old", "old", "new", "old", "new"}, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestDelayedByTime(t *testing.T) {
	server := serve(t, rich)
	server.Fail(cognitotest.Fault{Kind: cognitotest.Delayed, Call: 1})
	synctest.Test(t, func(t *testing.T) {
		direct := func(operation, body string) string {
			w := httptest.NewRecorder()
			server.ServeHTTP(w, own.request(t, server, operation, body))
			return w.Body.String()
		}
		direct("UpdateUserPoolClient", `{"UserPoolId": "A", "ClientId": "web", "Novelty": 1}`)
		var got []bool
		for range 4 {
			got = append(got, strings.Contains(direct("DescribeUserPoolClient", `{"UserPoolId": "A", "ClientId": "web"}`), "Novelty"))
			time.Sleep(100 * time.Millisecond)
		}
		if diff := cmp.Diff([]bool{false, false, false, true}, got); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
		if described := direct("DescribeUserPool", describeBody); described != `{"UserPool": `+rich.UserPool+`}` {
			t.Errorf("got %s", described)
		}
	})
}

func TestHooks(t *testing.T) {
	server := serve(t, rich)
	var got []string
	tagged := func() string {
		return map[bool]string{true: "tagged", false: "plain"}[strings.Contains(server.State("A").UserPool, `"new":"x"`)]
	}
	note := func(name string) func(cognitotest.Request) {
		return func(r cognitotest.Request) { got = append(got, name+" "+r.Operation+" "+tagged()) }
	}
	server.Before("TagResource", 1, note("before"))
	server.After("TagResource", 1, note("after"))
	server.Before(cognitotest.Writes, 2, note("second write"))
	server.After("", 0, note("all"))
	ok(t, server, "DescribeUserPool", describeBody)
	ok(t, server, "TagResource", tagBody)
	own.send(t, server, "UpdateUserPool", "{}")
	want := []string{
		"all DescribeUserPool plain", "before TagResource plain", "after TagResource tagged", "all TagResource tagged",
		"second write UpdateUserPool tagged", "all UpdateUserPool tagged",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestSecondWriter changes a pool between a read and the write that follows.
func TestSecondWriter(t *testing.T) {
	server := serve(t, rich)
	server.Before("UpdateUserPool", 1, func(cognitotest.Request) {
		err := server.Change("A", cognitotest.UserPool, "", func(tree map[string]any) {
			tree["DeletionProtection"] = "INACTIVE"
			tree["Novelty"] = []string{"x"}
		})
		if err != nil {
			t.Error(err)
		}
	})
	server.SetOmission(cognitotest.Measured)
	ok(t, server, "UpdateUserPool", `{"UserPoolId": "A", "DeletionProtection": "ACTIVE"}`)
	got := changes(t, rich.UserPool, server.State("A").UserPool)
	if got["DeletionProtection"] != "" || got["Novelty"] != `["x"]` {
		t.Errorf("got %v, want both writes", got)
	}
}

func TestChange(t *testing.T) {
	server := serve(t, rich)
	set := func(tree map[string]any) { tree["Novelty"] = true }
	empty := func(tree map[string]any) { clear(tree) }
	for _, tt := range []struct {
		name    string
		section cognitotest.Section
		id      string
		change  func(map[string]any)
	}{
		{"pool", cognitotest.UserPool, "", set},
		{"MFA", cognitotest.MfaConfig, "", empty},
		{"client", cognitotest.Clients, "web", set},
		{"client that goes", cognitotest.Clients, "app", empty},
		{"client that comes", cognitotest.Clients, "new", set},
		{"risk", cognitotest.RiskConfigurations, "", set},
		{"logs", cognitotest.LogDelivery, "", set},
		{"import", cognitotest.ImportJobs, "job", set},
	} {
		if err := server.Change("A", tt.section, tt.id, tt.change); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	got := server.State("A")
	if got.MfaConfig != "" || len(got.Clients) != 2 || !strings.Contains(got.Clients[1], `{"ClientId":"new","LastModifiedDate":`) ||
		got.LogDelivery != `{"Novelty":true}` || !slices.Equal(got.ImportJobs, []string{`{"JobId":"job","Novelty":true}`}) {
		t.Errorf("got %+v", got)
	}
	for _, document := range []string{got.UserPool, got.Clients[0], got.RiskConfigurations[0]} {
		if !strings.Contains(document, `"Novelty":true`) || strings.Contains(document, `"LastModifiedDate":2,`) || !strings.Contains(document, `"LastModifiedDate":`) {
			t.Errorf("got %s, want the change and a new date", document)
		}
	}
	for _, tt := range []struct {
		pool    string
		section cognitotest.Section
		change  func(map[string]any)
	}{{"B", cognitotest.UserPool, set}, {"A", "Users", set}, {"A", cognitotest.UserPool, empty}} {
		if err := server.Change(tt.pool, tt.section, "", tt.change); err == nil {
			t.Errorf("%s of pool %s: got no error", tt.section, tt.pool)
		}
	}
	if server := organization(t); server.State("a-cape").UserPool == "" || server.State("x").UserPool != "" {
		t.Error("pools of an organization are not found by their ids")
	}
}

func TestShuffle(t *testing.T) {
	pool := rich
	pool.UserPool = merged(t, rich.UserPool, `{"AutoVerifiedAttributes": ["a", "b", "c", "d", "e"], "AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "1"}, {"Name": "2"}, {"Name": "3"}]}}`)
	answers := func(seed uint64) []string {
		server := serve(t, pool)
		server.Shuffle(seed)
		var bodies []string
		for range 5 {
			bodies = append(bodies, ok(t, server, "DescribeUserPool", describeBody))
		}
		return bodies
	}
	first := answers(1)
	if diff := cmp.Diff(first, answers(1)); diff != "" {
		t.Errorf("the same seed gave\n%s", diff)
	}
	if cmp.Equal(first, answers(2)) {
		t.Error("another seed gave the same order")
	}
	orders := map[string]bool{}
	for _, body := range first {
		described := parse(t, body)["UserPool"].(tree)
		list := described["AutoVerifiedAttributes"].([]any)
		var names []string
		for _, name := range list {
			names = append(names, name.(string))
		}
		orders[strings.Join(names, "")] = true
		slices.Sort(names)
		if got := strings.Join(names, ""); got != "abcde" {
			t.Errorf("got %s", got)
		}
		if !strings.Contains(body, "10000000000000000000") {
			t.Errorf("lost digits: %s", body)
		}
	}
	if len(orders) < 3 {
		t.Errorf("five answers have the orders %v", orders)
	}
}

// TestConcurrentWrites is for the race detector.
func TestConcurrentWrites(t *testing.T) {
	server := serve(t, rich)
	server.Shuffle(1)
	server.Fail(cognitotest.Fault{Kind: cognitotest.Delayed, Operation: "TagResource", From: 5, Reads: 3})
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for range 10 {
				key := string(rune('a' + i))
				own.send(t, server, "TagResource", `{"ResourceArn": "arn:A", "Tags": {"`+key+`": "x"}}`)
				own.send(t, server, "DescribeUserPool", describeBody)
				own.send(t, server, "UpdateUserPoolClient", `{"UserPoolId": "A", "ClientId": "web"}`)
				own.send(t, server, "ListUserPools", `{"MaxResults": 60}`)
				server.State("A")
			}
		})
	}
	group.Wait()
	if got := len(parse(t, server.State("A").UserPool)["UserPoolTags"].(tree)); got != 10 {
		t.Errorf("got %d tags, want 10: a write was lost", got)
	}
}

func TestQuotasOfWrites(t *testing.T) {
	server := serve(t, rich)
	synctest.Test(t, func(t *testing.T) {
		server.EnforceQuotas()
		for _, tt := range [][2]string{
			{"UpdateUserPool", complete(t)}, {"UpdateUserPoolClient", `{"UserPoolId": "A", "ClientId": "web"}`}, {"TagResource", tagBody},
		} {
			through := 0
			for range 20 {
				w := httptest.NewRecorder()
				server.ServeHTTP(w, own.request(t, server, tt[0], tt[1]))
				if w.Code == http.StatusOK {
					through++
				}
			}
			if through != 15 {
				t.Errorf("%s: %d came through, want 15", tt[0], through)
			}
		}
	})
}
