package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// writeFile makes a file of what write writes, readable by its owner only. The
// file is complete or is not there at all: what stood at path before, which may
// be a symbolic link, is replaced at the end, and stays if anything fails.
func writeFile(path string, write func(io.Writer) error) error {
	return writeFileAs(path, 0o600, write)
}

// writeOutput writes what others may read, too: a report or a template. The file
// has the mode of the one that it replaces, or what the umask leaves. A device
// or a pipe is written to: a file in its place would be the end of /dev/null.
func writeOutput(path string, write func(io.Writer) error) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("write %s: it is a directory, expected a file", path)
	case err != nil || info.Mode().IsRegular():
		return writeFileAs(path, 0o644, write)
	}
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, withoutName(err))
	}
	buffered := bufio.NewWriter(file)
	if err := cmp.Or(write(buffered), buffered.Flush(), file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, withoutName(err))
	}
	return nil
}

// writeFileAs is writeFile with more permissions than the owner's: those that
// the umask leaves, or that the file had which is replaced.
func writeFileAs(path string, mode os.FileMode, write func(io.Writer) error) error {
	file, err := createTemp(filepath.Dir(path), mode)
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
		func() error {
			info, err := os.Stat(path)
			if err != nil {
				return nil // there is nothing to replace
			}
			return file.Chmod(info.Mode().Perm() & mode)
		},
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

// createTemp makes a file that nobody has. Its name has no ending that a scan of
// the folder would read.
func createTemp(folder string, mode os.FileMode) (*os.File, error) {
	for {
		name := fmt.Sprintf(".cognilint-%d.tmp", rand.Uint64())
		file, err := os.OpenFile(filepath.Join(folder, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
	}
}

// localPath makes a path below the working directory relative to it, however it
// was given: consumers of reports look for files in the repository, and most find
// none by a path that starts at the root of the machine.
func localPath(path string) string {
	folder, err := os.Getwd()
	if err != nil || !filepath.IsAbs(path) {
		return path
	}
	if below, err := filepath.Rel(folder, path); err == nil && filepath.IsLocal(below) {
		return below
	}
	return path
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
