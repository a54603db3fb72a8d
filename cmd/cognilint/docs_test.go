package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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

func rulePages() (map[string][]byte, error) {
	library, err := policies.Load()
	if err != nil {
		return nil, err
	}
	pages := map[string][]byte{}
	byCategory := map[string][]finding.Rule{}
	rules, err := library.Rules()
	if err != nil {
		return nil, err
	}
	for _, rule := range rules {
		baselines, err := library.BaselinesWith(rule.ID)
		if err != nil {
			return nil, err
		}
		var page bytes.Buffer
		if err := report.WriteRule(&page, rule, baselines); err != nil {
			return nil, err
		}
		pages[rule.ID+".md"] = page.Bytes()
		byCategory[rule.Category] = append(byCategory[rule.Category], rule)
	}
	var index bytes.Buffer
	index.WriteString("# Rules\n\nMade from the rules themselves; `cognilint explain RULE` shows the same pages.\n\n## Baselines\n\n")
	for _, name := range library.Baselines() {
		baseline, err := library.Baseline(name)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&index, "- `%s` (%d rules): %s\n", name, len(baseline.Rules), baseline.Description)
	}
	var categories []string
	for category := range byCategory {
		categories = append(categories, category)
	}
	slices.Sort(categories)
	for _, category := range categories {
		fmt.Fprintf(&index, "\n## %s\n\n| Rule | Severity | Fix | What it checks |\n|---|---|---|---|\n", category)
		for _, rule := range byCategory[category] {
			fmt.Fprintf(&index, "| [%s](%s.md) | %s | %s | %s |\n", rule.ID, rule.ID, rule.Severity, rule.Fix, strings.ReplaceAll(rule.Title, "|", `\|`))
		}
	}
	pages["README.md"] = index.Bytes()
	return pages, nil
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
