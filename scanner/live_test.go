package scanner_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

// liveServer starts a stand-in of the API and points the SDK to it.
func liveServer(t *testing.T, pools ...cognitotest.Pool) *cognitotest.Server {
	t.Helper()
	server := cognitotest.New(pools...)
	t.Cleanup(server.Close)
	for name, value := range cognitotest.Env(server.URL) {
		t.Setenv(name, value)
	}
	return server
}

// livePool returns a pool with n clients, client0 with a secret.
func livePool(id string, n int) cognitotest.Pool {
	pool := cognitotest.Pool{
		UserPool:  fmt.Sprintf(`{"Id": %q, "Name": "name of %s", "Arn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/%s"}`, id, id, id),
		MfaConfig: `{"MfaConfiguration": "ON"}`,
	}
	for i := range n {
		secret := ""
		if i == 0 {
			secret = `, "ClientSecret": "hunter2"`
		}
		pool.Clients = append(pool.Clients, fmt.Sprintf(`{"ClientId": "client%d", "ClientName": "Client %d"%s}`, i, i, secret))
	}
	return pool
}

// unpaced is a rate at which no request of a test waits.
const unpaced = 1000

// readLive reads all pools, sorted by id.
func readLive(t *testing.T, opts scanner.LiveOptions) ([]*snapshot.Pool, []scanner.Problem) {
	t.Helper()
	opts.Rate = unpaced
	live, err := scanner.OpenLive(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	var pools []*snapshot.Pool
	problems, err := live.Pools(t.Context(), func(p *snapshot.Pool) error {
		pools = append(pools, p)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(pools, func(a, b *snapshot.Pool) int { return strings.Compare(a.ID(), b.ID()) })
	return pools, problems
}

func liveIDs(pools []*snapshot.Pool) []string {
	var ids []string
	for _, p := range pools {
		ids = append(ids, p.ID())
	}
	return ids
}

func TestLiveReadsWholePool(t *testing.T) {
	liveServer(t, livePool("A", 2))
	before := time.Now()
	pools, problems := readLive(t, scanner.LiveOptions{})
	if problems != nil {
		t.Errorf("problems %v, want none", problems)
	}
	want := []*snapshot.Pool{{
		Account: "123456789012",
		Region:  "eu-west-1",
		Source:  "live",
		Live:    true,
		Sections: map[string]any{
			"UserPool":  map[string]any{"Id": "A", "Name": "name of A", "Arn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/A"},
			"MfaConfig": map[string]any{"MfaConfiguration": "ON"},
			"Clients": []any{
				map[string]any{"ClientId": "client0", "ClientName": "Client 0", "HasClientSecret": true},
				map[string]any{"ClientId": "client1", "ClientName": "Client 1", "HasClientSecret": false},
			},
		},
	}}
	if diff := cmp.Diff(want, pools, cmpopts.IgnoreFields(snapshot.Pool{}, "CollectedAt")); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if at := pools[0].CollectedAt; at.Location() != time.UTC || at.Before(before) || at.After(time.Now()) {
		t.Errorf("collected at %v, want now in UTC", at)
	}
}

func TestLivePoolWithoutClients(t *testing.T) {
	liveServer(t, livePool("A", 0))
	pools, _ := readLive(t, scanner.LiveOptions{})
	if diff := cmp.Diff([]any{}, pools[0].Sections["Clients"]); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestLiveKeepsOrderOfClients(t *testing.T) {
	pool := livePool("A", 130)
	liveServer(t, pool)
	pools, problems := readLive(t, scanner.LiveOptions{})
	if problems != nil {
		t.Errorf("problems %v, want none", problems)
	}
	var want, got []string
	for i := range pool.Clients {
		want = append(want, fmt.Sprint("client", i))
	}
	for _, c := range pools[0].Elements("Clients") {
		got = append(got, c.(map[string]any)["ClientId"].(string))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestLiveReadsAllPagesOneYieldAtATime(t *testing.T) {
	var pools []cognitotest.Pool
	for i := range 130 {
		pools = append(pools, livePool(fmt.Sprintf("pool%03d", i), 1))
	}
	liveServer(t, pools...)
	live, err := scanner.OpenLive(t.Context(), scanner.LiveOptions{Rate: unpaced})
	if err != nil {
		t.Fatal(err)
	}
	var yielding atomic.Int32
	seen := map[string]bool{}
	_, err = live.Pools(t.Context(), func(p *snapshot.Pool) error {
		if yielding.Add(1) != 1 {
			t.Error("yield is called twice at once")
		}
		seen[p.ID()] = true
		yielding.Add(-1)
		return nil
	})
	if err != nil || len(seen) != 130 {
		t.Errorf("%d pools and error %v, want 130 and none", len(seen), err)
	}
}

func TestLiveIncludePool(t *testing.T) {
	server := liveServer(t, livePool("A", 0), livePool("B", 0), livePool("C", 0))
	pools, _ := readLive(t, scanner.LiveOptions{IncludePool: func(id, name string) bool { return name == "name of B" }})
	if diff := cmp.Diff([]string{"B"}, liveIDs(pools)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	want := []cognitotest.Request{
		{Operation: "ListUserPools"},
		{Operation: "DescribeUserPool", PoolID: "B"},
		{Operation: "GetUserPoolMfaConfig", PoolID: "B"},
		{Operation: "ListUserPoolClients", PoolID: "B"},
	}
	if diff := cmp.Diff(want, server.Requests()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

const liveDenied = "User: arn:aws:iam::123456789012:user/test is not authorized to perform this action"

func TestLiveFailures(t *testing.T) {
	for _, tt := range []struct {
		name     string
		fault    cognitotest.Fault
		missing  string // the section that pool B lacks
		unknown  []snapshot.Unknown
		problems []scanner.Problem
	}{
		{
			"MFA configuration denied",
			cognitotest.Fault{Kind: cognitotest.Deny, Operation: "GetUserPoolMfaConfig", PoolID: "B"},
			"MfaConfig",
			[]snapshot.Unknown{{
				Path: "/MfaConfig", Reason: "GetUserPoolMfaConfig: AccessDeniedException: " + liveDenied,
				Hint: "allow cognito-idp:GetUserPoolMfaConfig", Operation: "GetUserPoolMfaConfig", Code: "AccessDeniedException",
			}},
			[]scanner.Problem{{
				Account: "123456789012", Region: "eu-west-1", Pool: "B",
				Operation: "GetUserPoolMfaConfig", Code: "AccessDeniedException", Message: liveDenied + " (allow cognito-idp:GetUserPoolMfaConfig)",
			}},
		},
		{
			"MFA configuration not served",
			cognitotest.Fault{Kind: cognitotest.ServerError, Operation: "GetUserPoolMfaConfig", PoolID: "B"},
			"MfaConfig",
			[]snapshot.Unknown{{
				Path: "/MfaConfig", Reason: "GetUserPoolMfaConfig: HTTP 500 Internal Server Error without an error code of the API",
				Operation: "GetUserPoolMfaConfig",
			}},
			[]scanner.Problem{{
				Account: "123456789012", Region: "eu-west-1", Pool: "B",
				Operation: "GetUserPoolMfaConfig", Message: "HTTP 500 Internal Server Error without an error code of the API",
			}},
		},
		{
			"list of clients denied",
			cognitotest.Fault{Kind: cognitotest.Deny, Operation: "ListUserPoolClients", PoolID: "B"},
			"Clients",
			[]snapshot.Unknown{{
				Path: "/Clients", Reason: "ListUserPoolClients: AccessDeniedException: " + liveDenied,
				Hint: "allow cognito-idp:ListUserPoolClients", Operation: "ListUserPoolClients", Code: "AccessDeniedException",
			}},
			[]scanner.Problem{{
				Account: "123456789012", Region: "eu-west-1", Pool: "B",
				Operation: "ListUserPoolClients", Code: "AccessDeniedException", Message: liveDenied + " (allow cognito-idp:ListUserPoolClients)",
			}},
		},
		{
			"second page of clients denied",
			cognitotest.Fault{Kind: cognitotest.Deny, Operation: "ListUserPoolClients", PoolID: "B", Call: 2},
			"Clients",
			[]snapshot.Unknown{{
				Path: "/Clients", Reason: "ListUserPoolClients: AccessDeniedException: " + liveDenied,
				Hint: "allow cognito-idp:ListUserPoolClients", Operation: "ListUserPoolClients", Code: "AccessDeniedException",
			}},
			[]scanner.Problem{{
				Account: "123456789012", Region: "eu-west-1", Pool: "B",
				Operation: "ListUserPoolClients", Code: "AccessDeniedException", Message: liveDenied + " (allow cognito-idp:ListUserPoolClients)",
			}},
		},
		{
			"one client denied",
			cognitotest.Fault{Kind: cognitotest.Deny, Operation: "DescribeUserPoolClient", PoolID: "B", Call: 1},
			"",
			[]snapshot.Unknown{{
				Path: "/Clients/0", Reason: "DescribeUserPoolClient: AccessDeniedException: client client0: " + liveDenied,
				Hint: "allow cognito-idp:DescribeUserPoolClient", Operation: "DescribeUserPoolClient", Code: "AccessDeniedException",
			}},
			[]scanner.Problem{{
				Account: "123456789012", Region: "eu-west-1", Pool: "B",
				Operation: "DescribeUserPoolClient", Code: "AccessDeniedException", Message: "client client0: " + liveDenied + " (allow cognito-idp:DescribeUserPoolClient)",
			}},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			liveServer(t, livePool("A", 61), livePool("B", 61)).Fail(tt.fault)
			pools, problems := readLive(t, scanner.LiveOptions{})
			if diff := cmp.Diff(tt.problems, problems); diff != "" {
				t.Errorf("problems -want +got\n%s", diff)
			}
			if diff := cmp.Diff([]string{"A", "B"}, liveIDs(pools)); diff != "" {
				t.Fatalf("pools -want +got\n%s", diff)
			}
			if pools[0].Unknown != nil {
				t.Errorf("pool A has unknown %v, want none", pools[0].Unknown)
			}
			if diff := cmp.Diff(tt.unknown, pools[1].Unknown); diff != "" {
				t.Errorf("unknown -want +got\n%s", diff)
			}
			for _, section := range []string{"UserPool", "MfaConfig", "Clients"} {
				if _, has := pools[1].Sections[section]; has != (section != tt.missing) {
					t.Errorf("section %s: present %t", section, has)
				}
			}
			clients := pools[1].Elements("Clients")
			if tt.missing == "" {
				want := map[string]any{"ClientId": "client0", "ClientName": "Client 0"}
				if diff := cmp.Diff(want, clients[0]); diff != "" || len(clients) != 61 {
					t.Errorf("%d clients, -want +got\n%s", len(clients), diff)
				}
			}
		})
	}
}

func TestLivePoolThatCannotBeDescribed(t *testing.T) {
	server := liveServer(t, livePool("A", 1), livePool("B", 1))
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "DescribeUserPool", PoolID: "A"})
	pools, problems := readLive(t, scanner.LiveOptions{})
	if diff := cmp.Diff([]string{"B"}, liveIDs(pools)); diff != "" {
		t.Errorf("pools -want +got\n%s", diff)
	}
	want := []scanner.Problem{{Account: "123456789012", Region: "eu-west-1", Pool: "A", Operation: "DescribeUserPool", Code: "AccessDeniedException", Message: liveDenied + " (allow cognito-idp:DescribeUserPool)"}}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("problems -want +got\n%s", diff)
	}
}

func TestLivePoolThatVanished(t *testing.T) {
	server := liveServer(t, livePool("A", 1), livePool("B", 1))
	server.Fail(cognitotest.Fault{Kind: cognitotest.NotFound, Operation: "DescribeUserPool", PoolID: "A"})
	pools, problems := readLive(t, scanner.LiveOptions{})
	if diff := cmp.Diff([]string{"B"}, liveIDs(pools)); diff != "" {
		t.Errorf("pools -want +got\n%s", diff)
	}
	want := []scanner.Problem{{Account: "123456789012", Region: "eu-west-1", Pool: "A", Operation: "DescribeUserPool", Code: "ResourceNotFoundException", Message: "User pool A does not exist."}}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("problems -want +got\n%s", diff)
	}
}

func TestLiveProblemsAreSorted(t *testing.T) {
	var pools []cognitotest.Pool
	for i := range 30 {
		pools = append(pools, livePool(fmt.Sprintf("pool%02d", 29-i), 2))
	}
	server := liveServer(t, pools...)
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "GetUserPoolMfaConfig"})
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "DescribeUserPoolClient"})
	_, problems := readLive(t, scanner.LiveOptions{})
	var got, want []string
	for _, p := range problems {
		got = append(got, p.Pool+" "+p.Operation+" "+p.Message)
	}
	want = slices.Sorted(slices.Values(got))
	if diff := cmp.Diff(want, got); diff != "" || len(got) != 90 {
		t.Errorf("%d problems, want 90; -want +got\n%s", len(got), diff)
	}
}

func TestLiveListDenied(t *testing.T) {
	liveServer(t, livePool("A", 1)).Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "ListUserPools"})
	live, err := scanner.OpenLive(t.Context(), scanner.LiveOptions{Rate: unpaced})
	if err != nil {
		t.Fatal(err)
	}
	got, err := live.Pools(t.Context(), func(*snapshot.Pool) error {
		t.Error("a pool was read")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []scanner.Problem{{
		Account: "123456789012", Region: "eu-west-1", Operation: "ListUserPools", Code: "AccessDeniedException", Message: liveDenied + " (allow cognito-idp:ListUserPools)",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems -want +got\n%s", diff)
	}
}

func TestLiveStopsWhenYieldFails(t *testing.T) {
	var pools []cognitotest.Pool
	for i := range 100 {
		pools = append(pools, livePool(fmt.Sprint("pool", i), 1))
	}
	liveServer(t, pools...)
	live, err := scanner.OpenLive(t.Context(), scanner.LiveOptions{Rate: unpaced})
	if err != nil {
		t.Fatal(err)
	}
	enough := errors.New("enough")
	yields := 0
	_, err = live.Pools(t.Context(), func(*snapshot.Pool) error {
		yields++
		return enough
	})
	if !errors.Is(err, enough) || yields != 1 {
		t.Errorf("%d yields and error %v, want 1 and %v", yields, err, enough)
	}
}

func TestLiveStopsWhenCancelled(t *testing.T) {
	server := liveServer(t, livePool("A", 1), livePool("B", 1))
	server.Fail(cognitotest.Fault{Kind: cognitotest.Hang, Operation: "DescribeUserPool", PoolID: "B"})
	live, err := scanner.OpenLive(t.Context(), scanner.LiveOptions{Rate: unpaced})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	problems, err := live.Pools(ctx, func(p *snapshot.Pool) error {
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) || problems != nil {
		t.Errorf("problems %v and error %v, want none and context.Canceled", problems, err)
	}
}

func TestLiveShowsNoSecret(t *testing.T) {
	pool := livePool("A", 1)
	pool.Clients = append(pool.Clients, `{"ClientId": "odd", "ClientSecret": "hunter2", "CallbackURLs": "hunter2"}`)
	liveServer(t, pool)
	pools, problems := readLive(t, scanner.LiveOptions{})
	text, err := json.Marshal(map[string]any{"pools": pools, "problems": problems})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "hunter2") {
		t.Errorf("a secret is in %s", text)
	}
	if len(problems) != 1 {
		t.Errorf("problems %v, want one about the odd client", problems)
	}
}
