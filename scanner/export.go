package scanner

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// Stdin is the path that stands for standard input.
const Stdin = "-"

// endings are the files that a folder walk reads.
var endings = []string{".json", ".ndjson", ".yaml", ".yml"}

// settings are files of cognilint itself, which a folder of a repository may hold
// beside exports.
var settings = []string{"cognilint.yaml", "cognilint.waivers.yaml"}

// Exports is what a set of files holds.
type Exports struct {
	// Pools are in the order of the paths; files of one folder by name.
	Pools []*Exported
	// Skipped counts what folders hold beside exports: files whose ending says
	// that they are something else, links to folders, and what cognilint itself
	// writes besides snapshots.
	Skipped int
}

// ReadExports reads files, folders (with everything below them) and, for
// [Stdin], standard input. Files of one folder that belong to one pool become
// one snapshot. The error joins an [InputError] for each file that cannot be
// used; then there are no pools.
func ReadExports(ctx context.Context, paths []string, stdin io.Reader) (*Exports, error) {
	exports := &Exports{}
	names, walked, err := exports.find(paths)
	if err != nil {
		return nil, err
	}
	read := make([][]*document, len(names))
	errs := make([]error, len(names))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(maxParallelReads)
	for i, name := range names {
		group.Go(func() error {
			// A read of a pipe or a terminal cannot be called off, so the scan
			// does not wait for it.
			done := make(chan struct{})
			go func() {
				defer close(done)
				read[i], errs[i] = readDocuments(name, stdin)
			}()
			select {
			case <-done:
			case <-ctx.Done():
			}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for _, folder := range byFolder(names) {
		var documents []*document
		for _, i := range folder {
			if walked[names[i]] && isOutput(read[i]) {
				exports.Skipped++
				continue
			}
			documents = append(documents, read[i]...)
		}
		pools, folderErrs := assemble(documents)
		exports.Pools = append(exports.Pools, pools...)
		errs = append(errs, folderErrs...)
	}
	if err := joinErrors(errs); err != nil {
		return nil, err
	}
	return exports, nil
}

// maxParallelReads bounds the files that are open and decoded at a time.
const maxParallelReads = 8

// find lists the files below the paths, each once, and tells which of them were
// found in a folder.
func (e *Exports) find(paths []string) (names []string, walked map[string]bool, err error) {
	walked = map[string]bool{}
	seen := map[string]bool{}
	add := func(name string) {
		real := name
		if path, err := filepath.EvalSymlinks(name); err == nil {
			real = path
		}
		if path, err := filepath.Abs(real); err == nil && name != Stdin {
			real = path
		}
		if !seen[real] {
			seen[real] = true
			names = append(names, name)
		}
	}
	for _, root := range paths {
		if root == Stdin {
			add(root)
			continue
		}
		if root == "" {
			return nil, nil, errors.New("an empty path, expected a file, a folder or -")
		}
		root = filepath.Clean(root)
		info, err := os.Stat(root)
		if err != nil {
			return nil, nil, unreadable(root, err)
		}
		if !info.IsDir() {
			add(root)
			continue
		}
		// The dot makes a walk enter a folder behind a symbolic link.
		err = filepath.WalkDir(root+string(filepath.Separator)+".", func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return unreadable(name, err)
			case entry.IsDir() && entry.Name() == ".git":
				return filepath.SkipDir
			case entry.IsDir(), slices.Contains(settings, entry.Name()):
				return nil
			case !slices.Contains(endings, strings.ToLower(filepath.Ext(name))) || !isRegular(name):
				e.Skipped++
				return nil
			}
			add(filepath.Clean(name))
			walked[filepath.Clean(name)] = true
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return names, walked, nil
}

// isOutput tells whether a file is a report, a plan or a journal of cognilint,
// which may stand beside exports.
func isOutput(documents []*document) bool {
	if len(documents) == 0 {
		return false
	}
	members, _ := documents[0].value.(map[string]any)
	schema, _ := members["schema"].(string)
	return strings.HasPrefix(schema, "cognilint.") && !strings.HasPrefix(schema, "cognilint.snapshot/")
}

func isRegular(name string) bool {
	info, err := os.Stat(name)
	return err != nil || info.Mode().IsRegular()
}

func unreadable(name string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return &InputError{File: name, Message: err.Error() + ", expected a readable file or folder"}
}

// byFolder groups the indexes of the names by their folder, in the order in
// which the folders come first.
func byFolder(names []string) [][]int {
	var groups [][]int
	place := map[string]int{}
	for i, name := range names {
		folder := filepath.Dir(name)
		if name == Stdin {
			folder = Stdin + "stdin"
		}
		at, ok := place[folder]
		if !ok {
			at = len(groups)
			place[folder] = at
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], i)
	}
	return groups
}

func readDocuments(name string, stdin io.Reader) ([]*document, error) {
	f := &file{path: name}
	var err error
	if f.text, err = readLimited(name, stdin); err != nil {
		return nil, err
	}
	return f.documents()
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// documents decodes the text of the file.
func (f *file) documents() (documents []*document, err error) {
	f.text, f.bom = bytes.CutPrefix(f.text, byteOrderMark)
	if bytes.HasPrefix(f.text, []byte("\xff\xfe")) || bytes.HasPrefix(f.text, []byte("\xfe\xff")) {
		return nil, &InputError{File: f.path, Line: 1, Column: 1, Message: "the text is UTF-16, expected UTF-8; write the file again as UTF-8"}
	}
	empty := &InputError{File: f.path, Line: 1, Column: 1, Message: "the file is empty, expected " + expectedInput + noWebACL}
	trimmed := bytes.TrimSpace(f.text)
	if len(trimmed) == 0 {
		return nil, empty
	}
	if isYAML(f.path, trimmed) {
		documents, err = decodeYAML(f)
	} else {
		documents, err = decodeJSON(f)
	}
	if err == nil && len(documents) == 0 && trimmed[0] == '#' {
		return nil, empty
	}
	for i, d := range documents {
		d.index = i
	}
	return documents, err
}

// isYAML goes by the ending; without one that tells, text that does not start
// like a JSON object or array is YAML.
func isYAML(name string, trimmed []byte) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		return true
	case ".json", ".ndjson":
		return false
	default:
		return trimmed[0] != '{' && trimmed[0] != '['
	}
}

func readLimited(name string, stdin io.Reader) ([]byte, error) {
	in := stdin
	if name != Stdin {
		opened, err := os.Open(name)
		if err != nil {
			return nil, unreadable(name, err)
		}
		defer opened.Close()
		in = opened
	}
	text, err := io.ReadAll(io.LimitReader(in, maxFileSize+1))
	if err != nil {
		return nil, unreadable(name, err)
	}
	if len(text) > maxFileSize {
		return nil, &InputError{File: name, Message: fmt.Sprintf("larger than %d MiB, expected one export per file or several smaller files", maxFileSize>>20)}
	}
	return text, nil
}
