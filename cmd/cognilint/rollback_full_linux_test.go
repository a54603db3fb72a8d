package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// fillDisk lets the journal that is open in a folder take no more records.
func fillDisk(t *testing.T, folder string) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Error(err)
		return
	}
	defer full.Close()
	files, _ := filepath.Glob("/proc/self/fd/*")
	for _, file := range files {
		name, err := os.Readlink(file)
		if err != nil || filepath.Dir(name) != folder || strings.HasSuffix(name, "audit.ndjson") {
			continue
		}
		var descriptor int
		for _, digit := range filepath.Base(file) {
			descriptor = 10*descriptor + int(digit-'0')
		}
		if err := syscall.Dup3(int(full.Fd()), descriptor, 0); err != nil {
			t.Error(err)
		}
	}
}

// A rollback that ends because its journal cannot be written is no wrong usage.
func TestRollbackDiskFull(t *testing.T) {
	server := startServer(t, fixables(t, 1)...)
	done := safely(t, "--rule", "password-minimum-length", "--rule", "client-prevents-user-existence-errors")
	journals, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	server.Before("UpdateUserPoolClient", 1, func(cognitotest.Request) { fillDisk(t, journals) })
	before := len(writes(server))
	o := runFix(t, "rollback", "--yes", "--journal-dir", journals, done.report.Fixes[0].Journal)
	if made := len(writes(server)) - before; o.code != exitFix || made != 1 || !strings.Contains(o.stderr, "no space left") {
		t.Errorf("exit code %d after %d calls, want %d after 1: %s", o.code, made, exitFix, o.stderr)
	}
}
