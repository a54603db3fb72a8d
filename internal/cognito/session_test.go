package cognito

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// openOrganization starts a stand-in for accounts and opens a session of the
// first.
func openOrganization(t *testing.T, accounts ...cognitotest.Account) (*cognitotest.Server, *Session) {
	t.Helper()
	server := cognitotest.NewOrganization(accounts...)
	t.Cleanup(server.Close)
	setenv(t, server)
	return server, openSession(t)
}

func TestIdentity(t *testing.T) {
	for region, partition := range map[string]string{"eu-west-1": "aws", "cn-north-1": "aws-cn", "us-gov-west-1": "aws-us-gov"} {
		_, session := openOrganization(t, cognitotest.Account{ID: "111111111111"})
		session.config.Region = region
		got, err := session.Identity(t.Context())
		if want := (Identity{"111111111111", partition, "arn:" + partition + ":iam::111111111111:user/test"}); err != nil || got != want {
			t.Errorf("%s: got %v and error %v, want %v", region, got, err, want)
		}
	}
}

func TestAssume(t *testing.T) {
	const region = "eu-west-1"
	_, session := openOrganization(
		t, cognitotest.Account{ID: "111111111111"},
		cognitotest.Account{ID: "222222222222", Role: "audit", ExternalID: "x", Regions: map[string][]cognitotest.Pool{region: {examplePool}}},
	)
	const role = "arn:aws:iam::222222222222:role/audit"
	assumed, err := session.Assume(t.Context(), role, "x")
	if err != nil {
		t.Fatal(err)
	}
	if who, err := assumed.Identity(t.Context()); err != nil || who.Account != "222222222222" {
		t.Errorf("the role belongs to %v (%v), want 222222222222", who, err)
	}
	if pools, err := assumed.Client(region).ListPools(t.Context()); err != nil || len(pools) != 1 {
		t.Errorf("pools %v and error %v, want one", pools, err)
	}
	_, err = session.Assume(t.Context(), role, "")
	wantError(t, &ReadError{
		Operation: "AssumeRole", Code: "AccessDenied", Permission: "sts:AssumeRole",
		Message: "User: arn:aws:iam::111111111111:user/test is not authorized to perform: sts:AssumeRole on resource: " + role,
	}, err)
}

// A scan may take longer than the credentials of a role last.
func TestAssumedCredentialsAreRenewed(t *testing.T) {
	server, session := openOrganization(
		t, cognitotest.Account{ID: "111111111111"},
		cognitotest.Account{ID: "222222222222", Role: "audit", Regions: map[string][]cognitotest.Pool{"eu-west-1": {examplePool}}},
	)
	synctest.Test(t, func(t *testing.T) {
		session.config.HTTPClient = &http.Client{Transport: direct(server)}
		assumed, err := session.Assume(t.Context(), "arn:aws:iam::222222222222:role/audit", "")
		if err != nil {
			t.Fatal(err)
		}
		client := assumed.Client("eu-west-1")
		for range 10 {
			time.Sleep(10 * time.Minute)
			if _, err := client.ListPools(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestAccounts(t *testing.T) {
	accounts := []cognitotest.Account{{ID: "000000000000"}}
	var want []string
	for i := range 45 {
		id := fmt.Sprintf("%012d", i+1)
		state := ""
		if i%5 == 4 {
			state = "SUSPENDED"
		} else {
			want = append(want, id)
		}
		accounts = append(accounts, cognitotest.Account{ID: id, State: state})
	}
	server, session := openOrganization(t, accounts...)
	got, err := session.Accounts(t.Context())
	slices.Sort(got)
	if diff := cmp.Diff(append([]string{"000000000000"}, want...), got); diff != "" || err != nil {
		t.Errorf("error %v, -want +got\n%s", err, diff)
	}
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "ListAccounts", Call: 2})
	got, err = session.Accounts(t.Context())
	if len(got) != 17 || err == nil {
		t.Errorf("%d accounts and error %v, want the 17 active ones of the first page and an error", len(got), err)
	}
}

// An answer that broke off is asked for again.
func TestBrokenAnswersOnTheWay(t *testing.T) {
	server, session := openOrganization(
		t, cognitotest.Account{ID: "111111111111", Regions: map[string][]cognitotest.Pool{"eu-west-1": nil}},
		cognitotest.Account{ID: "222222222222", Role: "audit"},
	)
	for _, operation := range []string{"GetCallerIdentity", "AssumeRole", "ListAccounts", "DescribeRegions"} {
		server.Fail(cognitotest.Fault{Kind: cognitotest.CutBody, Operation: operation, Call: 1})
	}
	_, identity := session.Identity(t.Context())
	_, assume := session.Assume(t.Context(), "arn:aws:iam::222222222222:role/audit", "")
	_, accounts := session.Accounts(t.Context())
	_, regions := session.Regions(t.Context())
	if err := errors.Join(identity, assume, accounts, regions); err != nil {
		t.Error(err)
	}
}

// The role of a profile is assumed where the environment says, too.
func TestRoleOfAProfile(t *testing.T) {
	for _, opts := range []Options{{}, {EndpointURL: "set below"}} {
		server := cognitotest.NewOrganization(
			cognitotest.Account{ID: "111111111111"}, cognitotest.Account{ID: "222222222222", Role: "audit"},
		)
		t.Cleanup(server.Close)
		setenv(t, server)
		file := filepath.Join(t.TempDir(), "config")
		text := "[profile base]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = B\n" +
			"[profile chained]\nrole_arn = arn:aws:iam::222222222222:role/audit\nsource_profile = base\n"
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Setenv("AWS_CONFIG_FILE", file)
		t.Setenv("AWS_ACCESS_KEY_ID", "")
		t.Setenv("AWS_SECRET_ACCESS_KEY", "")
		opts.Profile = "chained"
		if opts.EndpointURL != "" {
			opts.EndpointURL = server.URL
			t.Setenv("AWS_ENDPOINT_URL", "")
		}
		session, err := Open(t.Context(), opts)
		if err != nil {
			t.Fatal(err)
		}
		if who, err := session.Identity(t.Context()); err != nil || who.Account != "222222222222" {
			t.Errorf("the credentials belong to %v (%v), want 222222222222", who, err)
		}
	}
}

func TestActive(t *testing.T) {
	for _, tt := range []struct {
		account types.Account
		want    bool
	}{
		{types.Account{State: types.AccountStateActive}, true},
		{types.Account{State: types.AccountStatePendingActivation, Status: types.AccountStatusActive}, false},
		{types.Account{Status: types.AccountStatusActive}, true},
		{types.Account{Status: types.AccountStatusSuspended}, false},
		{types.Account{}, false},
	} {
		if got := active(tt.account); got != tt.want {
			t.Errorf("%+v: got %t, want %t", tt.account, got, tt.want)
		}
	}
}

func TestRegions(t *testing.T) {
	server, session := openOrganization(t, cognitotest.Account{ID: "111111111111", Regions: map[string][]cognitotest.Pool{"us-east-1": nil, "eu-west-1": nil}})
	got, err := session.Regions(t.Context())
	if diff := cmp.Diff([]string{"eu-west-1", "us-east-1"}, got); diff != "" || err != nil {
		t.Errorf("error %v, -want +got\n%s", err, diff)
	}
	server.Fail(cognitotest.Fault{Kind: cognitotest.NotJSON, Operation: "DescribeRegions"})
	_, err = session.Regions(t.Context())
	wantError(t, &ReadError{Operation: "DescribeRegions", Message: "unexpected answer: no Region is enabled"}, err)
}

func TestNotOffered(t *testing.T) {
	// A server that nobody can find, as in a Region without user pools.
	nowhere := func(region string) error {
		_, session := openOrganization(t, cognitotest.Account{ID: "111111111111"})
		url := "http://cognito-idp." + region + ".invalid"
		session.endpoint = &url
		_, err := session.Client(region).ListPools(t.Context())
		return err
	}
	for region, want := range map[string]bool{"xx-nowhere-1": true, "eu-west-1": false} {
		err := nowhere(region)
		if err == nil {
			t.Fatalf("%s: a server answered", region)
		}
		if got := NotOffered(region, err); got != want {
			t.Errorf("%s: got %t for %v, want %t", region, got, err, want)
		}
	}
}
