package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/cognilint/cognilint/finding"
)

// A call that took effect is not told as none because the disk is full.
func TestFixAuditFull(t *testing.T) {
	server := startServer(t, served(t, "fixable/shop.json"))
	journals := t.TempDir()
	if err := os.Symlink("/dev/full", filepath.Join(journals, "audit.ndjson")); err != nil {
		t.Skip(err)
	}
	o := runFix(t, "scan", "--fix", "--yes", "--rule", "deletion-protection", "-f", "json", "--journal-dir", journals)
	if len(writes(server)) != 1 {
		t.Skipf("the folder takes everything: %s", o.stderr)
	}
	if got := o.report.Fixes[0].State; got != finding.FixIncomplete || o.code != exitFix {
		t.Errorf("the pool was changed; exit code %d, state %s: %s", o.code, got, o.stderr)
	}
}
