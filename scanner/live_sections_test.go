package scanner_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

// allSections names every section.
func allSections() []string {
	var names []string
	for _, s := range snapshot.Sections {
		names = append(names, s.Name)
	}
	return names
}

// fullPool returns a pool that has something in every section, with members
// that nobody knows yet and secrets.
func fullPool(id string) cognitotest.Pool {
	pool := livePool(id, 2)
	pool.UserPool = fmt.Sprintf(`{"Id": %q, "Name": "full", "Arn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/%s", "Domain": "%[1]s-shop", "CustomDomain": "%[1]s.example.com"}`, id, id)
	for i := range 61 {
		pool.IdentityProviders = append(pool.IdentityProviders, fmt.Sprintf(`{"ProviderName": "idp%d", "ProviderDetails": {"client_secret": "hunter2", "private_key": "hunter2"}, "Future": 1}`, i))
	}
	pool.Groups = []string{`{"GroupName": "staff", "Future": 1}`}
	pool.ResourceServers = []string{`{"Identifier": "orders", "Future": 1}`}
	pool.RiskConfigurations = []string{
		`{"RiskExceptionConfiguration": {"Future": 1}}`,
		`{"ClientId": "client1", "RiskExceptionConfiguration": {"Future": 2}}`,
	}
	pool.LogDelivery = `{"LogConfigurations": [], "Future": 1}`
	pool.Domains = []string{fmt.Sprintf(`{"Domain": "%s-shop", "Future": 1}`, id), fmt.Sprintf(`{"Domain": "%s.example.com"}`, id)}
	pool.WebACL = fmt.Sprintf(`{"Name": "acl", "Id": "1", "ARN": "arn:acl:%s", "Future": 1}`, id)
	return pool
}

func TestLiveReadsAllSections(t *testing.T) {
	liveServer(t, fullPool("A"))
	pools, problems := readLive(t, scanner.LiveOptions{Sections: allSections()})
	if problems != nil || pools[0].Unknown != nil {
		t.Errorf("problems %v and unknown %v, want none", problems, pools[0].Unknown)
	}
	one := json.Number("1")
	providers := []any{}
	for i := range 61 {
		providers = append(providers, map[string]any{"ProviderName": fmt.Sprint("idp", i), "ProviderDetails": map[string]any{}, "Future": one})
	}
	want := map[string]any{
		"UserPool": map[string]any{
			"Id": "A", "Name": "full", "Arn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/A",
			"Domain": "A-shop", "CustomDomain": "A.example.com",
		},
		"MfaConfig": map[string]any{"MfaConfiguration": "ON"},
		"Clients": []any{
			map[string]any{"ClientId": "client0", "ClientName": "Client 0", "HasClientSecret": true},
			map[string]any{"ClientId": "client1", "ClientName": "Client 1", "HasClientSecret": false},
		},
		"IdentityProviders": providers,
		"Groups":            []any{map[string]any{"GroupName": "staff", "Future": one}},
		"ResourceServers":   []any{map[string]any{"Identifier": "orders", "Future": one}},
		"RiskConfigurations": []any{
			map[string]any{"RiskExceptionConfiguration": map[string]any{"Future": one}},
			map[string]any{"ClientId": "client1", "RiskExceptionConfiguration": map[string]any{"Future": json.Number("2")}},
		},
		"LogDeliveryConfiguration": map[string]any{"LogConfigurations": []any{}, "Future": one},
		"Domains":                  []any{map[string]any{"Domain": "A-shop", "Future": one}, map[string]any{"Domain": "A.example.com"}},
		"WebACL":                   map[string]any{"Name": "acl", "Id": "1", "ARN": "arn:acl:A", "Future": one},
	}
	if diff := cmp.Diff(want, pools[0].Sections); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestLiveSectionsOfBarePool(t *testing.T) {
	server := liveServer(t, livePool("A", 0))
	pools, problems := readLive(t, scanner.LiveOptions{Sections: allSections()})
	if problems != nil || pools[0].Unknown != nil {
		t.Errorf("problems %v and unknown %v, want none", problems, pools[0].Unknown)
	}
	for _, name := range []string{"Clients", "IdentityProviders", "Groups", "ResourceServers", "RiskConfigurations", "Domains"} {
		if diff := cmp.Diff([]any{}, pools[0].Sections[name]); diff != "" {
			t.Errorf("%s -want +got\n%s", name, diff)
		}
	}
	if acl, read := pools[0].Sections["WebACL"]; acl != nil || !read {
		t.Errorf("WebACL %v, read %t; want null", acl, read)
	}
	if slices.Contains(server.Requests(), cognitotest.Request{Operation: "DescribeUserPoolDomain"}) {
		t.Error("a pool without domains was asked for one")
	}
}

func TestLiveReadsOnlyTheSections(t *testing.T) {
	for _, tt := range []struct {
		name             string
		sections         []string
		wantOps, present []string
	}{
		{"as before", nil, []string{"GetUserPoolMfaConfig", "ListUserPoolClients", "DescribeUserPoolClient", "DescribeUserPoolClient"}, []string{"Clients", "MfaConfig", "UserPool"}},
		{"none", []string{}, nil, []string{"UserPool"}},
		{"UserPool is always read, once", []string{"UserPool"}, nil, []string{"UserPool"}},
		{"Groups", []string{"Groups"}, []string{"ListGroups"}, []string{"Groups", "UserPool"}},
		{
			"risk lists clients without describing them",
			[]string{"RiskConfigurations"},
			[]string{"DescribeRiskConfiguration", "ListUserPoolClients", "DescribeRiskConfiguration", "DescribeRiskConfiguration"},
			[]string{"RiskConfigurations", "UserPool"},
		},
		{
			"clients are listed once",
			[]string{"RiskConfigurations", "Clients"},
			[]string{
				"ListUserPoolClients", "DescribeUserPoolClient", "DescribeUserPoolClient",
				"DescribeRiskConfiguration", "DescribeRiskConfiguration", "DescribeRiskConfiguration",
			},
			[]string{"Clients", "RiskConfigurations", "UserPool"},
		},
		{"both domains", []string{"Domains"}, []string{"DescribeUserPoolDomain", "DescribeUserPoolDomain"}, []string{"Domains", "UserPool"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := liveServer(t, fullPool("A"))
			pools, problems := readLive(t, scanner.LiveOptions{Sections: tt.sections})
			if problems != nil || pools[0].Unknown != nil {
				t.Errorf("problems %v and unknown %v, want none", problems, pools[0].Unknown)
			}
			want := []cognitotest.Request{{Operation: "ListUserPools"}, {Operation: "DescribeUserPool", PoolID: "A"}}
			for _, operation := range tt.wantOps {
				want = append(want, cognitotest.Request{Operation: operation, PoolID: "A"})
			}
			if diff := cmp.Diff(want, server.Requests()); diff != "" {
				t.Errorf("requests -want +got\n%s", diff)
			}
			var present []string
			for name := range pools[0].Sections {
				present = append(present, name)
			}
			slices.Sort(present)
			if diff := cmp.Diff(tt.present, present); diff != "" {
				t.Errorf("sections -want +got\n%s", diff)
			}
		})
	}
}

func TestLiveOneDomain(t *testing.T) {
	for _, member := range []string{"Domain", "CustomDomain"} {
		pool := livePool("A", 0)
		pool.UserPool = fmt.Sprintf(`{"Id": "A", "Name": "A", %q: "d"}`, member)
		pool.Domains = []string{`{"Domain": "d", "Status": "ACTIVE"}`}
		liveServer(t, pool)
		pools, _ := readLive(t, scanner.LiveOptions{Sections: []string{"Domains"}})
		want := []any{map[string]any{"Domain": "d", "Status": "ACTIVE"}}
		if diff := cmp.Diff(want, pools[0].Sections["Domains"]); diff != "" {
			t.Errorf("%s: -want +got\n%s", member, diff)
		}
	}
}

// TestLiveSectionFails makes one read of pool B fail at a time.
func TestLiveSectionFails(t *testing.T) {
	for _, tt := range []struct {
		operation string
		call      int
		path      string // what is unknown
		about     string // starts the problem
		element   any    // what stands at path
	}{
		{"ListIdentityProviders", 1, "/IdentityProviders", "", nil},
		{"ListIdentityProviders", 2, "/IdentityProviders", "", nil},
		{"DescribeIdentityProvider", 61, "/IdentityProviders/60", "identity provider idp60: ", map[string]any{"ProviderName": "idp60"}},
		{"ListGroups", 1, "/Groups", "", nil},
		{"ListResourceServers", 1, "/ResourceServers", "", nil},
		{"DescribeRiskConfiguration", 1, "/RiskConfigurations", "", nil},
		{"DescribeRiskConfiguration", 2, "/RiskConfigurations/-", "client client0: ", nil},
		{"GetLogDeliveryConfiguration", 1, "/LogDeliveryConfiguration", "", nil},
		{"DescribeUserPoolDomain", 2, "/Domains/1", "domain B.example.com: ", map[string]any{"Domain": "B.example.com"}},
	} {
		t.Run(fmt.Sprint(tt.operation, tt.call), func(t *testing.T) {
			liveServer(t, fullPool("A"), fullPool("B")).Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: tt.operation, PoolID: "B", Call: tt.call})
			pools, problems := readLive(t, scanner.LiveOptions{Sections: allSections()})
			hint := "allow cognito-idp:" + tt.operation
			wantProblems := []scanner.Problem{{
				Account: "123456789012", Region: "eu-west-1", Pool: "B",
				Operation: tt.operation, Code: "AccessDeniedException", Message: tt.about + liveDenied + " (" + hint + ")",
			}}
			if diff := cmp.Diff(wantProblems, problems); diff != "" {
				t.Errorf("problems -want +got\n%s", diff)
			}
			wantUnknown := []snapshot.Unknown{{
				Path: tt.path, Reason: tt.operation + ": AccessDeniedException: " + tt.about + liveDenied,
				Hint: hint, Operation: tt.operation, Code: "AccessDeniedException",
			}}
			if diff := cmp.Diff(wantUnknown, pools[1].Unknown); diff != "" || pools[0].Unknown != nil {
				t.Errorf("unknown in A %v, in B -want +got\n%s", pools[0].Unknown, diff)
			}
			got, _ := snapshot.Lookup(pools[1].Sections, tt.path)
			if diff := cmp.Diff(tt.element, got); diff != "" {
				t.Errorf("%s -want +got\n%s", tt.path, diff)
			}
			if tt.path == "/RiskConfigurations/-" && len(pools[1].Elements("RiskConfigurations")) != 2 {
				t.Errorf("risk configurations %v, want the pool's and that of client1", pools[1].Elements("RiskConfigurations"))
			}
		})
	}
}

// What two sections need and cannot have is one problem.
func TestLiveSectionsWithoutListOfClients(t *testing.T) {
	server := liveServer(t, fullPool("A"))
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "ListUserPoolClients"})
	pools, problems := readLive(t, scanner.LiveOptions{Sections: []string{"Clients", "RiskConfigurations"}})
	if len(problems) != 1 || problems[0].Operation != "ListUserPoolClients" {
		t.Errorf("problems %v, want the list of clients once", problems)
	}
	var paths []string
	for _, u := range pools[0].Unknown {
		paths = append(paths, u.Path)
	}
	if diff := cmp.Diff([]string{"/Clients", "/RiskConfigurations/-"}, paths); diff != "" {
		t.Errorf("unknown -want +got\n%s", diff)
	}
	if len(pools[0].Elements("RiskConfigurations")) != 1 {
		t.Errorf("risk configurations %v, want the pool's", pools[0].Elements("RiskConfigurations"))
	}
}

func TestLiveSectionsShowNoSecret(t *testing.T) {
	pool := fullPool("A")
	pool.IdentityProviders = append(pool.IdentityProviders,
		`{"ProviderName": "odd", "ProviderDetails": "hunter2"}`,
		`{"ProviderName": "half", "ProviderDetails": {"client_secret": ["hunter2"], "client_id": ["hunter2"]}}`)
	liveServer(t, pool)
	pools, problems := readLive(t, scanner.LiveOptions{Sections: allSections()})
	text, err := json.Marshal(map[string]any{"pools": pools, "problems": problems})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "hunter2") {
		t.Errorf("a secret is in %s", text)
	}
	if len(problems) != 2 {
		t.Errorf("problems %v, want one for each odd provider", problems)
	}
}

func TestLiveRefusesUnknownSection(t *testing.T) {
	liveServer(t)
	_, err := scanner.OpenLive(t.Context(), scanner.LiveOptions{Sections: []string{"Users"}})
	if want := `"Users" is no section of a snapshot`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
