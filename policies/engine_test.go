package policies

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// ruleText is a minimal rule: head are further lines of its "custom" block,
// body follows the package line.
func ruleText(id, head, body string) *fstest.MapFile {
	text := "# METADATA\n# title: T\n# description: D\n# custom:\n#   id: " + id + "\n#   severity: high\n"
	if !strings.Contains(head, "target:") {
		head = "target: pool\n" + head
	}
	for line := range strings.Lines(head) {
		text += "#   " + line
	}
	text += "\n#   fix: {class: manual}\n#   since: \"0.1\"\npackage rules.test." + strings.ReplaceAll(id, "-", "_") + "\n\n" + body
	text = strings.ReplaceAll(text, "\n\n#", "\n#")
	return &fstest.MapFile{Data: []byte(text)}
}

// engine compiles a library of the given rules.
func engine(t *testing.T, rules map[string]*fstest.MapFile) *Set {
	t.Helper()
	files := fstest.MapFS{"baselines/all/baseline.yaml": {Data: []byte("all: true\n")}}
	for name, rule := range rules {
		files[name+".rego"] = rule
	}
	library, err := load(files)
	if err != nil {
		t.Fatal(err)
	}
	set, err := library.Select(context.Background(), Selection{Baseline: "all"})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func poolFrom(t testing.TB, text string) *snapshot.Pool {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	pool := &snapshot.Pool{Source: "pool.json"}
	if err := decoder.Decode(&pool.Sections); err != nil {
		t.Fatal(err)
	}
	return pool
}

func evaluate(t testing.TB, set *Set, pool *snapshot.Pool) []Result {
	t.Helper()
	results, err := set.Evaluate(context.Background(), pool)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

const denies = "deny contains {\"msg\": \"m\", \"path\": [\"UserPool\", \"Name\"], \"actual\": 1, \"expected\": 2}\n"

func TestStatus(t *testing.T) {
	readError := snapshot.Unknown{Path: "/MfaConfig", Reason: "denied", Operation: "GetUserPoolMfaConfig", Code: "AccessDeniedException"}
	tests := []struct {
		name    string
		head    string
		body    string
		unknown []snapshot.Unknown
		want    finding.Status
	}{
		{"nothing to deny", "", "deny contains {} if false\n", nil, finding.Pass},
		{"something to deny", "", denies, nil, finding.Fail},
		{"does not apply", "", denies + "applies := false\n", nil, finding.NotApplicable},
		{"whether it applies is undefined", "", denies + "applies if input.nothing\n", nil, finding.NotApplicable},
		{"needed section absent", "needs: [MfaConfig]", denies, nil, finding.NotEvaluated},
		{"needed section denied", "needs: [MfaConfig]", denies, []snapshot.Unknown{readError}, finding.NotEvaluated},
		{"needed member unknown", "needs: [UserPool.Name]", denies, []snapshot.Unknown{{Path: "/UserPool/Name", Reason: "r"}}, finding.NotEvaluated},
		{"absent member of a section that was read", "needs: [UserPool.Policies]", denies, nil, finding.Fail},
		{"does not apply, but that cannot be known", "needs: [MfaConfig]", denies + "applies := false\n", nil, finding.NotEvaluated},
		{"proven not to apply, whatever it needs", "needs: [MfaConfig]\napplies_needs: [UserPool]", denies + "applies := false\n", nil, finding.NotApplicable},
		{"rule reports an unknown input", "", denies + "unknown contains [\"UserPool\", \"Arn\"]\n", nil, finding.NotEvaluated},
		{"does not apply, so an unknown input does not matter", "", denies + "applies := false\nunknown contains [\"UserPool\", \"Arn\"]\n", nil, finding.NotApplicable},
		{"conflict at run time", "", denies + "applies := x if some x in [true, 1]\n", nil, finding.Error},
		{"error comes before all else", "needs: [MfaConfig]", denies + "applies := x if some x in [true, 1]\n", nil, finding.Error},
		{"failing built-in is no pass", "", "deny contains 1 if to_number(input.UserPool.Id) == 1\n", nil, finding.Error},
		{"incomplete list counts where all of it is needed", "needs: [Clients.*]", denies, []snapshot.Unknown{{Path: "/Clients/-", Reason: "r"}}, finding.NotEvaluated},
		{"incomplete list does not count elsewhere", "needs: [Clients]", denies, []snapshot.Unknown{{Path: "/Clients/-", Reason: "r"}}, finding.Fail},
		{"unknown element makes the list unknown", "needs: [Clients]", denies, []snapshot.Unknown{{Path: "/Clients/0", Reason: "r"}}, finding.NotEvaluated},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			pool := poolFrom(t, `{"UserPool": {"Id": "eu-west-1_A", "Name": "a"}, "Clients": [{"ClientId": "c"}]}`)
			pool.Unknown = tt.unknown
			// A second rule must not be drawn into the first one's trouble.
			set := engine(t, map[string]*fstest.MapFile{
				"first":  ruleText("first", tt.head, tt.body),
				"second": ruleText("second", "", denies),
			})
			results := evaluate(t, set, pool)
			if got := results[0].Status; got != tt.want {
				t.Errorf("status %s, want %s (%s)", got, tt.want, results[0].Reason)
			}
			if got := results[1].Status; got != finding.Fail {
				t.Errorf("status of the other rule %s, want fail", got)
			}
			if hasViolations := len(results[0].Violations) > 0; hasViolations != (tt.want == finding.Fail) {
				t.Errorf("violations: %v with status %s", results[0].Violations, tt.want)
			}
		})
	}
}

// TestErrorIsNotCached: what failed for one rule fails for the next.
func TestErrorIsNotCached(t *testing.T) {
	body := "import data.cognilint.lib.number\n\ndeny contains 1 if number.of_pool == 1\n"
	set := engine(t, map[string]*fstest.MapFile{
		"first": ruleText("first", "", body), "second": ruleText("second", "", body), "third": ruleText("third", "", denies),
		"lib/number": {Data: []byte("package cognilint.lib.number\n\nof_pool := to_number(input.UserPool.Id)\n")},
	})
	var got []finding.Status
	for _, r := range evaluate(t, set, poolFrom(t, `{"UserPool": {"Id": "eu-west-1_A"}}`)) {
		got = append(got, r.Status)
	}
	if want := []finding.Status{finding.Error, finding.Error, finding.Fail}; !slices.Equal(got, want) {
		t.Errorf("statuses %v, want %v", got, want)
	}
}

func TestIncompleteOnlyForFailedReads(t *testing.T) {
	set := engine(t, map[string]*fstest.MapFile{"first": ruleText("first", "needs: [MfaConfig]", denies)})
	export := poolFrom(t, `{"UserPool": {"Id": "eu-west-1_A"}}`)
	if evaluate(t, set, export)[0].Incomplete {
		t.Error("a section that an export lacks makes the scan incomplete")
	}
	live := poolFrom(t, `{"UserPool": {"Id": "eu-west-1_A"}}`)
	live.Source = snapshot.SourceLive
	if !evaluate(t, set, live)[0].Incomplete {
		t.Error("a section that a live scan lacks leaves it complete")
	}
	denied := poolFrom(t, `{"UserPool": {"Id": "eu-west-1_A"}}`)
	denied.AddUnknown(snapshot.Unknown{Path: "/MfaConfig", Reason: "denied", Operation: "GetUserPoolMfaConfig"})
	if !evaluate(t, set, denied)[0].Incomplete {
		t.Error("a read that failed leaves the scan complete")
	}
}

func TestClientTargets(t *testing.T) {
	body := `deny contains {"msg": input.Client.ClientId, "path": ["Client", "ExplicitAuthFlows", 1], "actual": 1, "expected": 2} if input.Client.bad
fix contains {"op": "remove", "path": ["Client", "ExplicitAuthFlows"], "value": "X"}
`
	set := engine(t, map[string]*fstest.MapFile{"first": ruleText("first", "target: client\nneeds: [Client]", body)})
	pool := poolFrom(t, `{"UserPool": {"Id": "eu-west-1_A"}, "Clients": [
		{"ClientId": "a", "ClientName": "one"}, {"ClientId": "b", "ClientName": "two", "bad": true}, {"ClientId": "c", "ClientName": "unreadable"}]}`)
	pool.AddUnknown(snapshot.Unknown{Path: "/Clients/2", Reason: "denied"})
	var got []string
	for _, r := range evaluate(t, set, pool) {
		line := r.Target.Name + " " + r.Status.String()
		for _, v := range r.Violations {
			line += " " + v.Message + " " + v.Path
		}
		for _, e := range r.Edits {
			line += " " + string(e.Op) + " " + e.Path
		}
		got = append(got, line)
	}
	want := []string{
		"one pass",
		"two fail b /Clients/1/ExplicitAuthFlows/1 remove /Clients/1/ExplicitAuthFlows",
		"unreadable not_evaluated",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, tt := range []struct {
		pool    string
		unknown []snapshot.Unknown
		want    finding.Status
	}{
		{`{"UserPool": {"Id": "eu-west-1_A"}}`, nil, finding.NotEvaluated},
		{`{"UserPool": {"Id": "eu-west-1_A"}, "Clients": []}`, nil, finding.NotApplicable},
		{`{"UserPool": {"Id": "eu-west-1_A"}, "Clients": []}`, []snapshot.Unknown{{Path: "/Clients/-", Reason: "r"}}, finding.NotEvaluated},
	} {
		pool := poolFrom(t, tt.pool)
		pool.Unknown = tt.unknown
		results := evaluate(t, set, pool)
		if len(results) != 1 || results[0].Status != tt.want || results[0].Target.ID != "" {
			t.Errorf("%s: got %+v, want one check %s without id", tt.pool, results, tt.want)
		}
	}
}

// TestLibraryIsAboutThePool: what lib/ says may serve all targets of a pool.
func TestLibraryIsAboutThePool(t *testing.T) {
	library, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range library.shared {
		text, err := library.files.(fs.ReadFileFS).ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, section := range snapshot.Sections {
			if element := section.Element; element != "" && regexp.MustCompile(`input(\.`+element+`\b|\["`+element+`"\])`).Match(text) {
				t.Errorf("%s looks at input.%s, which differs from target to target; make it an argument", name, element)
			}
		}
	}
}

// TestShortPackages: without their categories, the packages of the built-in
// rules are those of their ids, which are unique.
func TestShortPackages(t *testing.T) {
	library, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if err := library.parseRules(library.ids()); err != nil {
		t.Fatal(err)
	}
	for id, r := range library.rules {
		if got, want := short(r.module.Package.Path).String(), "data."+strings.ReplaceAll(id, "-", "_"); got != want {
			t.Errorf("rule %s has the short package %s, want %s", id, got, want)
		}
	}
}

// TestRewriteChangesNothing: the rules say the same as under a stock opa.
func TestRewriteChangesNothing(t *testing.T) {
	sets := map[bool]*Set{}
	for _, trusted := range []bool{true, false} {
		library, err := load(embedded)
		if err != nil {
			t.Fatal(err)
		}
		library.trusted = trusted
		if sets[trusted], err = library.Select(context.Background(), Selection{Baseline: "all"}); err != nil {
			t.Fatal(err)
		}
	}
	// Clients with and without passwords, and one of each kind of trouble.
	pool := poolFrom(t, `{"UserPool": {"Id": "eu-west-1_A", "MfaConfiguration": "OPTIONAL", "SchemaAttributes": [{"Name": "email", "Required": true}]},
		"MfaConfig": {"MfaConfiguration": "OPTIONAL"}, "Clients": [
		{"ClientId": "a", "WriteAttributes": ["name"]}, {"ClientId": "b", "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"]},
		{"ClientId": "c", "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["client_credentials", "code"], "AllowedOAuthScopes": ["x/y"]}]}`)
	if diff := cmp.Diff(evaluate(t, sets[false], pool), evaluate(t, sets[true], pool)); diff != "" {
		t.Errorf("(-as written +rewritten):\n%s", diff)
	}
}

// TestSections: a rule looks at no section that a live scan would not read for
// it, but for what its fix asks about.
func TestSections(t *testing.T) {
	library, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := library.Rules()
	if err != nil {
		t.Fatal(err)
	}
	onlyForFix := map[string][]string{"signup-enabled": {"Clients", "WebACL"}, "privileged-attribute-not-writable": {"IdentityProviders"}}
	for _, rule := range rules {
		selection := Selection{Baseline: "all", Rules: []string{rule.ID}}
		for _, p := range rule.Params {
			if rule.ReadsWithParam[p.Name] != nil {
				selection.Params = append(selection.Params, ParamValue{rule.ID, p.Name, "true"})
			}
		}
		set, err := library.Select(context.Background(), selection)
		if err != nil {
			t.Fatal(err)
		}
		text := set.compiled[0].module.String()
		for _, section := range snapshot.Sections[1:] {
			mentioned := strings.Contains(text, "input."+section.Name) || strings.Contains(text, `"`+section.Name+`"`)
			if mentioned && !slices.Contains(set.Sections(), section.Name) && !slices.Contains(onlyForFix[rule.ID], section.Name) {
				t.Errorf("rule %s looks at %s, which is not read for it (%v)", rule.ID, section.Name, set.Sections())
			}
		}
	}
	set, err := library.Select(context.Background(), Selection{Baseline: "documented"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"MfaConfig", "Clients"}, set.Sections()); diff != "" {
		t.Errorf("documented reads other sections (-want +got):\n%s", diff)
	}
}

func TestNullIsAbsent(t *testing.T) {
	body := `deny contains {"msg": "m", "path": [], "actual": 1, "expected": 2} if not "Name" in object.keys(input.UserPool)` + "\n"
	set := engine(t, map[string]*fstest.MapFile{"first": ruleText("first", "", body)})
	if got := evaluate(t, set, poolFrom(t, `{"UserPool": {"Id": "eu-west-1_A", "Name": null}}`))[0].Status; got != finding.Fail {
		t.Errorf("a null member is %s, want fail as if it were absent", got)
	}
}

func TestRulesReachNothingOutside(t *testing.T) {
	for _, call := range []string{
		`http.send({"method": "get", "url": "http://127.0.0.1/"})`, `opa.runtime()`, `net.lookup_ip_addr("localhost")`, `time.now_ns()`, `rand.intn("x", 9)`, `uuid.rfc4122("x")`,
	} {
		files := fstest.MapFS{
			"baselines/all/baseline.yaml": {Data: []byte("all: true\n")},
			"rule.rego":                   ruleText("first", "", "deny contains x if x := "+call+"\n"),
		}
		library, err := load(files)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := library.Select(context.Background(), Selection{Baseline: "all"}); err == nil {
			t.Errorf("a rule may call %s", call)
		}
	}
}

func TestBrokenRules(t *testing.T) {
	for _, tt := range []struct {
		name string
		rule *fstest.MapFile
		want string
	}{
		{"no Rego", &fstest.MapFile{Data: []byte("package a\n\ndeny contains")}, "first.rego:3"},
		{"id of another file", ruleText("second", "", denies), "the id second is not that of the file, expected first"},
		{"no annotation", &fstest.MapFile{Data: []byte("package a\n\ndeny contains 1\n")}, "no annotation"},
		{"no deny", ruleText("first", "", "x := 1\n"), "defines no deny"},
		{"unknown need", ruleText("first", "needs: [Nothing]", denies), `needs "Nothing"`},
		{"unknown target", ruleText("first", "target: moon", denies), `unknown target "moon"`},
		{"unknown member", ruleText("first", "severty: low", denies), "severty"},
		{"default breaks its bounds", ruleText("first", "params: {n: {type: integer, default: 1, min: 2}}", denies), "expected at least 2"},
		{"default of another type", ruleText("first", "params: {n: {type: boolean, default: 1}}", denies), "expected a value of type boolean"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			library, err := load(fstest.MapFS{"first.rego": tt.rule})
			if err == nil {
				_, err = library.Rules()
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one that says %q", err, tt.want)
			}
		})
	}
}

func TestSelection(t *testing.T) {
	withParam := "params: {n: {type: integer, default: 1, max: 9}, s: {type: string, default: x}, l: {type: array, default: []}}"
	files := fstest.MapFS{
		"baselines/recommended/baseline.yaml": {Data: []byte("rules: {first: {params: {n: 2}, severity: low}}\n")},
		"first.rego":                          ruleText("first", withParam+"\naliases: [old-first]", denies),
		"second.rego":                         ruleText("second", "category: other", denies),
	}
	library, err := load(files)
	if err != nil {
		t.Fatal(err)
	}
	ids := func(rules []finding.Rule) (ids []string) {
		for _, r := range rules {
			ids = append(ids, r.ID)
		}
		return ids
	}
	for _, tt := range []struct {
		name      string
		selection Selection
		want      []string
	}{
		{"the default baseline", Selection{}, []string{"first"}},
		{"only the named rule, in the baseline or not", Selection{Rules: []string{"second"}}, []string{"second"}},
		{"an alias", Selection{Rules: []string{"old-first"}}, []string{"first"}},
		{"skipped", Selection{SkipRules: []string{"first"}}, nil},
		{"by category", Selection{Rules: []string{"first", "second"}, Categories: []string{"other"}}, []string{"second"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rules, err := library.Preview(tt.selection)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, ids(rules)); diff != "" {
				t.Error(diff)
			}
		})
	}

	rules, err := library.Preview(Selection{Params: []ParamValue{{"first", "l", `["a"]`}, {"first", "s", "12"}}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]any{[]any{"a"}, 2, "12"}, []any{rules[0].Params[0].Value, rules[0].Params[1].Value, rules[0].Params[2].Value}); diff != "" {
		t.Error(diff)
	}
	if rules[0].Severity != finding.Low {
		t.Errorf("severity %s, want the baseline's", rules[0].Severity)
	}

	var unknown *UnknownNameError
	for _, selection := range []Selection{
		{Baseline: "nothing"},
		{Baseline: "../engine"},
		{Rules: []string{"nothing"}},
		{SkipRules: []string{"nothing"}},
		{Categories: []string{"nothing"}},
		{Params: []ParamValue{{"nothing", "n", "1"}}},
		{Params: []ParamValue{{"first", "nothing", "1"}}},
	} {
		if _, err := library.Preview(selection); !errors.As(err, &unknown) {
			t.Errorf("%+v: error %v, want an unknown name", selection, err)
		}
	}
	for _, value := range []string{"x", "10", "1.5", "true", `"2"`, "null", ""} {
		if _, err := library.Preview(Selection{Params: []ParamValue{{"first", "n", value}}}); err == nil {
			t.Errorf("an integer parameter of at most 9 takes %q", value)
		}
	}
}

// Findings say which others they have to do with.
func TestRelatedFindings(t *testing.T) {
	library, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	set, err := library.Select(t.Context(), Selection{Rules: []string{"mfa-required", "mfa-not-off", "signup-enabled", "signup-disabled"}})
	if err != nil {
		t.Fatal(err)
	}
	pool := poolFrom(t, `{"UserPool": {"Id": "eu-west-1_A", "AdminCreateUserConfig": {}}, "MfaConfig": {"MfaConfiguration": "OFF"},
		"Clients": [{"ClientId": "a"}], "RiskConfigurations": [], "IdentityProviders": [], "WebACL": null}`)
	got := map[string]string{}
	for _, r := range evaluate(t, set, pool) {
		if r.Status == finding.Fail {
			got[r.Rule] = r.Note
		}
	}
	want := map[string]string{
		"mfa-required":    "",
		"mfa-not-off":     "the same cause as mfa-required",
		"signup-disabled": "the rule signup-enabled wants the opposite; leave one of them out",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
