package main

import (
	"path/filepath"
	"testing"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// A rollback does nothing where somebody changed the pool since, and fails.
func TestRollbackRefused(t *testing.T) {
	server := startServer(t, served(t, "fixable/shop.json"))
	journals := filepath.Join(t.TempDir(), "journal")
	done := runFix(t, "scan", "--fix", "--yes", "--rule", "deletion-protection", "-f", "json", "--journal-dir", journals)
	err := server.Change("eu-west-1_Fixable01", cognitotest.UserPool, "", func(tree map[string]any) { tree["EmailVerificationSubject"] = "Hello" })
	if err != nil {
		t.Fatal(err)
	}
	made := len(writes(server))
	if o := runFix(t, "rollback", "--yes", "--journal-dir", journals, done.report.Fixes[0].Journal); o.code != exitFix || len(writes(server)) != made {
		t.Errorf("exit code %d, want %d: %s", o.code, exitFix, o.stderr)
	}
}
