// Package policies holds the rules, written in Rego, and the engine that
// evaluates them on snapshots of user pools.
//
// [Load] reads the built-in rules, [Library.Select] picks and compiles those of
// a baseline, and [Set.Evaluate] says what they conclude about one pool. A rule
// is a folder below rules/ with two files and nothing in Go; a baseline is a
// data file below baselines/.
package policies

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"golang.org/x/sync/errgroup"

	"github.com/cognilint/cognilint/finding"
)

//go:embed rules lib baselines
var embedded embed.FS

// Library is every rule that was found, parsed but not compiled.
type Library struct {
	rules map[string]*rule
	lib   []*ast.Module
	files fs.FS
}

// rule is one rule package.
type rule struct {
	finding.Rule
	module *ast.Module
	// defines holds those of the public rules (deny, applies, unknown, fix)
	// that the package has.
	defines map[string]bool
}

// pkg returns the package as Rego writes it: data.cognilint.rules.….
func (r *rule) pkg() string { return r.module.Package.Path.String() }

// UnknownNameError reports a name that is none of the known ones.
type UnknownNameError struct {
	// Kind is what the name should have been: "rule", "baseline", ….
	Kind string
	Name string
	// Known lists the names that exist, sorted.
	Known []string
}

func (e *UnknownNameError) Error() string { return fmt.Sprintf("unknown %s %q", e.Kind, e.Name) }

// Load parses the rules that are built in.
func Load() (*Library, error) { return load(embedded) }

func load(files fs.FS) (*Library, error) {
	var names []string
	err := fs.WalkDir(files, ".", func(name string, _ fs.DirEntry, err error) error {
		if path.Ext(name) == ".rego" && !strings.HasSuffix(name, "_test.rego") {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list rules: %w", err)
	}
	modules := make([]*ast.Module, len(names))
	var group errgroup.Group
	for i, name := range names {
		group.Go(func() (err error) {
			modules[i], err = parse(files, name)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	l := &Library{rules: map[string]*rule{}, files: files}
	for i, module := range modules {
		if err := l.add(names[i], module); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func parse(files fs.FS, name string) (*ast.Module, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("read rule: %w", err)
	}
	return ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{
		ProcessAnnotation: true,
		RegoVersion:       ast.RegoV1,
	})
}

// add files a module under the rules or, if its annotation names no rule, the
// library that rules share.
func (l *Library) add(name string, module *ast.Module) error {
	annotations := packageAnnotations(module)
	if annotations == nil || annotations.Custom["id"] == nil {
		l.lib = append(l.lib, module)
		return nil
	}
	r, err := newRule(module, annotations)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if other := l.rules[r.ID]; other != nil {
		return fmt.Errorf("%s: rule id %s is taken by %s", name, r.ID, other.module.Package.Location.File)
	}
	l.rules[r.ID] = r
	return nil
}

// Rules returns the metadata of all rules with default parameters, sorted by
// id.
func (l *Library) Rules() []finding.Rule {
	var rules []finding.Rule
	for _, id := range l.ids() {
		rules = append(rules, l.rules[id].Rule)
	}
	return rules
}

// Rule finds a rule by its id or by one of its aliases; the error is an
// [UnknownNameError].
func (l *Library) Rule(id string) (finding.Rule, error) {
	r, err := l.find(id)
	if err != nil {
		return finding.Rule{}, err
	}
	return r.Rule, nil
}

func (l *Library) find(id string) (*rule, error) {
	if r := l.rules[id]; r != nil {
		return r, nil
	}
	for _, known := range l.ids() {
		if slices.Contains(l.rules[known].Aliases, id) {
			return l.rules[known], nil
		}
	}
	return nil, &UnknownNameError{Kind: "rule", Name: id, Known: l.ids()}
}

func (l *Library) ids() []string { return slices.Sorted(maps.Keys(l.rules)) }

func (l *Library) categories() []string {
	seen := map[string]bool{}
	for _, r := range l.rules {
		seen[r.Category] = true
	}
	return slices.Sorted(maps.Keys(seen))
}
