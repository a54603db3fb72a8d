package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
)

// Files that cannot be written are told, and the others of the run are.
func TestFixFilesThatCannotBeWritten(t *testing.T) {
	if os.Geteuid() <= 0 {
		t.Skip("the user may write everywhere, or permissions are others than here")
	}
	folder := t.TempDir()
	write := func(name, text string) {
		name = filepath.Join(folder, name)
		os.MkdirAll(filepath.Dir(name), 0o700)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pool := func(id string) string {
		return `{"UserPool": {"Id": "eu-west-1_` + id + `", "DeletionProtection": "INACTIVE"}}`
	}
	client := `{"UserPoolClient": {"UserPoolId": "eu-west-1_B", "ClientId": "web", "EnableTokenRevocation": false}}`
	write("a/pool.json", pool("A"))
	write("b/pool.json", pool("B"))
	write("locked/client.json", client)
	write("c/pool.json", pool("C"))
	if err := os.Symlink("../locked/client.json", filepath.Join(folder, "b", "client.json")); err != nil {
		t.Fatal(err)
	}
	for _, locked := range []string{"c", "locked"} {
		os.Chmod(filepath.Join(folder, locked), 0o500)
		t.Cleanup(func() { os.Chmod(filepath.Join(folder, locked), 0o700) })
	}
	o := runFix(t, "scan", "--fix", "--yes", "--rule", "deletion-protection", "--rule", "client-token-revocation", "-f", "json",
		filepath.Join(folder, "a"), filepath.Join(folder, "b", "pool.json"), filepath.Join(folder, "b", "client.json"), filepath.Join(folder, "c"))
	checkFix(t, o, exitFix, finding.FixApplied, finding.FixIncomplete, finding.FixUnchanged)
	for file, want := range map[string]bool{"a/pool.json": true, "b/pool.json": true, "locked/client.json": false, "c/pool.json": false} {
		text, err := os.ReadFile(filepath.Join(folder, file))
		if changed := string(text) != client && string(text) != pool(strings.ToUpper(file[:1])); err != nil || changed != want {
			t.Errorf("%s changed is %v: %s", file, changed, text)
		}
	}
}
