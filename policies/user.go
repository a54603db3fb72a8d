package policies

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Limits for folders of rules, which anybody may have written.
const (
	maxUserFiles = 1000
	maxUserSize  = 1 << 20
)

// Add takes in the rules of a folder: each module with a package annotation
// that has an id is a rule, the others are what rules share. Modules that end in
// _test.rego are left alone. An error names file and line.
func (l *Library) Add(dir string) error {
	modules, err := userModules(dir, false)
	if err != nil {
		return err
	}
	before := len(l.user)
	for _, module := range modules {
		if err := l.addModule(module); err != nil {
			return err
		}
	}
	if len(l.user) == before {
		return fmt.Errorf("folder %s holds no rule, expected a module whose annotation has an id under custom", dir)
	}
	return nil
}

func (l *Library) addModule(module *ast.Module) error {
	file := module.Package.Location.File
	at := fmt.Sprintf("%s:%d", file, module.Package.Location.Row)
	if annotations := packageAnnotations(module); annotations == nil || annotations.Custom["id"] == nil {
		for _, rule := range module.Rules {
			if rule.Head.Name == "deny" || rule.Head.Ref()[0].Value.Compare(ast.Var("deny")) == 0 {
				return fmt.Errorf("%s: the module defines deny, but its annotation has no id under custom, expected one of a rule", at)
			}
		}
		if annotations != nil && len(annotations.Custom) > 0 {
			return fmt.Errorf("%s: the annotation has custom members, but no id, expected the one of a rule", at)
		}
		l.helpers = append(l.helpers, module)
		return nil
	}
	r, err := newRule(module)
	if err != nil {
		return fmt.Errorf("%s: %w", at, err)
	}
	if !ruleID(r.ID) {
		return fmt.Errorf("%s: the id %q of the rule is not like my-rule", at, r.ID)
	}
	if other, taken := l.paths[r.ID]; taken {
		return fmt.Errorf("%s: rule id %s is taken by %s", at, r.ID, other)
	}
	if packageAnnotations(module).Custom["category"] == nil {
		r.Category = "custom"
	}
	l.paths[r.ID], l.rules[r.ID] = file, r
	l.user = append(l.user, r.ID)
	return nil
}

// ruleID tells whether an id is in kebab-case.
func ruleID(id string) bool {
	for _, word := range strings.Split(id, "-") {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return false
		}
	}
	return true
}

// userModules reads the modules of a folder, tests included if they are asked
// for.
func userModules(dir string, tests bool) ([]*ast.Module, error) {
	var modules []*ast.Module
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".rego" || !tests && strings.HasSuffix(name, "_test.rego") {
			return err
		}
		if len(modules) == maxUserFiles {
			return fmt.Errorf("more than %d .rego files", maxUserFiles)
		}
		module, err := userModule(name)
		if err == nil {
			modules = append(modules, module)
		}
		return err
	})
	if err != nil {
		var parse ast.Errors
		if errors.As(err, &parse) {
			return nil, regoErrors(parse)
		}
		return nil, fmt.Errorf("read rules of %s: %w", dir, err)
	}
	if len(modules) == 0 {
		return nil, fmt.Errorf("folder %s holds no .rego file, expected rules", dir)
	}
	return modules, nil
}

func userModule(name string) (*ast.Module, error) {
	info, err := os.Stat(name)
	if err == nil && (!info.Mode().IsRegular() || info.Size() > maxUserSize) {
		err = fmt.Errorf("%s is no file of at most 1 MiB", name)
	}
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	module, err := ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{ProcessAnnotation: true, RegoVersion: ast.RegoV1})
	if err != nil {
		return nil, err
	}
	if module == nil {
		return nil, fmt.Errorf("%s is empty, expected a Rego module", name)
	}
	// Whatever stood there would take the place of built-in rules.
	if path := module.Package.Path; len(path) > 1 && path[1].Value.Compare(ast.String("cognilint")) == 0 {
		return nil, fmt.Errorf("%s:%d: package %s is reserved for the built-in rules, expected another such as custom.my_rule", name, module.Package.Location.Row, strings.TrimPrefix(path.String(), "data."))
	}
	return module, nil
}

// regoErrors writes the errors of the parser or the compiler with file, line
// and column, each in a line.
func regoErrors(failed ast.Errors) error {
	var list []error
	for i, e := range failed {
		if i == 10 {
			list = append(list, fmt.Errorf("%d more errors", len(failed)-i))
			break
		}
		if e.Location == nil {
			list = append(list, errors.New(e.Message))
			continue
		}
		list = append(list, fmt.Errorf("%s:%d:%d: %s", e.Location.File, e.Location.Row, e.Location.Col, e.Message))
	}
	return errors.Join(list...)
}
