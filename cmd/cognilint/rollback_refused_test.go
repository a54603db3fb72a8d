package main

import (
	"path/filepath"
	"testing"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// A rollback that does nothing because somebody changed the pool since ends as
// its help says.
func TestRollbackRefused(t *testing.T) {
	server := startServer(t, served(t, "fixable/shop.json"))
	journals := filepath.Join(t.TempDir(), "journal")
	done := runFix(t, "scan", "--fix", "--yes", "--rule", "deletion-protection", "-f", "json", "--journal-dir", journals)
	err := server.Change("eu-west-1_Fixable01", cognitotest.UserPool, "", func(tree map[string]any) { tree["EmailVerificationSubject"] = "Hello" })
	if err != nil {
		t.Fatal(err)
	}
	made := len(writes(server))
	if o := runFix(t, "rollback", "--yes", "--journal-dir", journals, done.report.Fixes[0].Journal); o.code != exitFailed || len(writes(server)) != made {
		t.Errorf("exit code %d, want %d: %s", o.code, exitFailed, o.stderr)
	}
}
