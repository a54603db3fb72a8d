package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// TestFingerprintsStay: the same pool in a file with another name, in YAML, with
// other lines and its clients the other way round, has the same findings to a
// consumer that compares fingerprints.
func TestFingerprintsStay(t *testing.T) {
	text, err := os.ReadFile("../../testdata/pools/web-shop.json")
	if err != nil {
		t.Fatal(err)
	}
	var pool map[string]any
	if err := json.Unmarshal(text, &pool); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(pool["Clients"].([]any))
	for _, client := range pool["Clients"].([]any) {
		if flows, ok := client.(map[string]any)["ExplicitAuthFlows"].([]any); ok {
			slices.Reverse(flows)
		}
	}
	moved, err := yaml.Marshal(pool)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for name, text := range map[string][]byte{"before/web-shop.json": text, "after/renamed.yaml": append([]byte("# one\n# two\n"), moved...)} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	found := func(folder string) []string {
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), []string{"cognilint", "scan", "--baseline", "all", "-f", "gitlab", folder}, nil, &stdout, &stderr); code != exitFailed {
			t.Fatalf("exit code %d: %s", code, &stderr)
		}
		var issues []struct {
			Check       string `json:"check_name"`
			Fingerprint string `json:"fingerprint"`
		}
		if err := json.Unmarshal(stdout.Bytes(), &issues); err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, issue := range issues {
			all = append(all, issue.Check+" "+issue.Fingerprint)
		}
		slices.Sort(all)
		return all
	}
	before, after := found(filepath.Join(folder, "before")), found(filepath.Join(folder, "after"))
	if len(before) < 10 {
		t.Errorf("%d findings, too few to tell anything", len(before))
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("-before +after\n%s", diff)
	}
}

// TestLivePoolsHaveNoPositions: a format that points at files says so, instead of
// pointing at a line that it made up.
func TestLivePoolsHaveNoPositions(t *testing.T) {
	startServer(t, secretPool("eu-west-1_A"))
	for _, format := range []string{"sarif", "gitlab"} {
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), []string{"cognilint", "scan", "-f", format}, nil, &stdout, &stderr)
		if code != exitUsage || stdout.Len() > 0 || !strings.Contains(stderr.String(), "live pools have none; write them with --snapshot-dir DIR, or scan exported pools") {
			t.Errorf("%s: exit code %d, output %q, error %q", format, code, &stdout, &stderr)
		}
	}
}
