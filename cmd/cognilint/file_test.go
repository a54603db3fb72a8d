package main

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestOutputKeepsMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no mode")
	}
	path := filepath.Join(t.TempDir(), "report.json")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := writeOutput(path, textWriter("new")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o600 {
		t.Errorf("the mode is %o, want the one of the file that was replaced, 600", got)
	}
}

func TestOutputToDirectory(t *testing.T) {
	err := writeOutput(t.TempDir(), textWriter("new"))
	if err == nil || !strings.Contains(err.Error(), "is a directory, expected a file") {
		t.Errorf("error %v, want one that says that it is a directory", err)
	}
}

func TestOutputsNamedTwice(t *testing.T) {
	got := runFix(t, "scan", "-o", "json=a", "-o", "csv=./b/../a", "missing")
	if want := "names ./b/../a twice"; got.code != exitUsage || !strings.Contains(got.stderr, want) {
		t.Errorf("exit code %d, want %d, and %q in %q", got.code, exitUsage, want, got.stderr)
	}
}

func textWriter(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}
