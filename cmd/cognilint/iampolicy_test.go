package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognito"
	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

const ownAccount, otherAccount = "111122223333", "444455556666"

// policyPool has something in every section.
func policyPool(account string, i int) cognitotest.Pool {
	id := fmt.Sprintf("eu-west-1_%d", i)
	return cognitotest.Pool{
		UserPool: fmt.Sprintf(`{"Id": %q, "Name": %[1]q, "Arn": "arn:aws:cognito-idp:eu-west-1:%s:userpool/%[1]s",
			"Domain": "shop%[3]d", "CustomDomain": "%[3]d.example.com"}`, id, account, i),
		Clients:            []string{`{"ClientId": "web", "ClientName": "web"}`},
		IdentityProviders:  []string{`{"ProviderName": "idp", "ProviderType": "OIDC"}`},
		Groups:             []string{`{"GroupName": "staff"}`},
		ResourceServers:    []string{`{"Identifier": "orders", "Name": "orders"}`},
		RiskConfigurations: []string{`{"ClientId": "web", "RiskExceptionConfiguration": {}}`},
		Domains:            []string{fmt.Sprintf(`{"Domain": "shop%d"}`, i), fmt.Sprintf(`{"Domain": "%d.example.com"}`, i)},
		WebACL:             `{"Name": "acl", "Id": "1", "ARN": "arn:aws:wafv2:eu-west-1:` + account + `:regional/webacl/acl/1"}`,
	}
}

// policyServer starts an organization. Where the caller's own account has many
// pools, its web ACLs are listed; where the other one has one pool, it is asked
// for that.
func policyServer(t *testing.T) *cognitotest.Server {
	t.Helper()
	var many []cognitotest.Pool
	for i := range 5 {
		many = append(many, policyPool(ownAccount, i))
	}
	server := cognitotest.NewOrganization(
		cognitotest.Account{ID: ownAccount, Regions: map[string][]cognitotest.Pool{"eu-west-1": many}},
		cognitotest.Account{ID: otherAccount, Role: "audit", Regions: map[string][]cognitotest.Pool{"eu-west-1": {policyPool(otherAccount, 9)}}},
	)
	t.Cleanup(server.Close)
	for name, value := range cognitotest.Env(server.URL) {
		t.Setenv(name, value)
	}
	return server
}

// TestPolicyIsWhatScansCall compares the policy of a run with the operations
// that it calls: all are allowed, and nothing else is.
func TestPolicyIsWhatScansCall(t *testing.T) {
	type run struct {
		name string
		live scanner.LiveOptions
	}
	both := []scanner.LiveAccount{{ID: ownAccount}, {ID: otherAccount}}
	none := []string{}
	runs := []run{
		{"own account", scanner.LiveOptions{Sections: none}},
		{"own account by its id", scanner.LiveOptions{Sections: none, Accounts: both, Role: "audit"}},
		{"all Regions", scanner.LiveOptions{Sections: none, Regions: []string{"all"}}},
		{"all Regions of one account", scanner.LiveOptions{Sections: none, Accounts: []scanner.LiveAccount{{ID: otherAccount, Role: "audit", Regions: []string{"all"}}}}},
		{"first role", scanner.LiveOptions{Sections: none, RoleARN: "arn:aws:iam::" + otherAccount + ":role/audit"}},
		{"organization", scanner.LiveOptions{Sections: none, Organization: true, Role: "audit"}},
	}
	all := scanner.LiveOptions{Organization: true, Accounts: both, Role: "audit", Regions: []string{"all"}}
	for _, s := range snapshot.Sections {
		runs = append(runs, run{"section " + s.Name, scanner.LiveOptions{Sections: []string{s.Name}, Accounts: both, Role: "audit"}})
		all.Sections = append(all.Sections, s.Name)
	}
	runs = append(runs, run{"all", all})

	for _, tt := range runs {
		t.Run(tt.name, func(t *testing.T) {
			server := policyServer(t)
			tt.live.Rate = 1000
			live, err := scanner.OpenLive(t.Context(), tt.live)
			if err != nil {
				t.Fatal(err)
			}
			pools := 0
			problems, err := live.Pools(t.Context(), func(*snapshot.Pool) error {
				pools++
				return nil
			})
			if err != nil || problems != nil || pools == 0 {
				t.Fatalf("%d pools, problems %v, error %v", pools, problems, err)
			}
			called := map[string]bool{}
			for _, r := range server.Requests() {
				// Anybody may ask who they are.
				if r.Operation != "GetCallerIdentity" {
					called[r.Operation] = true
				}
			}
			if diff := cmp.Diff(slices.Sorted(maps.Keys(called)), allowedOperations(runOf(tt.live, false))); diff != "" {
				t.Errorf("called - allowed +\n%s", diff)
			}
		})
	}
}

// allowedOperations are the actions of a policy without their services.
func allowedOperations(run cognito.Run) []string {
	allowed := map[string]bool{}
	for _, s := range cognito.Permissions(run).Statement {
		for _, action := range s.Action {
			_, operation, _ := strings.Cut(action, ":")
			allowed[operation] = true
		}
	}
	return slices.Sorted(maps.Keys(allowed))
}

func TestRunOfAccounts(t *testing.T) {
	for _, tt := range []struct {
		name string
		live scanner.LiveOptions
		want []string
	}{
		{"none", scanner.LiveOptions{Role: "audit"}, nil},
		{"role of all", scanner.LiveOptions{Role: "a/audit", Accounts: []scanner.LiveAccount{{ID: "1"}}}, []string{"arn:*:iam::1:role/a/audit"}},
		{"role of its own", scanner.LiveOptions{Role: "audit", Accounts: []scanner.LiveAccount{{ID: "1", Role: "/own"}}}, []string{"arn:*:iam::1:role/own"}},
		{"ARN", scanner.LiveOptions{Role: "audit", Accounts: []scanner.LiveAccount{{ID: "1", Role: "arn:aws-cn:iam::1:role/own"}}}, []string{"arn:aws-cn:iam::1:role/own"}},
		{"profile", scanner.LiveOptions{Role: "audit", Accounts: []scanner.LiveAccount{{ID: "1", Profile: "one"}}}, nil},
		{
			"organization",
			scanner.LiveOptions{Organization: true, Role: "audit", Accounts: []scanner.LiveAccount{{ID: "1"}, {ID: "2", Role: "own"}}},
			[]string{"arn:*:iam::*:role/audit", "arn:*:iam::2:role/own"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, runOf(tt.live, false).AccountRoles); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestIAMPolicyOutput(t *testing.T) {
	many := []string{"--org-role", "audit"}
	for i := range 200 {
		many = append(many, "--account", fmt.Sprintf("%012d", i))
	}
	for _, tt := range []struct {
		name    string
		args    []string
		tooLong bool
	}{
		{"default", nil, false},
		{"all there is", []string{
			"--fix", "--baseline", "all", "--org", "--region", "all",
			"--role-arn", "arn:aws-us-gov:iam::111122223333:role/" + strings.Repeat("r", 64), "--org-role", strings.Repeat("r", 64),
		}, false},
		{"flags of a scan that change nothing", []string{"--profile", "p", "--rate", "0.5", "--timeout", "10s", "--endpoint-url", "http://127.0.0.1:1"}, false},
		{"many accounts", many, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var stdout, again, stderr bytes.Buffer
			args := append([]string{"cognilint", "iam-policy"}, tt.args...)
			if code := run(t.Context(), args, nil, &stdout, &stderr); code != exitOK {
				t.Fatalf("exit code %d: %s", code, &stderr)
			}
			if size := policySize(stdout.Bytes()); (size > maxPolicySize) != tt.tooLong {
				t.Errorf("the policy has %d characters", size)
			}
			if warned := strings.Contains(stderr.String(), "a managed policy at most 6144"); warned != tt.tooLong || !tt.tooLong && stderr.Len() > 0 {
				t.Errorf("stderr %q", &stderr)
			}
			checkPolicy(t, stdout.Bytes())
			run(t.Context(), args, nil, &again, &stderr)
			if diff := cmp.Diff(stdout.String(), again.String()); diff != "" {
				t.Errorf("the second time -first +second\n%s", diff)
			}
		})
	}
}

// checkPolicy looks at a policy document the way IAM does.
func checkPolicy(t *testing.T, text []byte) {
	t.Helper()
	var policy struct {
		Version   string
		Statement []struct {
			Sid, Effect      string
			Action, Resource []string
			Condition        map[string]map[string]string
		}
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&policy); err != nil {
		t.Fatal(err)
	}
	if policy.Version != "2012-10-17" || len(policy.Statement) == 0 {
		t.Errorf("version %q and %d statements", policy.Version, len(policy.Statement))
	}
	for _, s := range policy.Statement {
		if s.Effect != "Allow" || len(s.Action) == 0 || len(s.Resource) == 0 {
			t.Errorf("malformed statement %+v", s)
		}
		if strings.Contains(strings.Join(s.Action, " "), "*") {
			t.Errorf("%s: actions %v hold a wildcard", s.Sid, s.Action)
		}
		if want := slices.Compact(slices.Sorted(slices.Values(s.Action))); !slices.Equal(want, s.Action) {
			t.Errorf("%s: actions %v, want %v", s.Sid, s.Action, want)
		}
		if slices.Contains(s.Action, "iam:PassRole") && s.Condition == nil {
			t.Errorf("%s: a role may be passed to any service", s.Sid)
		}
	}
}
