package policies_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

func library(t testing.TB) *policies.Library {
	t.Helper()
	l, err := policies.Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func baseline(t testing.TB, name string) *policies.Set {
	t.Helper()
	set, err := library(t).Select(context.Background(), policies.Selection{Baseline: name, Fixes: true})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func exported(t testing.TB, paths ...string) []*snapshot.Pool {
	t.Helper()
	exports, err := scanner.ReadExports(context.Background(), paths, nil)
	if err != nil {
		t.Fatal(err)
	}
	var pools []*snapshot.Pool
	for _, e := range exports.Pools {
		pools = append(pools, e.Pool)
	}
	return pools
}

// evaluate returns the results by rule and target.
func evaluate(t testing.TB, set *policies.Set, pool *snapshot.Pool) map[string]policies.Result {
	t.Helper()
	results, err := set.Evaluate(context.Background(), pool)
	if err != nil {
		t.Fatal(err)
	}
	byKey := map[string]policies.Result{}
	for _, r := range results {
		byKey[r.Rule+" "+r.Target.ID] = r
	}
	return byKey
}

var kebab = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func TestMetadata(t *testing.T) {
	rules, err := library(t).Rules()
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, r := range rules {
		ids[r.ID] = true
	}
	for _, r := range rules {
		t.Run(r.ID, func(t *testing.T) {
			if !kebab.MatchString(r.ID) {
				t.Error("the id is not kebab-case")
			}
			for name, text := range map[string]string{"title": r.Title, "description": r.Description, "remediation": r.Remediation, "waive_when": r.WaiveWhen, "since": r.Since, "category": r.Category} {
				if text == "" {
					t.Errorf("no %s", name)
				}
			}
			for _, way := range []string{"Console:", "AWS CLI:", "CloudFormation:", "Terraform:"} {
				if !strings.Contains(r.Remediation, way) {
					t.Errorf("the remediation does not name %q", way)
				}
			}
			if strings.HasSuffix(r.Title, ".") {
				t.Error("the title ends with a full stop")
			}
			if len(r.References) == 0 {
				t.Error("no reference")
			}
			for _, reference := range r.References {
				if !strings.HasPrefix(reference.URL, "https://docs.aws.amazon.com/") || reference.Description == "" {
					t.Errorf("reference %+v, expected AWS documentation with a description", reference)
				}
			}
			for _, p := range r.Params {
				if p.Description == "" || p.Type == "" {
					t.Errorf("parameter %s has no description or type", p.Name)
				}
			}
			for _, other := range slices.Concat(r.Opposes, r.SameCause) {
				if !ids[other] {
					t.Errorf("names the rule %s, which does not exist", other)
				}
			}
			if r.Fix == finding.FixDisruptive && r.FixNote == "" {
				t.Error("a disruptive fix without a note that says who notices it")
			}
		})
	}
}

// TestFolders keeps a rule where its id says.
func TestFolders(t *testing.T) {
	files := os.DirFS("rules")
	names, err := fs.Glob(files, "*/*/*")
	if err != nil {
		t.Fatal(err)
	}
	folders := map[string][]string{}
	for _, name := range names {
		folders[path.Dir(name)] = append(folders[path.Dir(name)], path.Base(name))
	}
	seen := map[string]bool{}
	for folder, got := range folders {
		name := path.Base(folder)
		if want := []string{name + ".rego", name + "_test.rego"}; !slices.Equal(got, want) {
			t.Errorf("%s holds %v, want %v", folder, got, want)
		}
		seen[strings.ReplaceAll(name, "_", "-")+" "+strings.ReplaceAll(path.Dir(folder), "_", "-")] = true
	}
	rules, err := library(t).Rules()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		if !seen[r.ID+" "+r.Category] {
			t.Errorf("rule %s does not stand in %s/%s", r.ID, r.Category, strings.ReplaceAll(r.ID, "-", "_"))
		}
	}
}

// TestGoodPools: a pool that is as it should be has no finding.
func TestGoodPools(t *testing.T) {
	for name, folder := range map[string]string{"documented": "../testdata/pools/employee-app", "recommended": "../testdata/good/recommended.json"} {
		for _, r := range evaluate(t, baseline(t, name), exported(t, folder)[0]) {
			if r.Status != finding.Pass && r.Status != finding.NotApplicable {
				t.Errorf("%s: %s is %s: %v %s", name, r.Rule, r.Status, r.Violations, r.Reason)
			}
		}
	}
}

// TestWorstPools: each rule finds what it is made for.
func TestWorstPools(t *testing.T) {
	failed := map[string]bool{}
	set := baseline(t, "all")
	for _, pool := range exported(t, "../testdata/worst") {
		for _, r := range evaluate(t, set, pool) {
			if r.Status == finding.Error || r.Status == finding.NotEvaluated {
				t.Errorf("%s: %s is %s: %s", pool.Name(), r.Rule, r.Status, r.Reason)
			}
			failed[r.Rule] = failed[r.Rule] || r.Status == finding.Fail
		}
	}
	for _, r := range set.Rules {
		if !failed[r.ID] {
			t.Errorf("no pool in testdata/worst makes %s fail", r.ID)
		}
	}
}

// TestUnknownInputGivesNoVerdict takes away each needed input of each rule in
// turn.
func TestUnknownInputGivesNoVerdict(t *testing.T) {
	l := library(t)
	pools := exported(t, "../testdata/worst", "../testdata/good", "../testdata/pools/employee-app")
	for _, rule := range baseline(t, "all").Rules {
		set, err := l.Select(context.Background(), policies.Selection{Rules: []string{rule.ID}})
		if err != nil {
			t.Fatal(err)
		}
		for _, pool := range pools {
			for key, r := range evaluate(t, set, pool) {
				if r.Status == finding.NotApplicable {
					continue
				}
				for _, need := range rule.Needs {
					after := evaluate(t, set, without(pool, need, r.Target))
					if got, ok := after[key]; ok && got.Status != finding.NotEvaluated {
						t.Errorf("%s: %s without %s is %s (it was %s)", pool.Name(), key, need, got.Status, r.Status)
					}
				}
			}
		}
	}
}

// without returns the pool with one input unknown, and absent.
func without(pool *snapshot.Pool, need string, target finding.Target) *snapshot.Pool {
	changed := clone(pool)
	pointer := "/" + strings.ReplaceAll(strings.TrimSuffix(need, ".*"), ".", "/")
	for _, section := range snapshot.Sections {
		if section.Element == "" || need != section.Element && !strings.HasPrefix(need, section.Element+".") {
			continue
		}
		for i, element := range pool.Elements(section.Name) {
			if key, _ := element.(map[string]any)[section.Key].(string); key == target.ID {
				pointer = snapshot.Pointer(section.Name, i) + strings.TrimPrefix(pointer, "/"+section.Element)
			}
		}
	}
	if parent, ok := snapshot.Lookup(changed.Sections, pointer[:strings.LastIndex(pointer, "/")]); ok {
		if members, ok := parent.(map[string]any); ok {
			delete(members, pointer[strings.LastIndex(pointer, "/")+1:])
		}
	}
	changed.AddUnknown(snapshot.Unknown{Path: pointer, Reason: "taken away"})
	return changed
}

func clone(pool *snapshot.Pool) *snapshot.Pool {
	text, err := json.Marshal(pool.Sections)
	if err != nil {
		panic(err)
	}
	changed := *pool
	changed.Sections = nil
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	if err := decoder.Decode(&changed.Sections); err != nil {
		panic(err)
	}
	changed.Unknown = slices.Clone(pool.Unknown)
	return &changed
}

// contradictions are rules whose fix makes others fail, since the baselines want
// different things: the documented attributes hold one that promises a right,
// and clients with the default list let users write it.
var contradictions = map[string][]string{
	"custom-attributes-present": {"privileged-attribute-not-writable", "client-write-attributes-explicit"},
}

// TestFixes applies what a failed rule proposes: the rule passes then, and
// nothing that passed breaks.
func TestFixes(t *testing.T) {
	set := baseline(t, "all")
	opposes := map[string][]string{}
	for _, r := range set.Rules {
		opposes[r.ID] = r.Opposes
	}
	fixed := map[string]bool{}
	for _, pool := range exported(t, "../testdata/worst", "../testdata/fixable") {
		before := evaluate(t, set, pool)
		for key, r := range before {
			if len(r.Edits) == 0 {
				continue
			}
			fixed[r.Rule] = true
			after, err := pool.Apply(r.Edits)
			if err != nil {
				t.Fatal(err)
			}
			results := evaluate(t, set, clone(after))
			if got := results[key].Status; got != finding.Pass {
				t.Errorf("%s: %s is %s after its fix %v: %v", pool.Name(), key, got, r.Edits, results[key].Violations)
			}
			for other, result := range results {
				if before[other].Status == finding.Pass && result.Status == finding.Fail && !slices.Contains(opposes[r.Rule], result.Rule) && !slices.Contains(contradictions[r.Rule], result.Rule) {
					t.Errorf("%s: the fix of %s breaks %s: %v", pool.Name(), key, other, result.Violations)
				}
			}
		}
	}
	for _, r := range set.Rules {
		if r.Fix != finding.FixManual && !fixed[r.ID] {
			t.Errorf("no pool in testdata makes %s propose its fix", r.ID)
		}
	}
}

func TestBaselines(t *testing.T) {
	l := library(t)
	if got, want := len(baseline(t, "documented").Rules), 17; got != want {
		t.Errorf("documented has %d rules, want %d", got, want)
	}
	for _, name := range l.Baselines() {
		b, err := l.Baseline(name)
		if err != nil {
			t.Fatal(err)
		}
		if b.Description == "" {
			t.Errorf("baseline %s has no description", name)
		}
	}
	headline := []string{"password-minimum-length", "mfa-required", "mfa-totp-enabled", "recovery-email-first", "password-temporary-validity"}
	var ids []string
	recommended := baseline(t, "recommended").Rules
	for _, r := range recommended {
		ids = append(ids, r.ID)
	}
	for _, r := range recommended {
		if slices.ContainsFunc(r.Opposes, func(other string) bool { return slices.Contains(ids, other) }) {
			t.Errorf("recommended holds %s and a rule that it opposes", r.ID)
		}
	}
	for _, id := range headline {
		if !slices.Contains(ids, id) {
			t.Errorf("recommended lacks %s", id)
		}
	}
}

// TestReadmeCounts keeps the numbers of rules in the README.
func TestReadmeCounts(t *testing.T) {
	page, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	l := library(t)
	for _, name := range l.Baselines() {
		rules, err := l.Preview(policies.Selection{Baseline: name})
		if err != nil {
			t.Fatal(err)
		}
		row := regexp.MustCompile("(?m)^\\| `" + regexp.QuoteMeta(name) + "`[^|]*\\| " + strconv.Itoa(len(rules)) + " \\|")
		if !row.Match(page) {
			t.Errorf("the README does not say that %s has %d rules", name, len(rules))
		}
	}
}
