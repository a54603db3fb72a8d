package scanner_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

func openLive(t *testing.T, opts scanner.LiveOptions) *scanner.Live {
	t.Helper()
	opts.Rate = unpaced
	live, err := scanner.OpenLive(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	return live
}

// callsOf counts the requests of an operation.
func callsOf(server *cognitotest.Server, operation string) (n int) {
	for _, r := range server.Requests() {
		if r.Operation == operation {
			n++
		}
	}
	return n
}

func TestEnter(t *testing.T) {
	server := liveOrganization(t, organization()...)
	live := openLive(t, scanner.LiveOptions{
		Role: "audit", Regions: []string{"us-east-1", "eu-west-1"},
		Accounts: []scanner.LiveAccount{{ID: shopAccount, Regions: []string{"eu-west-1"}}, {ID: ownAccount}, {ID: staffAccount}},
	})
	entrances, problems, err := live.Enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entrances {
		pool, unread := e.Read(t.Context(), e.Account(t.Context())+"-"+e.Region())
		if pool == nil || unread != nil {
			t.Fatalf("pool %v, problems %v", pool, unread)
		}
		got = append(got, fmt.Sprintf("%s %s %s %s", e.Account(t.Context()), e.Region(), e.Caller(t.Context()), pool.ID()))
	}
	want := []string{
		ownAccount + " eu-west-1 arn:aws:iam::" + ownAccount + ":user/test " + ownAccount + "-eu-west-1",
		ownAccount + " us-east-1 arn:aws:iam::" + ownAccount + ":user/test " + ownAccount + "-us-east-1",
		shopAccount + " eu-west-1 arn:aws:sts::" + shopAccount + ":assumed-role/audit/cognilint " + shopAccount + "-eu-west-1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	// Its role wants an external id.
	if len(problems) != 1 || problems[0].Account != staffAccount || problems[0].Operation != "AssumeRole" {
		t.Errorf("problems %v, want that %s cannot be entered", problems, staffAccount)
	}
	if n := callsOf(server, "ListUserPools"); n != 0 {
		t.Errorf("%d calls of ListUserPools, want none", n)
	}
}

func TestEnterAfterPoolsAndBefore(t *testing.T) {
	server := liveOrganization(t, organization()...)
	role := "arn:aws:iam::" + shopAccount + ":role/audit"
	pools := func(live *scanner.Live) (ids []string) {
		problems, err := live.Pools(t.Context(), func(p *snapshot.Pool) error {
			ids = append(ids, p.ID())
			return nil
		})
		if problems != nil || err != nil {
			t.Errorf("problems %v, error %v", problems, err)
		}
		return ids
	}
	for _, poolsFirst := range []bool{true, false} {
		live := openLive(t, scanner.LiveOptions{RoleARN: role})
		assumed := callsOf(server, "AssumeRole")
		var ids []string
		if poolsFirst {
			ids = pools(live)
		}
		entrances, problems, err := live.Enter(t.Context())
		if len(entrances) != 1 || problems != nil || err != nil {
			t.Fatalf("entrances %v, problems %v, error %v", entrances, problems, err)
		}
		if !poolsFirst {
			ids = pools(live)
		}
		if diff := cmp.Diff([]string{shopAccount + "-eu-west-1"}, ids); diff != "" {
			t.Errorf("pools -want +got\n%s", diff)
		}
		found, ok := live.Find(t.Context(), shopAccount, "eu-west-1")
		if !ok || found.Client() != entrances[0].Client() {
			t.Errorf("found %v (%t), want the client that was there before", found, ok)
		}
		if n := callsOf(server, "AssumeRole") - assumed; n != 1 {
			t.Errorf("%d calls of AssumeRole, want 1", n)
		}
		if p := live.Progress(); p.Places != 1 || p.PlacesLeft != 0 || p.Pools != 1 {
			t.Errorf("progress %+v", p)
		}
	}
}

func TestFind(t *testing.T) {
	t.Run("own account that a pool tells", func(t *testing.T) {
		server := liveServer(t, livePool("A", 1))
		live := openLive(t, scanner.LiveOptions{})
		if _, ok := live.Find(t.Context(), "123456789012", "eu-west-1"); ok {
			t.Error("found before anything was entered")
		}
		if _, err := live.Pools(t.Context(), func(*snapshot.Pool) error { return nil }); err != nil {
			t.Fatal(err)
		}
		e, ok := live.Find(t.Context(), "123456789012", "eu-west-1")
		if !ok || e.Account(t.Context()) != "123456789012" || callsOf(server, "GetCallerIdentity") != 0 {
			t.Errorf("found %t after %d calls of GetCallerIdentity", ok, callsOf(server, "GetCallerIdentity"))
		}
		for _, place := range [][2]string{{"123456789012", "us-east-1"}, {"210987654321", "eu-west-1"}, {"", "eu-west-1"}} {
			if _, ok := live.Find(t.Context(), place[0], place[1]); ok {
				t.Errorf("found %v", place)
			}
		}
	})
	t.Run("own account that the credentials tell", func(t *testing.T) {
		server := liveServer(t, livePool("A", 1))
		live := openLive(t, scanner.LiveOptions{})
		if _, _, err := live.Enter(t.Context()); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			e, ok := live.Find(t.Context(), "123456789012", "eu-west-1")
			if !ok || e.Account(t.Context()) != "123456789012" {
				t.Errorf("found %t", ok)
			}
		}
		if n := callsOf(server, "GetCallerIdentity"); n != 1 {
			t.Errorf("%d calls of GetCallerIdentity, want 1", n)
		}
	})
	t.Run("nobody tells the own account", func(t *testing.T) {
		server := liveServer(t, cognitotest.Pool{UserPool: `{"Id": "local_A", "Arn": "arn:aws:cognito-idp:local:local:userpool/local_A"}`})
		server.Fail(cognitotest.Fault{Kind: cognitotest.InternalError, Operation: "GetCallerIdentity"})
		live := openLive(t, scanner.LiveOptions{Sections: []string{}})
		if _, problems, err := live.Enter(t.Context()); problems != nil || err != nil {
			t.Fatalf("problems %v, error %v", problems, err)
		}
		asked := callsOf(server, "GetCallerIdentity")
		e, ok := live.Find(t.Context(), "", "eu-west-1")
		if !ok || e.Caller(t.Context()) != "" {
			t.Fatalf("found %t", ok)
		}
		if pool, problems := e.Read(t.Context(), "local_A"); pool == nil || problems != nil {
			t.Errorf("pool %v, problems %v", pool, problems)
		}
		if n := callsOf(server, "GetCallerIdentity"); n != asked {
			t.Errorf("asked again who the caller is")
		}
		if _, ok := live.Find(t.Context(), "123456789012", "eu-west-1"); ok {
			t.Error("found an account that nobody told")
		}
	})
}

// A pool that is read again is what it was, as long as nobody changes it.
func TestEntranceReadsAsPoolsDoes(t *testing.T) {
	pools := protected(6, 2)
	pools[0].Clients = livePool("", 3).Clients
	pools[0].RiskConfigurations = []string{`{"ClientId": "client1", "RiskExceptionConfiguration": {}}`}
	server := liveServer(t, pools...)
	live := openLive(t, scanner.LiveOptions{Sections: allSections(), IncludeRead: func(p *snapshot.Pool) bool { return true }})
	var read []*snapshot.Pool
	if problems, err := live.Pools(t.Context(), func(p *snapshot.Pool) error {
		read = append(read, p)
		return nil
	}); problems != nil || err != nil {
		t.Fatalf("problems %v, error %v", problems, err)
	}
	lists, asked := callsOf(server, "ListWebACLs"), callsOf(server, "GetWebACLForResource")
	for _, want := range read {
		e, ok := live.Find(t.Context(), want.Account, want.Region)
		if !ok {
			t.Fatalf("%s in %s was not found", want.Account, want.Region)
		}
		got, problems := e.Read(t.Context(), want.ID())
		if problems != nil {
			t.Errorf("problems %v", problems)
		}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(snapshot.Pool{}, "CollectedAt")); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	}
	if callsOf(server, "ListWebACLs") != lists || callsOf(server, "GetWebACLForResource") != asked+len(read) {
		t.Error("the web ACL of a single pool was not asked for with one request")
	}
}

func TestEntranceReadFails(t *testing.T) {
	server := liveServer(t, livePool("A", 1))
	live := openLive(t, scanner.LiveOptions{})
	entrances, _, err := live.Enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	e := entrances[0]
	pool, problems := e.Read(t.Context(), "B")
	if pool != nil || len(problems) != 1 || problems[0].Code != "ResourceNotFoundException" || problems[0].Account != "123456789012" || problems[0].Pool != "B" {
		t.Errorf("pool %v, problems %v", pool, problems)
	}
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "GetUserPoolMfaConfig"})
	pool, problems = e.Read(t.Context(), "A")
	if pool == nil || len(pool.UnknownFor("/MfaConfig")) != 1 || len(problems) != 1 || problems[0].Operation != "GetUserPoolMfaConfig" {
		t.Errorf("pool %v, problems %v", pool, problems)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if pool, _ := e.Read(ended, "A"); pool != nil {
		t.Errorf("pool %v was read after the end", pool)
	}
	if _, _, err := openLive(t, scanner.LiveOptions{}).Enter(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

// Pools are handed over while others are read, and may be read again then.
func TestEntrancesSideBySide(t *testing.T) {
	liveOrganization(t, organization()...)
	live := openLive(t, scanner.LiveOptions{Organization: true, Role: "audit", ExternalID: "x", Regions: []string{scanner.AllRegions}})
	var again sync.WaitGroup
	var mu sync.Mutex
	var got, want []string
	problems, err := live.Pools(t.Context(), func(p *snapshot.Pool) error {
		want = append(want, p.ID())
		for range 3 {
			again.Go(func() {
				e, ok := live.Find(t.Context(), p.Account, p.Region)
				if !ok {
					t.Errorf("%s in %s was not found", p.Account, p.Region)
					return
				}
				if !strings.Contains(e.Caller(t.Context()), p.Account) {
					t.Errorf("caller %s, want one of %s", e.Caller(t.Context()), p.Account)
				}
				if pool, _ := e.Read(t.Context(), p.ID()); pool != nil {
					mu.Lock()
					defer mu.Unlock()
					got = append(got, pool.ID())
				}
			})
		}
		return nil
	})
	again.Wait()
	if problems != nil || err != nil {
		t.Errorf("problems %v, error %v", problems, err)
	}
	want = slices.Sorted(slices.Values(slices.Repeat(want, 3)))
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
