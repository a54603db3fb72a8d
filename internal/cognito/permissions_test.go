package cognito

import (
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/snapshot"
)

// everyRun needs all that there is.
var everyRun = Run{
	Repair: true, AllRegions: true, Organization: true,
	FirstRole: "arn:aws:iam::111122223333:role/audit", AccountRoles: []string{"arn:*:iam::*:role/audit"},
}

// Every operation that the package calls is allowed, and no other, except for
// the one that needs no permission. What Cognito does on behalf of the caller is
// not called here.
func TestPermissionsCoverOperations(t *testing.T) {
	dependents := map[string]bool{}
	for _, s := range repairDependents {
		for _, action := range s.Action {
			if strings.HasPrefix(action, "cognito-idp:") {
				t.Errorf("%s is called here, if at all", action)
			}
			dependents[action] = true
		}
	}
	got := map[string]bool{}
	for _, s := range Permissions(everyRun).Statement {
		for _, action := range s.Action {
			if !dependents[action] {
				got[action] = true
			}
		}
	}
	want := map[string]bool{}
	for name, o := range operations {
		if name != "GetCallerIdentity" {
			want[o.service+":"+name] = true
		}
		for _, action := range o.also {
			want[action] = true
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// What a repair calls besides reading is allowed to it, and to no scan.
func TestPermissionsOfRepairs(t *testing.T) {
	called := map[string]bool{}
	client := openPool(t, func(w http.ResponseWriter, r *http.Request) {
		called["cognito-idp:"+strings.TrimPrefix(r.Header.Get("X-Amz-Target"), "AWSCognitoIdentityProviderService.")] = true
		io.WriteString(w, "{}")
	})
	for operation := range builders {
		if _, err := client.Write(t.Context(), operation, "eu-west-1_A", map[string]any{"UserPoolId": "eu-west-1_A"}); err != nil {
			t.Error(err)
		}
	}
	if _, err := client.ImportRunning(t.Context(), "eu-west-1_A"); err != nil {
		t.Error(err)
	}
	var allowed []string
	for _, s := range Permissions(Run{Repair: true}).Statement {
		if s.Sid == "CognilintRepairPools" {
			allowed = s.Action
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(called)), allowed); diff != "" {
		t.Errorf("called - allowed +\n%s", diff)
	}
	every := everyRun
	every.Repair = false
	for _, s := range snapshot.Sections {
		every.Sections = append(every.Sections, s.Name)
	}
	for _, s := range Permissions(every).Statement {
		for _, action := range s.Action {
			if called[action] {
				t.Errorf("a scan may %s", action)
			}
		}
	}
}

func TestPermissionsKnowSections(t *testing.T) {
	var want []string
	for _, s := range snapshot.Sections {
		want = append(want, s.Name)
	}
	known := map[string]bool{}
	for _, reads := range sectionReads {
		for section, names := range reads.operations {
			known[section] = true
			for _, name := range names {
				if operations[name].service == "" {
					t.Errorf("section %s takes %s, which is not in the table of operations", section, name)
				}
			}
		}
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(known))); diff != "" {
		t.Errorf("sections -want +got\n%s", diff)
	}
}

func TestPermissions(t *testing.T) {
	for _, tt := range []struct {
		name string
		run  Run
		want string // statement=resources: actions
	}{
		{
			"only pools",
			Run{},
			"CognilintListPools=*: cognito-idp:ListUserPools\n" +
				"CognilintReadPools=arn:*:cognito-idp:*:*:userpool/*: cognito-idp:DescribeUserPool\n",
		},
		{
			"what two sections take is allowed once",
			Run{Sections: []string{"RiskConfigurations", "Clients"}},
			"CognilintListPools=*: cognito-idp:ListUserPools\n" +
				"CognilintReadPools=arn:*:cognito-idp:*:*:userpool/*: cognito-idp:DescribeRiskConfiguration cognito-idp:DescribeUserPool cognito-idp:DescribeUserPoolClient cognito-idp:ListUserPoolClients\n",
		},
		{
			"roles of accounts are sorted and unique",
			Run{AllRegions: true, FirstRole: "first", AccountRoles: []string{"b", "a", "b"}},
			"CognilintListPools=*: cognito-idp:ListUserPools\n" +
				"CognilintReadPools=arn:*:cognito-idp:*:*:userpool/*: cognito-idp:DescribeUserPool\n" +
				"CognilintListRegions=*: ec2:DescribeRegions\n" +
				"CognilintAssumeRole=first: sts:AssumeRole\n" +
				"CognilintEnterAccounts=a b: sts:AssumeRole\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got strings.Builder
			for _, s := range Permissions(tt.run).Statement {
				got.WriteString(s.Sid + "=" + strings.Join(s.Resource, " ") + ": " + strings.Join(s.Action, " ") + "\n")
			}
			if diff := cmp.Diff(tt.want, got.String()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// IAM and its policy validation ask for this.
func TestPermissionsAreWellFormed(t *testing.T) {
	sid, action := regexp.MustCompile(`^[A-Za-z0-9]+$`), regexp.MustCompile(`^[a-z0-9-]+:[A-Za-z]+$`)
	policy := Permissions(everyRun)
	if policy.Version != "2012-10-17" {
		t.Errorf("version %q", policy.Version)
	}
	sids := map[string]bool{}
	for _, s := range policy.Statement {
		if s.Effect != "Allow" || !sid.MatchString(s.Sid) || sids[s.Sid] || len(s.Action) == 0 || len(s.Resource) == 0 {
			t.Errorf("malformed statement %+v", s)
		}
		sids[s.Sid] = true
		for i, a := range s.Action {
			if !action.MatchString(a) || i > 0 && s.Action[i-1] >= a {
				t.Errorf("%s: action %q is malformed or not in order", s.Sid, a)
			}
		}
		for _, r := range s.Resource {
			// Partition, service, Region, account and name; services hold no wildcard.
			parts := strings.SplitN(r, ":", 6)
			if r != "*" && (len(parts) != 6 || parts[0] != "arn" || strings.Contains(parts[2], "*") || parts[5] == "") {
				t.Errorf("%s: resource %q is malformed", s.Sid, r)
			}
		}
	}
}
