//go:build unix

package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A device must not be replaced by a file: a scan as root with -o json=/dev/null
// would break the machine.
func TestOutputToPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	// Opened for both ways, so that nobody waits for the other side.
	pipe, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	if err := writeOutput(path, textWriter("report")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode()&os.ModeNamedPipe == 0 {
		t.Fatalf("the pipe is a file of mode %v now", info.Mode())
	}
	got := make([]byte, len("report"))
	if _, err := pipe.Read(got); err != nil || string(got) != "report" {
		t.Errorf("the pipe got %q, error %v", got, err)
	}
}

func TestOutputObeysUmask(t *testing.T) {
	old := syscall.Umask(0o077)
	defer syscall.Umask(old)
	path := filepath.Join(t.TempDir(), "report.json")
	if err := writeOutput(path, textWriter("new")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o600 {
		t.Errorf("the mode is %o, want 600 with a umask of 077", got)
	}
}
