package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// A run that was killed after it saw damage, and before it repaired that, leaves
// a journal that leads back.
func TestRollbackOfDamage(t *testing.T) {
	const id = "eu-west-1_Fixable01"
	server := startServer(t, served(t, "fixable/shop.json"))
	server.Fail(cognitotest.Fault{Kind: cognitotest.Collateral, Operation: "UpdateUserPool", Call: 1, Alter: func(tree map[string]any) { tree["EmailVerificationSubject"] = "lost" }})
	var damaged string
	server.Before("UpdateUserPool", 2, func(cognitotest.Request) { damaged = server.State(id).UserPool })
	done := runFix(t, "scan", "--fix", "--yes", "--rule", "deletion-protection", "-f", "json", "--journal-dir", filepath.Join(t.TempDir(), "journal"))
	text, err := os.ReadFile(done.report.Fixes[0].Journal)
	if err != nil || damaged == "" {
		t.Fatal(err, done.stderr)
	}
	journal := filepath.Join(t.TempDir(), "killed.ndjson")
	if err := os.WriteFile(journal, []byte(strings.Join(strings.SplitAfter(string(text), "\n")[:3], "")), 0o600); err != nil {
		t.Fatal(err)
	}
	pool := served(t, "fixable/shop.json")
	pool.UserPool = damaged
	server = startServer(t, pool)
	o := runFix(t, "rollback", "--yes", "--journal-dir", t.TempDir(), journal)
	if after := server.State(id).UserPool; o.code != exitOK || strings.Contains(after, "lost") || strings.Contains(after, `"ACTIVE"`) {
		t.Errorf("exit code %d, pool %s: %s", o.code, after, o.stderr)
	}
}
