package policies_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/rego"
	"go.yaml.in/yaml/v3"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/snapshot"
)

// caseFiles is what the files in testdata/cases hold together. "opa test" reads
// them too, as data, so that each needs a name at the top.
type caseFiles struct {
	FalsePositives []poolCase `yaml:"false_positives"`
	FalsePasses    []poolCase `yaml:"false_passes"`
	// Shapes are patches by name.
	Shapes map[string][]map[string]any `yaml:"shapes"`
}

// poolCase is a pool, and what some rules must say about it. The comments of the
// files explain the members.
type poolCase struct {
	Number   string                    `yaml:"case"`
	Title    string                    `yaml:"title"`
	Baseline string                    `yaml:"baseline"`
	Params   map[string]map[string]any `yaml:"params"`
	Clients  int                       `yaml:"clients"`
	With     []string                  `yaml:"with"`
	Patch    []map[string]any          `yaml:"patch"`
	Expect   []expectation             `yaml:"expect"`
	// Wrong, Note and Deviation are for readers. A deviation says why the case
	// expects something else than the catalogue.
	Wrong     []string `yaml:"wrong"`
	Note      string   `yaml:"note"`
	Deviation string   `yaml:"deviation"`
}

// expectation is the outcome of some rules; empty members are not looked at.
type expectation struct {
	Rules  []string        `yaml:"rules"`
	Status *finding.Status `yaml:"status"`
	Target string          `yaml:"target"`
	// Kind narrows a pattern of rules to those that look at such targets.
	Kind     finding.TargetKind `yaml:"kind"`
	Severity *finding.Severity  `yaml:"severity"`
	// Says is part of the message of a violation.
	Says string `yaml:"says"`
}

// TestCases holds cognilint against the pools that other tools judge wrongly.
func TestCases(t *testing.T) {
	l := library(t)
	files := readCases(t)
	checkNumbers(t, "FP", 30, files.FalsePositives)
	checkNumbers(t, "FN", 32, files.FalsePasses)
	used := map[string]bool{}
	for _, c := range slices.Concat(files.FalsePositives, files.FalsePasses) {
		for _, name := range c.With {
			used[name] = true
		}
		t.Run(c.Number+" "+c.Title, func(t *testing.T) {
			results := c.conclude(t, l, c.pool(t, files.Shapes))
			if len(c.Expect) == 0 {
				t.Error("the case expects nothing")
			}
			for _, want := range c.Expect {
				want.check(t, l, c, results)
			}
		})
	}
	for name := range files.Shapes {
		if !used[name] {
			t.Errorf("no case has the shape %s", name)
		}
	}
}

func readCases(t *testing.T) caseFiles {
	t.Helper()
	names, err := filepath.Glob("testdata/cases/*")
	if err != nil {
		t.Fatal(err)
	}
	var files caseFiles
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		decoder := yaml.NewDecoder(bytes.NewReader(text))
		decoder.KnownFields(true)
		if err := decoder.Decode(&files); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return files
}

// checkNumbers wants the cases 1 to n without gaps and in order; a number may
// have several cases with titles of their own.
func checkNumbers(t *testing.T, prefix string, n int, cases []poolCase) {
	t.Helper()
	var got, want []string
	titles := map[string]bool{}
	for _, c := range cases {
		got = append(got, c.Number)
		if c.Title == "" || titles[c.Title] {
			t.Errorf("%s: the title %q is empty or taken", c.Number, c.Title)
		}
		titles[c.Title] = true
	}
	for i := range n {
		want = append(want, prefix+strconv.Itoa(i+1))
	}
	if got := slices.Compact(got); !slices.Equal(got, want) {
		t.Errorf("the cases are %v, want %v", got, want)
	}
}

// pool returns the good pool with the differences of the case.
func (c poolCase) pool(t *testing.T, shapes map[string][]map[string]any) *snapshot.Pool {
	t.Helper()
	text, err := os.ReadFile("../testdata/good/recommended.json")
	if err != nil {
		t.Fatal(err)
	}
	var pool any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&pool); err != nil {
		t.Fatal(err)
	}
	var patch []map[string]any
	for i := 1; i < c.Clients; i++ {
		id := fmt.Sprintf("%dexample", i+1)
		patch = append(
			patch,
			map[string]any{"op": "copy", "from": "/Clients/0", "path": "/Clients/-"},
			map[string]any{"op": "replace", "path": snapshot.Pointer("Clients", i, "ClientId"), "value": id},
		)
	}
	for _, name := range c.With {
		shape, ok := shapes[name]
		if !ok {
			t.Fatalf("unknown shape %q", name)
		}
		patch = append(patch, shape...)
	}
	pool = patched(t, pool, append(patch, c.Patch...))
	if text, err = json.Marshal(pool); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "pool.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return exported(t, file)[0]
}

// patched applies a JSON patch (RFC 6902), as the tests in Rego do it.
func patched(t *testing.T, document any, patch []map[string]any) any {
	t.Helper()
	if len(patch) == 0 {
		return document
	}
	results, err := rego.New(
		rego.Query("json.patch(input.document, input.patch)"),
		rego.Input(map[string]any{"document": document, "patch": patch}),
	).Eval(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(results) == 0 {
		t.Fatal("the patch does not fit: a path leads nowhere, or an operation is unknown")
	}
	return results[0].Expressions[0].Value
}

// conclude evaluates the rules of the baseline, and those that the case names
// besides.
func (c poolCase) conclude(t *testing.T, l *policies.Library, pool *snapshot.Pool) []policies.Result {
	t.Helper()
	yes := true
	layer := policies.Layer{Name: c.Number, Rules: map[string]policies.Override{}}
	var named []string
	for _, want := range c.Expect {
		for _, id := range want.rules(t, l, c) {
			named = append(named, id)
			layer.Rules[id] = policies.Override{Enabled: &yes}
		}
	}
	for id, params := range c.Params {
		if !slices.Contains(named, id) {
			t.Errorf("parameters of %s, about which the case expects nothing", id)
		}
		layer.Rules[id] = policies.Override{Enabled: &yes, Params: params}
	}
	set, err := l.Select(t.Context(), policies.Selection{Baseline: c.Baseline, Layers: []policies.Layer{layer}, Rules: named})
	if err != nil {
		t.Fatal(err)
	}
	results, err := set.Evaluate(t.Context(), pool)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

// rules returns the ids that the expectation is about: its own, and those of the
// baseline that fit a pattern.
func (e expectation) rules(t *testing.T, l *policies.Library, c poolCase) []string {
	t.Helper()
	var ids []string
	for _, pattern := range e.Rules {
		if !strings.Contains(pattern, "*") {
			ids = append(ids, pattern)
			continue
		}
		rules, err := l.Preview(policies.Selection{Baseline: c.Baseline})
		if err != nil {
			t.Fatal(err)
		}
		before := len(ids)
		for _, r := range rules {
			if fits, _ := path.Match(pattern, r.ID); fits && (e.Kind == "" || e.Kind == r.Target) {
				ids = append(ids, r.ID)
			}
		}
		if len(ids) == before {
			t.Errorf("no rule of the baseline is %s", pattern)
		}
	}
	return ids
}

// check compares the results of a case with the expectation.
func (e expectation) check(t *testing.T, l *policies.Library, c poolCase, results []policies.Result) {
	t.Helper()
	if e.Status == nil || len(e.Rules) == 0 {
		t.Errorf("an expectation without status or rules: %+v", e)
		return
	}
	for _, id := range e.rules(t, l, c) {
		found := false
		for _, r := range results {
			if r.Rule != id || e.Target != "" && e.Target != r.Target.ID {
				continue
			}
			found = true
			if r.Status != *e.Status {
				t.Errorf("%s %s: got %s, want %s (%v %s)", id, r.Target.ID, r.Status, *e.Status, r.Violations, r.Reason)
			}
			if e.Severity != nil && r.Severity != *e.Severity {
				t.Errorf("%s %s: got severity %s, want %s", id, r.Target.ID, r.Severity, *e.Severity)
			}
			says := func(v finding.Violation) bool { return strings.Contains(v.Message, e.Says) }
			if e.Says != "" && !slices.ContainsFunc(r.Violations, says) {
				t.Errorf("%s %s: got %v, want a message with %q", id, r.Target.ID, r.Violations, e.Says)
			}
		}
		if !found {
			t.Errorf("%s: got no result for the target %q, want %s", id, e.Target, *e.Status)
		}
	}
}
