package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/report"
)

var update = flag.Bool("update", false, "rewrite the generated pages in docs/rules")

// TestRulePages compares docs/rules with what the rules say about themselves.
func TestRulePages(t *testing.T) {
	pages, err := rulePages()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join("..", "..", "docs", "rules")
	old, err := filepath.Glob(filepath.Join(folder, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range old {
		if _, ok := pages[filepath.Base(name)]; !ok {
			t.Errorf("%s belongs to no rule; delete it", name)
		}
	}
	for name, want := range pages {
		file := filepath.Join(folder, name)
		if *update {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the rule says; run: go test ./cmd/cognilint -run TestRulePages -update", file)
		}
	}
}

// TestRulePagesShowFindings scans the pools that the examples come from: each page shows
// a finding that its rule makes.
func TestRulePagesShowFindings(t *testing.T) {
	var stdout, stderr bytes.Buffer
	args := []string{"cognilint", "scan", "--config", os.DevNull, "--baseline", "all", "-f", "json", filepath.Join("..", "..", "testdata", "worst")}
	if code := run(t.Context(), args, nil, &stdout, &stderr); code != exitFailed {
		t.Fatalf("exit code %d, want %d: %s", code, exitFailed, &stderr)
	}
	scanned, err := report.ReadJSON(&stdout)
	if err != nil {
		t.Fatal(err)
	}
	text := func(rule string, v finding.Violation) string {
		v.Position = nil
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return rule + " " + string(text)
	}
	made := map[string]bool{}
	for _, check := range scanned.Checks {
		for _, v := range check.Violations {
			made[text(check.Rule, v)] = true
		}
	}
	library, err := policies.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range scanned.Rules {
		example, err := library.Example(rule.ID)
		if err != nil {
			t.Fatal(err)
		}
		if example == nil || !made[text(rule.ID, *example)] {
			t.Errorf("%s does not make the finding of its page, %+v; run: go test ./policies -run TestExamples -update", rule.ID, example)
		}
	}
}

// TestReadme keeps the output block of the README true.
// excerpt is what the README shows of a report: its first severity and its end.
func excerpt(output string) string {
	first, _, _ := strings.Cut(output, "\nmedium ")
	return first + "\n…\n\n" + output[strings.LastIndex(output, "\npools ")+1:]
}

func TestReadme(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"cognilint", "scan", "testdata/pools"}, nil, &stdout, &stderr); code != exitFailed || stderr.Len() > 0 {
		t.Fatalf("exit code %d, want 1: %s", code, &stderr)
	}
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(text), "```text\n")
	block, after, found := strings.Cut(rest, "```\n")
	if !found {
		t.Fatal("the README has no output block")
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(before+"```text\n"+excerpt(stdout.String())+"```\n"+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if block != excerpt(stdout.String()) {
		t.Error("the output block of the README is old; run: go test ./cmd/cognilint -run TestReadme -update")
	}
}
