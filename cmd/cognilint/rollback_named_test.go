package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognitotest"
)

// A rollback sets back only what the calls of its journal changed, whatever
// somebody wrote into the pool as it was.
func TestRollbackOfEditedJournal(t *testing.T) {
	for name, edit := range map[string]func(pool map[string]any){
		"another tier": func(pool map[string]any) { pool["UserPoolTier"] = "LITE" },
		"another trigger": func(pool map[string]any) {
			pool["LambdaConfig"] = map[string]any{"PreSignUp": "arn:aws:lambda:eu-west-1:111122223333:function:evil"}
		},
		"no trigger": func(pool map[string]any) { delete(pool, "LambdaConfig") },
	} {
		t.Run(name, func(t *testing.T) {
			server := startServer(t, altered(t, fixables(t, 1)[0], func(pool map[string]any) {
				pool["UserPoolTier"], pool["LambdaConfig"] = "ESSENTIALS", map[string]any{"PreSignUp": "arn:aws:lambda:eu-west-1:111122223333:function:own"}
			}))
			done := safely(t, "--rule", "password-minimum-length")
			text, err := os.ReadFile(done.report.Fixes[0].Journal)
			if err != nil {
				t.Fatal(err)
			}
			first, rest, _ := strings.Cut(string(text), "\n")
			var begin map[string]any
			if err := json.Unmarshal([]byte(first), &begin); err != nil {
				t.Fatal(err)
			}
			edit(begin["before"].(map[string]any)["UserPool"].(map[string]any))
			edited, err := json.Marshal(begin)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "journal.ndjson")
			if err := os.WriteFile(file, []byte(string(edited)+"\n"+rest), 0o600); err != nil {
				t.Fatal(err)
			}
			made := len(writes(server))
			o := runFix(t, "rollback", "--yes", "--journal-dir", t.TempDir(), file)
			if o.code != exitFix || len(writes(server)) != made || !strings.Contains(o.stderr, "no call of the journal changed") {
				t.Errorf("exit code %d, writes %v: %s", o.code, writes(server)[made:], o.stderr)
			}
		})
	}
}

// What a repair left as somebody else's does not come back once they took it
// back.
func TestRollbackOfWhatWasLeft(t *testing.T) {
	server := startServer(t, fixables(t, 1)...)
	before := server.State(fixable).Clients[0]
	server.After("UpdateUserPool", 1, func(cognitotest.Request) {
		if err := server.Change(fixable, cognitotest.Clients, "1web", func(tree map[string]any) { tree["ClientName"] = "theirs" }); err != nil {
			t.Error(err)
		}
	})
	done := safely(t, "--rule", "password-minimum-length")
	checkFix(t, done, exitFix, finding.FixDamaged)
	if err := server.Change(fixable, cognitotest.Clients, "1web", func(tree map[string]any) { tree["ClientName"] = "web" }); err != nil {
		t.Fatal(err)
	}
	o := runFix(t, "rollback", "--yes", "--journal-dir", t.TempDir(), done.report.Fixes[0].Journal)
	after := server.State(fixable)
	if o.code != exitOK || strings.Contains(after.Clients[0], "theirs") || strings.Contains(after.UserPool, `"MinimumLength":12`) {
		t.Errorf("exit code %d, client %s, before %s: %s", o.code, after.Clients[0], before, o.stderr)
	}
}

// Undoing a rollback that somebody else's change stopped leaves that change.
func TestRollbackOfStoppedRollback(t *testing.T) {
	server := startServer(t, fixables(t, 1)...)
	done := safely(t, "--rule", "password-minimum-length", "--rule", "client-prevents-user-existence-errors")
	checkFix(t, done, exitOK, finding.FixApplied)
	if got := len(writes(server)); got != 2 {
		t.Fatalf("%d writes, want one of the pool and one of the client: %s", got, done.stderr)
	}
	// The client comes first; then somebody changes the pool.
	server.After("UpdateUserPoolClient", 1, func(cognitotest.Request) {
		if err := server.Change(fixable, cognitotest.UserPool, "", func(tree map[string]any) { tree["EmailVerificationSubject"] = "theirs" }); err != nil {
			t.Error(err)
		}
	})
	journals := t.TempDir()
	stopped := runFix(t, "rollback", "--yes", "--journal-dir", journals, done.report.Fixes[0].Journal)
	if stopped.code != exitFix {
		t.Fatalf("exit code %d: %s", stopped.code, stopped.stderr)
	}
	o := runFix(t, "rollback", "--yes", "--journal-dir", journals, onlyJournal(t, journals))
	if o.code != exitFix || !strings.Contains(server.State(fixable).UserPool, "theirs") {
		t.Errorf("exit code %d, pool %s: %s", o.code, server.State(fixable).UserPool, o.stderr)
	}
}

// What cannot be set back is told again, and is nobody else's change.
func TestRollbackOfAttributesTwice(t *testing.T) {
	startServer(t, fixables(t, 1)...)
	done := safely(t, "--rule", "password-minimum-length", "--rule", "custom-attributes-present", "--allow-disruptive", "--allow-irreversible")
	checkFix(t, done, exitOK, finding.FixApplied)
	for range 2 {
		o := runFix(t, "rollback", "--yes", "--journal-dir", t.TempDir(), done.report.Fixes[0].Journal)
		if o.code != exitFix || !strings.Contains(o.stderr, "custom attributes cannot be removed") {
			t.Errorf("exit code %d: %s", o.code, o.stderr)
		}
	}
}
