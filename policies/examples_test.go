package policies_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/scanner"
)

var update = flag.Bool("update", false, "rewrite examples.json")

// TestExamples compares the examples that the pages of the rules show with
// what the rules say today.
func TestExamples(t *testing.T) {
	want := examples(t)
	if *update {
		if err := os.WriteFile("examples.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile("examples.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("examples.json is not what the rules say; run: go test ./policies -run TestExamples -update, then TestRulePages of cmd/cognilint")
	}
	l := library(t)
	rules, err := l.Rules()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		example, err := l.Example(r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if example == nil || example.Message == "" || example.Path == "" {
			t.Errorf("%s has the example %+v, expected one with message and path", r.ID, example)
		}
	}
}

// examples evaluates every rule on the worst pools and keeps of each the
// violation that is best to read.
func examples(t *testing.T) []byte {
	set := baseline(t, "all")
	best := map[string]finding.Violation{}
	exports, err := scanner.ReadExports(t.Context(), []string{"../testdata/worst"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range exports.Pools {
		results, err := set.Evaluate(t.Context(), e.Pool)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range results {
			for _, v := range example(r) {
				if known, ok := best[r.Rule]; !ok || effort(v).less(effort(known)) {
					best[r.Rule] = v
				}
			}
		}
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(best); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

func example(r policies.Result) []finding.Violation {
	if r.Status != finding.Fail {
		return nil
	}
	violations := make([]finding.Violation, len(r.Violations))
	for i, v := range r.Violations {
		violations[i] = finding.Violation{Message: v.Message, Path: v.Path, Actual: v.Actual, Expected: v.Expected}
	}
	return violations
}

// reading is what it takes to read a violation: a value that is there says
// more than one that is absent, and a short one more than a long one. The texts
// only make the choice definite.
type reading struct {
	absent, actual, message int
	text                    string
}

func effort(v finding.Violation) reading {
	actual, _ := json.Marshal(v.Actual)
	all, _ := json.Marshal(v)
	e := reading{actual: len(actual), message: len(v.Message), text: string(all)}
	if v.Actual == nil {
		e.absent = 1
	}
	return e
}

func (e reading) less(other reading) bool {
	return cmp.Or(
		cmp.Compare(e.absent, other.absent), cmp.Compare(e.actual, other.actual),
		cmp.Compare(e.message, other.message), cmp.Compare(e.text, other.text),
	) < 0
}
