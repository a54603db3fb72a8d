package main

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/finding"
)

// Findings in live pools point into the snapshots that the same command writes,
// and are those of a scan of the snapshots.
func TestSnapshotDir(t *testing.T) {
	startServer(t, served(t, "fixable/shop.json"))
	folder := filepath.Join(t.TempDir(), "snapshots")
	live := runFix(t, "scan", "-f", "json", "--snapshot-dir", folder)
	file := filepath.Join(folder, "111122223333", "eu-west-1", "eu-west-1_Fixable01.json")
	later := runFix(t, "scan", "-f", "json", folder)
	positions := func(r finding.Report) map[string]*finding.Position {
		found := map[string]*finding.Position{}
		for _, c := range r.Checks {
			for _, v := range c.Violations {
				found[c.Fingerprint+v.Path] = v.Position
				if v.Position == nil || v.Position.File != file {
					t.Errorf("%s stands at %v, want a place in %s", c.Rule, v.Position, file)
				}
			}
		}
		return found
	}
	if diff := cmp.Diff(positions(later.report), positions(live.report)); diff != "" {
		t.Errorf("-scan of the snapshot +live scan\n%s", diff)
	}

	fixed := runFix(t, "scan", "-f", "json", "--fix", "--yes", "--snapshot-dir", folder, "--journal-dir", t.TempDir())
	again := runFix(t, "scan", "-f", "json", folder)
	if diff := cmp.Diff(positions(again.report), positions(fixed.report)); diff != "" {
		t.Errorf("after a repair: -scan of the snapshot +live scan\n%s", diff)
	}
	for _, tt := range []struct{ args []string }{
		{[]string{"scan", "-o", "sarif=x.sarif"}},
		{[]string{"scan", "--snapshot-dir", folder, folder}},
	} {
		if got := runFix(t, tt.args...); got.code != exitUsage {
			t.Errorf("%v: exit code %d, want %d", tt.args, got.code, exitUsage)
		}
	}
}
