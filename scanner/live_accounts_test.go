package scanner_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

// The accounts of the tests' organization: the caller's own, which has no role,
// three with a role, and one that is closed.
const (
	ownAccount    = "111111111111"
	shopAccount   = "222222222222"
	staffAccount  = "333333333333"
	closedAccount = "444444444444"
)

// organization has a pool in each account and Region, called account-Region.
func organization(regions ...string) []cognitotest.Account {
	if regions == nil {
		regions = []string{"eu-west-1", "us-east-1"}
	}
	accounts := []cognitotest.Account{
		{ID: ownAccount},
		{ID: shopAccount, Role: "audit"},
		{ID: staffAccount, Role: "audit", ExternalID: "x"},
		{ID: closedAccount, Role: "audit", State: "CLOSED"},
	}
	for i := range accounts {
		accounts[i].Regions = map[string][]cognitotest.Pool{}
		for _, region := range regions {
			id := accounts[i].ID + "-" + region
			accounts[i].Regions[region] = []cognitotest.Pool{{
				UserPool: fmt.Sprintf(`{"Id": %q, "Arn": "arn:aws:cognito-idp:%s:%s:userpool/%s"}`, id, region, accounts[i].ID, id),
			}}
		}
	}
	return accounts
}

func liveOrganization(t *testing.T, accounts ...cognitotest.Account) *cognitotest.Server {
	t.Helper()
	server := cognitotest.NewOrganization(accounts...)
	t.Cleanup(server.Close)
	for name, value := range cognitotest.Env(server.URL) {
		t.Setenv(name, value)
	}
	return server
}

func TestLiveAccountsAndRegions(t *testing.T) {
	all := []string{scanner.AllRegions}
	everything := scanner.LiveOptions{Organization: true, Role: "audit", ExternalID: "x", Regions: all}
	const eu, us = "-eu-west-1", "-us-east-1"
	for _, tt := range []struct {
		name     string
		opts     scanner.LiveOptions
		faults   []cognitotest.Fault
		pools    []string
		problems []string // account, Region, operation and a part of the message
	}{
		{"own account", scanner.LiveOptions{}, nil, []string{ownAccount + eu}, nil},
		{"Regions", scanner.LiveOptions{Regions: []string{"us-east-1", "eu-west-1", "us-east-1"}}, nil, []string{ownAccount + eu, ownAccount + us}, nil},
		{"all Regions", scanner.LiveOptions{Regions: all}, nil, []string{ownAccount + eu, ownAccount + us}, nil},
		{
			"Region that is not enabled",
			scanner.LiveOptions{Regions: []string{"af-south-1", "eu-west-1"}},
			nil,
			[]string{ownAccount + eu},
			[]string{ownAccount + " af-south-1 ListUserPools: The security token included in the request is invalid.; the Region may not be enabled in the account"},
		},
		{"organization", everything, nil, []string{ownAccount + eu, ownAccount + us, shopAccount + eu, shopAccount + us, staffAccount + eu, staffAccount + us}, nil},
		{"role by ARN", scanner.LiveOptions{RoleARN: "arn:aws:iam::" + staffAccount + ":role/audit", ExternalID: "x"}, nil, []string{staffAccount + eu}, nil},
		{
			"role without its external id",
			scanner.LiveOptions{RoleARN: "arn:aws:iam::" + staffAccount + ":role/audit"},
			nil, nil,
			[]string{staffAccount + "  AssumeRole: "},
		},
		{
			"accounts with settings of their own",
			scanner.LiveOptions{Regions: []string{"eu-west-1"}, Accounts: []scanner.LiveAccount{
				{ID: ownAccount},
				{ID: shopAccount, Role: "audit", Regions: []string{"us-east-1"}},
				{ID: staffAccount, Role: "arn:aws:iam::" + staffAccount + ":role/audit", ExternalID: "x", Regions: all},
				{ID: ownAccount, Regions: all},
			}},
			nil,
			[]string{ownAccount + eu, shopAccount + us, staffAccount + eu, staffAccount + us},
			nil,
		},
		{
			"account without a role",
			scanner.LiveOptions{Accounts: []scanner.LiveAccount{{ID: shopAccount}, {ID: ownAccount}}},
			nil,
			[]string{ownAccount + eu},
			[]string{shopAccount + "  : no role is named to enter the account with"},
		},
		{
			"account that cannot be entered",
			everything,
			[]cognitotest.Fault{{Kind: cognitotest.Deny, Operation: "AssumeRole", Call: 1}},
			nil, // which of the two is met first is not known
			[]string{"  AssumeRole: "},
		},
		{
			"Region that cannot be entered",
			everything,
			[]cognitotest.Fault{{Kind: cognitotest.Deny, Operation: "ListUserPools", Account: shopAccount, Region: "us-east-1"}},
			[]string{ownAccount + eu, ownAccount + us, shopAccount + eu, staffAccount + eu, staffAccount + us},
			[]string{shopAccount + " us-east-1 ListUserPools: "},
		},
		{
			"Regions that cannot be listed",
			everything,
			[]cognitotest.Fault{{Kind: cognitotest.Deny, Operation: "DescribeRegions", Account: shopAccount}},
			[]string{ownAccount + eu, ownAccount + us, staffAccount + eu, staffAccount + us},
			[]string{shopAccount + "  DescribeRegions: "},
		},
		{
			"accounts that cannot be listed",
			everything,
			[]cognitotest.Fault{{Kind: cognitotest.Deny, Operation: "ListAccounts"}},
			[]string{ownAccount + eu, ownAccount + us},
			[]string{ownAccount + "  ListAccounts: "},
		},
		{
			"identity unknown",
			everything,
			[]cognitotest.Fault{{Kind: cognitotest.InternalError, Operation: "GetCallerIdentity"}},
			nil,
			[]string{"  GetCallerIdentity: "},
		},
		{
			"credentials that expire in the middle",
			everything,
			[]cognitotest.Fault{{Kind: cognitotest.ExpiredToken, Account: shopAccount, Region: "us-east-1", From: 2}},
			[]string{ownAccount + eu, ownAccount + us, shopAccount + eu, staffAccount + eu, staffAccount + us},
			[]string{shopAccount + " us-east-1 DescribeUserPool: The security token included in the request is expired"},
		},
		{
			"server that hangs",
			scanner.LiveOptions{Regions: all, Timeout: 50 * time.Millisecond},
			[]cognitotest.Fault{{Kind: cognitotest.Hang, Operation: "DescribeUserPool", Region: "us-east-1"}},
			[]string{ownAccount + eu},
			[]string{ownAccount + " us-east-1 DescribeUserPool: no answer within 50ms"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := liveOrganization(t, organization()...)
			for _, fault := range tt.faults {
				server.Fail(fault)
			}
			pools, problems := readLive(t, tt.opts)
			for i, p := range problems {
				if i >= len(tt.problems) {
					t.Fatalf("problems %v, want %d", problems, len(tt.problems))
				}
				if got := fmt.Sprintf("%s %s %s: %s", p.Account, p.Region, p.Operation, p.Message); !strings.Contains(got, tt.problems[i]) {
					t.Errorf("problem %q, want %q", got, tt.problems[i])
				}
			}
			if len(problems) < len(tt.problems) {
				t.Errorf("problems %v, want %q", problems, tt.problems)
			}
			if tt.pools == nil && len(problems) > 0 {
				return
			}
			if diff := cmp.Diff(tt.pools, liveIDs(pools)); diff != "" {
				t.Errorf("pools -want +got\n%s", diff)
			}
			for _, p := range pools {
				if p.ID() != p.Account+"-"+p.Region {
					t.Errorf("pool %s has account %s and Region %s", p.ID(), p.Account, p.Region)
				}
			}
		})
	}
}

// Every account but the one whose role is refused is read, whichever it is.
func TestLiveReadsOtherAccounts(t *testing.T) {
	server := liveOrganization(t, organization()...)
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "AssumeRole", Call: 1})
	pools, problems := readLive(t, scanner.LiveOptions{Organization: true, Role: "audit", ExternalID: "x"})
	if len(problems) != 1 || len(pools) != 2 {
		t.Fatalf("%d pools and problems %v, want those of two accounts and one problem", len(pools), problems)
	}
	if slices.Contains(liveIDs(pools), problems[0].Account+"-eu-west-1") {
		t.Errorf("account %s was read", problems[0].Account)
	}
}

func TestLivePartitions(t *testing.T) {
	for _, region := range []string{"cn-north-1", "us-gov-west-1"} {
		t.Run(region, func(t *testing.T) {
			liveOrganization(t, organization(region)...)
			t.Setenv("AWS_REGION", region)
			pools, problems := readLive(t, scanner.LiveOptions{Organization: true, Role: "audit", ExternalID: "x", Regions: []string{scanner.AllRegions}})
			want := []string{ownAccount + "-" + region, shopAccount + "-" + region, staffAccount + "-" + region}
			if diff := cmp.Diff(want, liveIDs(pools)); diff != "" || problems != nil {
				t.Errorf("problems %v, pools -want +got\n%s", problems, diff)
			}
		})
	}
}

func TestLiveProfileOfAnAccount(t *testing.T) {
	liveOrganization(t, organization()...)
	file := filepath.Join(t.TempDir(), "config")
	text := "[profile own]\nregion = us-east-1\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = B\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CONFIG_FILE", file)
	for _, tt := range []struct {
		account, profile string
		pools            []string
		problem          string
	}{
		{ownAccount, "own", []string{ownAccount + "-eu-west-1"}, ""},
		{shopAccount, "own", nil, "profile own belongs to account " + ownAccount},
		{shopAccount, "nobody", nil, "load the AWS configuration: failed to get shared config profile, nobody"},
	} {
		pools, problems := readLive(t, scanner.LiveOptions{
			Regions: []string{"eu-west-1"}, Accounts: []scanner.LiveAccount{{ID: tt.account, Profile: tt.profile}},
		})
		if diff := cmp.Diff(tt.pools, liveIDs(pools)); diff != "" {
			t.Errorf("%v: pools -want +got\n%s", tt, diff)
		}
		if (tt.problem == "") != (problems == nil) || problems != nil && (problems[0].Message != tt.problem || problems[0].Account != tt.account) {
			t.Errorf("%v: problems %v", tt, problems)
		}
	}
}

// What the configuration says about accounts counts in an organization, too.
func TestLiveKnownAccounts(t *testing.T) {
	liveOrganization(t, organization()...)
	pools, problems := readLive(t, scanner.LiveOptions{
		Organization: true, Role: "audit", ExternalID: "x",
		Accounts: []scanner.LiveAccount{{ID: ownAccount}},
		Known:    []scanner.LiveAccount{{ID: shopAccount, Regions: []string{"us-east-1"}}},
	})
	want := []string{ownAccount + "-eu-west-1", shopAccount + "-us-east-1", staffAccount + "-eu-west-1"}
	if diff := cmp.Diff(want, liveIDs(pools)); diff != "" || problems != nil {
		t.Errorf("problems %v, pools -want +got\n%s", problems, diff)
	}
}

func TestLiveNeedsARegion(t *testing.T) {
	liveOrganization(t, organization()...)
	t.Setenv("AWS_REGION", "")
	for _, tt := range []struct {
		name string
		opts scanner.LiveOptions
		want bool
	}{
		{"own account", scanner.LiveOptions{}, false},
		{"account without Regions", scanner.LiveOptions{Accounts: []scanner.LiveAccount{{ID: ownAccount}}}, false},
		{"organization", scanner.LiveOptions{Organization: true, Accounts: []scanner.LiveAccount{{ID: ownAccount, Regions: []string{"eu-west-1"}}}}, false},
		{"all Regions", scanner.LiveOptions{Regions: []string{scanner.AllRegions}}, true},
		{"accounts with Regions", scanner.LiveOptions{Accounts: []scanner.LiveAccount{{ID: ownAccount, Regions: []string{"eu-west-1"}}}}, true},
	} {
		_, err := scanner.OpenLive(t.Context(), tt.opts)
		if (err == nil) != tt.want {
			t.Errorf("%s: error %v", tt.name, err)
		}
	}
}

// Pools that are left out when they were described are not read further, and
// nothing about them is a problem.
func TestLiveIncludeRead(t *testing.T) {
	server := liveServer(t, livePool("A", 1), livePool("B", 1))
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "GetUserPoolMfaConfig", PoolID: "A"})
	pools, problems := readLive(t, scanner.LiveOptions{IncludeRead: func(p *snapshot.Pool) bool { return p.Name() == "name of B" }})
	if diff := cmp.Diff([]string{"B"}, liveIDs(pools)); diff != "" || problems != nil {
		t.Errorf("problems %v, pools -want +got\n%s", problems, diff)
	}
	for _, r := range server.Requests() {
		if r.PoolID == "A" && r.Operation != "DescribeUserPool" {
			t.Errorf("%s was called for the pool that is left out", r.Operation)
		}
	}
}

// A page of the list that fails does not lose the pools of the pages before.
func TestLivePageOfPoolsFails(t *testing.T) {
	var pools []cognitotest.Pool
	for i := range 130 {
		pools = append(pools, livePool(fmt.Sprintf("pool%03d", i), 0))
	}
	server := liveServer(t, pools...)
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "ListUserPools", Call: 3})
	got, problems := readLive(t, scanner.LiveOptions{})
	if len(got) != 120 || len(problems) != 1 || problems[0].Operation != "ListUserPools" {
		t.Errorf("%d pools and problems %v, want 120 and one", len(got), problems)
	}
}

func TestLiveTellsPlaces(t *testing.T) {
	server := liveOrganization(t, organization()...)
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "DescribeUserPool", Account: shopAccount})
	var got []string
	readLive(t, scanner.LiveOptions{
		Organization: true, Role: "audit", ExternalID: "x", Regions: []string{"eu-west-1"},
		PlaceDone: func(p scanner.Place) {
			got = append(got, fmt.Sprintf("%s %s %d %d", p.Account, p.Region, p.Pools, p.Problems))
		},
	})
	slices.Sort(got)
	want := []string{ownAccount + " eu-west-1 1 0", shopAccount + " eu-west-1 1 1", staffAccount + " eu-west-1 1 0"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// Every account is in exactly one shard.
func TestShards(t *testing.T) {
	var accounts []cognitotest.Account
	for i := range 12 {
		id := fmt.Sprintf("%012d", 111122220000+i)
		accounts = append(accounts, cognitotest.Account{ID: id, Role: "audit", Regions: map[string][]cognitotest.Pool{
			"eu-west-1": {{UserPool: fmt.Sprintf(`{"Id": "eu-west-1_P%d", "Arn": "arn:aws:cognito-idp:eu-west-1:%s:userpool/eu-west-1_P%[1]d"}`, i, id)}},
		}})
	}
	server := cognitotest.NewOrganization(accounts...)
	defer server.Close()
	for name, value := range cognitotest.Env(server.URL) {
		t.Setenv(name, value)
	}
	seen := map[string]int{}
	const shards = 3
	for shard := range shards {
		live, err := scanner.OpenLive(t.Context(), scanner.LiveOptions{Organization: true, Role: "audit", Rate: 1000, Shard: shard, Shards: shards})
		if err != nil {
			t.Fatal(err)
		}
		if problems, err := live.Pools(t.Context(), func(p *snapshot.Pool) error { seen[p.ID()]++; return nil }); err != nil || len(problems) > 0 {
			t.Errorf("shard %d: %v %v", shard, problems, err)
		}
	}
	if len(seen) != len(accounts) {
		t.Errorf("%d pools were read, want %d", len(seen), len(accounts))
	}
	for id, times := range seen {
		if times != 1 {
			t.Errorf("pool %s was read %d times", id, times)
		}
	}
}
