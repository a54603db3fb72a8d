package main

import (
	"errors"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/scanner"
)

// A pool may stand in several files, any of which may not be written.
func TestFileState(t *testing.T) {
	full := errors.New("no space left on device")
	own := []scanner.FileChange{{Path: "pool.json"}, {Path: "client.json"}}
	for _, tt := range []struct {
		name    string
		written map[string]error
		want    finding.FixState
	}{
		{"all", map[string]error{"pool.json": nil, "client.json": nil}, finding.FixApplied},
		{"not the second", map[string]error{"pool.json": nil, "client.json": full}, finding.FixIncomplete},
		{"none", map[string]error{"pool.json": full, "client.json": full}, finding.FixUnchanged},
		{"another pool's", map[string]error{"pool.json": nil, "client.json": nil, "other.json": full}, finding.FixApplied},
	} {
		if got, message := fileState(own, tt.written); got != tt.want || (message == "") != (got == finding.FixApplied) {
			t.Errorf("%s: %s (%s), want %s", tt.name, got, message, tt.want)
		}
	}
}
