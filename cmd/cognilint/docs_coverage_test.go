package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/policies"
)

// TestCoverage: docs/coverage.md names rules that exist, has a rule in each row
// that promises one, and leaves out none that has a control of AWS.
func TestCoverage(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "coverage.md"))
	if err != nil {
		t.Fatal(err)
	}
	library, err := policies.Load()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := library.Rules()
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, rule := range rules {
		ids[rule.ID] = true
	}

	link := regexp.MustCompile(`\[([^\]]+)\]\(rules/([^)]+)\.md\)`)
	named := map[string]bool{"README": true}
	for _, match := range link.FindAllStringSubmatch(string(text), -1) {
		if id := match[2]; id != "README" && (!ids[id] || match[1] != id) {
			t.Errorf("%s is no rule, or called otherwise", match[0])
		}
		named[match[2]] = true
	}
	covered, _, found := strings.Cut(string(text), "## Conditions without a rule")
	if !found {
		t.Error("nothing is said about conditions without a rule")
	}
	rows := 0
	for line := range strings.Lines(covered) {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || strings.HasPrefix(line, "|---") || strings.HasPrefix(line, "| Condition") {
			continue
		}
		rows++
		if !link.MatchString(cells[3]) {
			t.Errorf("no rule for the condition %q", strings.TrimSpace(cells[1]))
		}
	}
	if rows == 0 {
		t.Error("no condition with a rule")
	}
	for _, rule := range rules {
		for _, framework := range []string{"aws-fsbp", "aws-config"} {
			for _, control := range rule.Controls[framework] {
				if !named[rule.ID] || !strings.Contains(covered, control) {
					t.Errorf("nothing about %s %s, which %s checks", framework, control, rule.ID)
				}
			}
		}
	}
}
