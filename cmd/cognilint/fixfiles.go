package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/scanner"
)

// rewrite shows what would change of the files of exports, and changes them if
// somebody agrees. Files change at the end, when all is known.
func (f *fixer) rewrite(ctx context.Context, s *scan) error {
	all := scanner.NewRewriter()
	var agreed []*poolFix
	for _, p := range f.pools {
		p.result = describeFix(p.plan)
		if state, message, ok := f.mayGoOn(ctx, p.plan, len(agreed)); !ok {
			p.result.State, p.result.Message = state, message
			if state != finding.FixPostponed {
				writePlan(f.out, p.plan)
			}
			continue
		}
		writePlan(f.out, p.plan)
		diff, err := f.diff(p)
		if err != nil {
			p.result.State, p.result.Message = finding.FixRefused, err.Error()
			fmt.Fprintf(f.out, "cognilint: %s: the file cannot be changed: %s\n", poolLabel(p.plan.Pool), describe(err))
			continue
		}
		p.result.Diff = diff
		fmt.Fprintf(f.out, "\n%s\n", diff)
		if state, message := f.agree(p.plan); state != "" {
			p.result.State, p.result.Message = state, message
			fmt.Fprintf(f.out, "cognilint: %s\n", message)
			continue
		}
		if err := all.Add(p.exported, replacements(p)); err != nil {
			return err
		}
		agreed = append(agreed, p)
	}
	if len(agreed) == 0 {
		return nil
	}
	return f.writeFiles(ctx, s, all, agreed)
}

func replacements(p *poolFix) []scanner.Replacement {
	var found []scanner.Replacement
	for _, d := range p.plan.Replacements() {
		found = append(found, scanner.Replacement{Pointer: d.Path, Old: d.Before, New: d.After})
	}
	return found
}

// diff is the unified diff of one pool's files.
func (f *fixer) diff(p *poolFix) (string, error) {
	changes, err := p.exported.Rewrite(replacements(p))
	if err != nil {
		return "", err
	}
	var text string
	for _, change := range changes {
		p.files = append(p.files, change.Path)
		text += scanner.Diff(change.Path, change.Old, change.New)
	}
	return text, nil
}

// writeFiles changes files, reads them again and checks their pools anew.
func (f *fixer) writeFiles(ctx context.Context, s *scan, all *scanner.Rewriter, agreed []*poolFix) error {
	changes, err := all.Changes()
	if err != nil {
		return err
	}
	for _, change := range changes {
		if err := checkUnchanged(change); err != nil {
			return err
		}
	}
	defer changing(ctx)()
	written := map[string]error{}
	for _, change := range changes {
		err := replaceFile(change)
		written[change.Path] = err
		if err == nil {
			fmt.Fprintf(f.out, "cognilint: changed %s\n", printable(change.Path))
		} else {
			fmt.Fprintf(f.out, "cognilint: %s\n", describe(err))
		}
	}
	read, err := scanner.ReadExports(context.WithoutCancel(ctx), f.paths, nil)
	if err != nil {
		return fmt.Errorf("the files were changed, and cannot be read again: %w", err)
	}
	for _, p := range agreed {
		p.result.State = finding.FixApplied
		var failed []string
		for _, file := range p.files {
			if err := written[file]; err != nil {
				failed = append(failed, err.Error())
			}
		}
		switch len(failed) {
		case 0:
		case len(p.files):
			p.result.State, p.result.Message = finding.FixUnchanged, strings.Join(failed, "; ")
		default:
			p.result.State, p.result.Message = finding.FixIncomplete, strings.Join(failed, "; ")
		}
		i := slices.IndexFunc(read.Pools, func(e *scanner.Exported) bool {
			return e.Pool.ID() == p.plan.Pool.ID && e.Pool.Source == p.plan.Pool.Source
		})
		if i < 0 {
			continue
		}
		p.exported = read.Pools[i]
		if p.exported.Pool.CollectedAt.IsZero() {
			p.exported.Pool.CollectedAt = p.plan.Before.CollectedAt
		}
		if err := s.again(ctx, p, p.exported.Pool); err != nil {
			return err
		}
	}
	return nil
}

// checkUnchanged makes sure that a file is what was read.
func checkUnchanged(change scanner.FileChange) error {
	text, err := os.ReadFile(change.Path)
	if err == nil && !bytes.Equal(text, change.Old) {
		err = errors.New("somebody else changed the file meanwhile; nothing was changed, run again")
	}
	if err != nil {
		return &scanner.InputError{File: change.Path, Message: withoutName(err).Error()}
	}
	return nil
}

// replaceFile changes a file where it stands, with its permissions; a symbolic
// link stays one.
func replaceFile(change scanner.FileChange) error {
	path, err := filepath.EvalSymlinks(change.Path)
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return writeFileAs(path, info.Mode().Perm(), func(w io.Writer) error {
		_, err := w.Write(change.New)
		return err
	})
}
