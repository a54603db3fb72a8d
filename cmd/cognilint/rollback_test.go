package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

func TestRollback(t *testing.T) {
	server := startServer(t, fixables(t, 1)...)
	done := safely(t, "--rule", "deletion-protection")
	journal := done.report.Fixes[0].Journal
	whole, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	written := func(text string) string {
		file := filepath.Join(t.TempDir(), "journal.ndjson")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	first, rest, _ := strings.Cut(string(whole), "\n")
	for _, tt := range []struct {
		name string
		args []string
		code int
		text string // on stderr
	}{
		{"no journal", []string{"--yes"}, exitUsage, "takes one journal"},
		{"a missing file", []string{"--yes", "nothing.ndjson"}, exitUsage, "nothing.ndjson: no such file"},
		{"an empty file, as of a crash", []string{"--yes", written("")}, exitUsage, "changed nothing"},
		{"a first record that is cut off, as by a crash", []string{"--yes", written(first[:100])}, exitUsage, "changed nothing"},
		{"no records", []string{"--yes", written("a\nb\n")}, exitUsage, "line 1 is no record"},
		{"the audit", []string{"--yes", filepath.Join(filepath.Dir(journal), "audit.ndjson")}, exitUsage, "line 1 is no record"},
		{"another schema", []string{"--yes", written(strings.Replace(string(whole), "journal/v1", "journal/v2", 1))}, exitUsage, "cognilint.journal/v1"},
		{"without its beginning", []string{"--yes", written(rest)}, exitUsage, "does not begin a journal"},
		{"a broken line", []string{"--yes", written(first + "\n{\"record\":\n" + rest)}, exitUsage, "line 2 is no record"},
		{"another pool in the snapshot", []string{"--yes", written(strings.ReplaceAll(string(whole), `"Id":"`+fixable, `"Id":"eu-west-1_Other`))}, exitUsage, "eu-west-1_Other"},
		{"nobody agrees", []string{journal}, exitFailed, "there is no terminal to ask on"},
		{"a dry run", []string{"--dry-run", "--yes", journal}, exitFailed, "a dry run"},
		{"another Region", []string{"--yes", "--region", "us-east-1", journal}, exitUsage, "another account or Region"},
		{"no folder for the journal", []string{"--yes", "--journal-dir", filepath.Join(journal, "x"), journal}, exitUsage, "nothing was changed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := len(writes(server))
			o := runFix(t, append([]string{"rollback"}, tt.args...)...)
			if got := writes(server); o.code != tt.code || len(got) > before || !strings.Contains(o.stderr, tt.text) {
				t.Errorf("exit code %d, want %d; writes %v: %s", o.code, tt.code, got[before:], o.stderr)
			}
		})
	}

	change := func(mode string) {
		t.Helper()
		if err := server.Change(fixable, cognitotest.UserPool, "", func(tree map[string]any) { tree["DeletionProtection"] = mode }); err != nil {
			t.Fatal(err)
		}
	}
	rollback := func(file string, code int, text string) {
		t.Helper()
		if o := runFix(t, "rollback", "--yes", "--journal-dir", t.TempDir(), file); o.code != code || !strings.Contains(o.stderr, text) {
			t.Errorf("exit code %d, want %d: %s", o.code, code, o.stderr)
		}
	}
	if err := server.Change(fixable, cognitotest.Clients, "1web", func(tree map[string]any) { tree["CallbackURLs"] = []any{"https://example.com"} }); err != nil {
		t.Fatal(err)
	}
	rollback(journal, exitFix, "somebody else changed the pool")
	if err := server.Change(fixable, cognitotest.Clients, "1web", func(tree map[string]any) { delete(tree, "CallbackURLs") }); err != nil {
		t.Fatal(err)
	}
	// A last line that is cut off, as by a crash, does not matter.
	rollback(written(strings.TrimSuffix(string(whole), "\n")[:len(whole)-20]), exitOK, "read back and compared")
	rollback(journal, exitOK, "there is nothing to undo")
	change("ACTIVE")
	rollback(journal, exitOK, "read back and compared")
}
