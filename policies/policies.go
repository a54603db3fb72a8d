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

//go:embed rules lib baselines examples.json
var embedded embed.FS

// Library is every rule that was found. Rules are parsed when they are first
// asked for, because a start of the program needs few of them. It is not safe
// for concurrent use.
type Library struct {
	files fs.FS
	// trusted rules were checked by the tests of this repository, so that a
	// start need not check them again.
	trusted bool
	// paths leads from the ids of rules, as their folders tell them, to files.
	paths map[string]string
	rules map[string]*rule
	// shared are the files below lib/ that rules share, by the name of their
	// package.
	shared map[string]string
	// user are the ids of rules that were added, helpers the modules that come
	// with them.
	user    []string
	helpers []*ast.Module
}

// rule is one rule package.
type rule struct {
	finding.Rule
	module *ast.Module
	// defines holds those of the public rules (deny, applies, unknown, fix)
	// that the package has.
	defines map[string]bool
	trusted bool // see [Library]
}

// UnknownNameError reports a name that is none of the known ones.
type UnknownNameError struct {
	// Kind is what the name should have been: "rule", "baseline", ….
	Kind string
	Name string
	// Known lists the names that exist, sorted.
	Known []string
}

func (e *UnknownNameError) Error() string { return fmt.Sprintf("unknown %s %q", e.Kind, e.Name) }

// Load finds the rules that are built in.
func Load() (*Library, error) {
	l, err := load(embedded)
	if err == nil {
		l.trusted = true
	}
	return l, err
}

func load(files fs.FS) (*Library, error) {
	l := &Library{files: files, paths: map[string]string{}, shared: map[string]string{}, rules: map[string]*rule{}}
	err := fs.WalkDir(files, ".", func(name string, _ fs.DirEntry, err error) error {
		if path.Ext(name) != ".rego" || strings.HasSuffix(name, "_test.rego") {
			return err
		}
		id := strings.ReplaceAll(strings.TrimSuffix(path.Base(name), ".rego"), "_", "-")
		switch other, taken := l.paths[id]; {
		case strings.HasPrefix(name, "lib/"):
			l.shared[strings.TrimSuffix(path.Base(name), ".rego")] = name
		case taken:
			return fmt.Errorf("%s: rule id %s is taken by %s", name, id, other)
		default:
			l.paths[id] = name
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list rules: %w", err)
	}
	return l, nil
}

// parse reads a module, with its annotations if they are asked for.
func parse(files fs.FS, name string, annotations bool) (*ast.Module, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("read rule: %w", err)
	}
	return ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{
		ProcessAnnotation: annotations,
		RegoVersion:       ast.RegoV1,
	})
}

// parseRules makes sure that the rules of these ids, which exist, are parsed.
func (l *Library) parseRules(ids []string) error {
	parsed := make([]*rule, len(ids))
	var group errgroup.Group
	for i, id := range ids {
		if l.rules[id] != nil {
			continue
		}
		group.Go(func() error {
			module, err := parse(l.files, l.paths[id], true)
			if err != nil {
				return err
			}
			if parsed[i], err = newRule(module); err == nil && parsed[i].ID != id {
				err = fmt.Errorf("the id %s is not that of the file, expected %s", parsed[i].ID, id)
			}
			if err != nil {
				return fmt.Errorf("%s: %w", l.paths[id], err)
			}
			parsed[i].trusted = l.trusted
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, r := range parsed {
		if r != nil {
			l.rules[r.ID] = r
		}
	}
	return nil
}

// Rules returns the metadata of all rules with default parameters, sorted by
// id.
func (l *Library) Rules() ([]finding.Rule, error) {
	ids := l.ids()
	if err := l.parseRules(ids); err != nil {
		return nil, err
	}
	var rules []finding.Rule
	for _, id := range ids {
		rules = append(rules, l.rules[id].Rule)
	}
	return rules, nil
}

// Rule finds a rule by its id or by one of its aliases; the error for a name
// that is none is an [UnknownNameError].
func (l *Library) Rule(id string) (finding.Rule, error) {
	id, err := l.resolveID(id)
	if err != nil {
		return finding.Rule{}, err
	}
	if err := l.parseRules([]string{id}); err != nil {
		return finding.Rule{}, err
	}
	return l.rules[id].Rule, nil
}

// resolveID returns the id of the rule that has this id or alias.
func (l *Library) resolveID(name string) (string, error) {
	if _, ok := l.paths[name]; ok {
		return name, nil
	}
	rules, err := l.Rules()
	if err != nil {
		return "", err
	}
	for _, r := range rules {
		if slices.Contains(r.Aliases, name) {
			return r.ID, nil
		}
	}
	return "", &UnknownNameError{Kind: "rule", Name: name, Known: l.ids()}
}

func (l *Library) ids() []string { return slices.Sorted(maps.Keys(l.paths)) }
