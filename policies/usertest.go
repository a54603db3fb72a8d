package policies

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// TestResult is the outcome of one Rego test.
type TestResult struct {
	// Name is package and rule: custom.my_rule_test.test_good_pool_passes.
	Name string
	// File and Line are where the test stands.
	File string
	Line int
	// Passed is false, too, if the test could not be evaluated: Err says why.
	Passed bool
	Err    error
	Took   time.Duration
}

// TestFolder runs the Rego tests of a folder of rules, which may import lib/ and
// its fixtures. The rules must be such that [Library.Add] takes them. No test at
// all is an error.
func TestFolder(ctx context.Context, dir string) ([]TestResult, error) {
	library, err := Load()
	if err != nil {
		return nil, err
	}
	if err := library.Add(dir); err != nil {
		return nil, err
	}
	if _, err := library.Select(ctx, Selection{Rules: library.user}); err != nil {
		return nil, err
	}
	modules, err := libraryModules()
	if err != nil {
		return nil, err
	}
	own, err := userModules(dir, true)
	if err != nil {
		return nil, err
	}
	for _, module := range own {
		modules[module.Package.Location.File] = module
	}
	return runTests(ctx, modules)
}

// libraryModules are the modules below lib/, and the pools for tests.
func libraryModules() (map[string]*ast.Module, error) {
	names, err := fs.Glob(embedded, "lib/*.rego")
	if err != nil {
		return nil, err
	}
	modules := map[string]*ast.Module{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.rego") && path.Base(name) != "fixtures_test.rego" {
			continue
		}
		if modules[name], err = parse(embedded, name, true); err != nil {
			return nil, err
		}
	}
	return modules, nil
}

func runTests(ctx context.Context, modules map[string]*ast.Module) ([]TestResult, error) {
	store := inmem.New()
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Abort(ctx, txn)
	runner := tester.NewRunner().SetStore(store).SetModules(modules).SetTimeout(ruleTime).
		SetCompiler(ast.NewCompiler().WithCapabilities(userCapabilities()).WithPathConflictsCheck(storage.NonEmpty(ctx, store, txn)))
	found, err := runner.RunTests(ctx, txn)
	if err != nil {
		if failed, ok := err.(ast.Errors); ok {
			return nil, regoErrors(failed)
		}
		return nil, err
	}
	var results []TestResult
	for r := range found {
		results = append(results, TestResult{
			Name: strings.TrimPrefix(r.Package, "data.") + "." + r.Name, File: r.Location.File, Line: r.Location.Row,
			Passed: r.Pass(), Err: r.Error, Took: r.Duration,
		})
	}
	if len(results) == 0 {
		return nil, fmt.Errorf("no test was found, expected rules named test_… in files that end in _test.rego")
	}
	return results, nil
}
