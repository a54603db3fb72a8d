package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognitotest"
)

// What was done to one pool is reported, also if the next one has no journal.
func TestFixReportsWhatWasDone(t *testing.T) {
	first, second := served(t, "fixable/shop.json"), secretPool("eu-west-1_Second01")
	server := startServer(t, first, second)
	journals := filepath.Join(t.TempDir(), "journal")
	server.After("UpdateUserPool", 1, func(cognitotest.Request) {
		os.RemoveAll(journals)
		os.WriteFile(journals, nil, 0o600)
	})
	o := runFix(t, "scan", "--fix", "--yes", "--rule", "deletion-protection", "-f", "json", "--journal-dir", journals)
	if o.code != exitFix || len(o.report.Fixes) != 2 {
		t.Fatalf("exit code %d with %d fixes: %s", o.code, len(o.report.Fixes), o.stderr)
	}
	for i, want := range []finding.FixState{finding.FixApplied, finding.FixUnchanged} {
		if got := o.report.Fixes[i]; got.State != want {
			t.Errorf("%s is %s (%s), want %s", got.Pool, got.State, got.Message, want)
		}
	}
}
