package main

import (
	"os"
	"path/filepath"
	"testing"
)

// What is in force for other pools only does not stop a repair of this one.
func TestFixOpposedElsewhere(t *testing.T) {
	startServer(t, served(t, "fixable/shop.json"))
	config := filepath.Join(t.TempDir(), "cognilint.yaml")
	text := `
overrides:
  - pool: other-*
    rules:
      password-no-composition-rules: {enabled: true}
  - pool: fixable
    rules:
      password-requires-number: {enabled: true}
`
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	o := runFix(t, "scan", "--fix", "--allow-incomplete", "-f", "json", "--config", config)
	for _, u := range o.report.Fixes[0].Unfixed {
		if u.Rule == "password-requires-number" {
			t.Errorf("%s: %s", u.Rule, u.Reason)
		}
	}
}
