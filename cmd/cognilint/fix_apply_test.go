package main

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The report of apply counts what a scan afterwards counts.
func TestApplySummary(t *testing.T) {
	startServer(t, served(t, "fixable/shop.json"))
	plan := filepath.Join(t.TempDir(), "plan.json")
	runFix(t, "scan", "--fix", "--allow-incomplete", "-f", "json", "--plan-out", plan)
	done := runFix(t, "apply", "--yes", "--allow-incomplete", "-f", "json", "--journal-dir", filepath.Join(t.TempDir(), "journal"), plan)
	after := runFix(t, "scan", "--allow-incomplete", "-f", "json")
	if diff := cmp.Diff(after.report.Summary, done.report.Summary); diff != "" {
		t.Errorf("-scan +apply\n%s", diff)
	}
}
