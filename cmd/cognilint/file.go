package main

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeFile makes a file of what write writes, readable by its owner only. The
// file is complete or is not there at all: what stood at path before, which may
// be a symbolic link, is replaced at the end, and stays if anything fails.
func writeFile(path string, write func(io.Writer) error) error {
	return writeFileAs(path, 0o600, write)
}

// writeFileAs is writeFile with other permissions.
func writeFileAs(path string, mode os.FileMode, write func(io.Writer) error) error {
	// The temporary name has no ending that a scan of the folder would read.
	file, err := os.CreateTemp(filepath.Dir(path), ".cognilint-*.tmp")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, withoutName(err))
	}
	// Once the file was closed and renamed, both do nothing.
	defer os.Remove(file.Name())
	defer file.Close()

	buffered := bufio.NewWriter(file)
	for _, step := range []func() error{
		func() error { return write(buffered) },
		buffered.Flush,
		func() error { return file.Chmod(mode) },
		// Without it a file may be empty after the machine stopped.
		file.Sync,
		file.Close,
		func() error { return os.Rename(file.Name(), path) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("write %s: %w", path, withoutName(err))
		}
	}
	return nil
}

// withoutName takes out of a system's error the name that it is about, which
// may be a temporary one.
func withoutName(err error) error {
	switch err := err.(type) {
	case *fs.PathError:
		return err.Err
	case *os.LinkError:
		return err.Err
	default:
		return err
	}
}
