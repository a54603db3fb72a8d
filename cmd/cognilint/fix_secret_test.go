package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// TestFixNoSecretAnywhere repairs a pool with secrets wherever the API has them,
// with every fault of a write, and looks at everything that is written: reports,
// messages, plans, journals and the audit. runFix looks at the outputs.
func TestFixNoSecretAnywhere(t *testing.T) {
	faults := []cognitotest.Fault{
		{},
		{Kind: cognitotest.Deny, Operation: cognitotest.Writes, From: 2},
		{Kind: cognitotest.FailAfter, Operation: "UpdateUserPoolClient"},
		{Kind: cognitotest.CutBody, Operation: "UpdateUserPoolClient"},
		{Kind: cognitotest.Collateral, Operation: "UpdateUserPoolClient", Call: 1, Section: cognitotest.Clients, ID: "1web", Alter: func(tree map[string]any) {
			tree["ClientSecret"] = secret + "2"
			tree["CallbackURLs"] = []any{"https://example.com"}
		}},
	}
	for _, fault := range faults {
		t.Run(string(fault.Kind)+" "+fault.Operation, func(t *testing.T) {
			pool := served(t, "fixable/shop.json")
			pool.IdentityProviders = secretPool("x").IdentityProviders
			server := startServer(t, pool)
			if fault.Kind != "" {
				server.Fail(fault)
			}
			folder := t.TempDir()
			journals, plan := filepath.Join(folder, "journals"), filepath.Join(folder, "plan.json")
			scan := []string{"scan", "--fix", "--allow-disruptive", "--baseline", "all", "--show-passed", "-v", "--journal-dir", journals}
			runFix(t, append(scan, "--plan-out", plan, "-f", "json")...)
			applied := runFix(t, "apply", "--yes", "--journal-dir", journals, "-f", "json", plan)
			runFix(t, append(scan, "--yes", "-f", "json")...)
			if len(writes(server)) == 0 || len(applied.report.Fixes) != 1 || applied.report.Fixes[0].Journal == "" {
				t.Fatalf("nothing was written: %s", applied.stderr)
			}
			runFix(t, "rollback", "--yes", "--journal-dir", journals, applied.report.Fixes[0].Journal)
			files := 0
			filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
				if err != nil || entry.IsDir() {
					return err
				}
				files++
				if text, err := os.ReadFile(path); err != nil || bytes.Contains(text, []byte(secret)) {
					t.Errorf("%s holds a secret (%v)", path, err)
				}
				if info, err := entry.Info(); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
					t.Errorf("%s has mode %v (%v), want that only its owner can read it", path, info.Mode(), err)
				}
				return nil
			})
			if files < 3 {
				t.Errorf("%d files, want a plan, a journal and the audit", files)
			}
			if info, err := os.Stat(journals); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
				t.Errorf("the folder of journals has mode %v (%v)", info.Mode(), err)
			}
		})
	}
}
