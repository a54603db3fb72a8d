package policies

import (
	"context"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// TestRego runs every Rego test, as "opa test policies" does.
func TestRego(t *testing.T) {
	runRego(t, modules(t))
}

// TestWritingRules adds the rule and the test of docs/writing-rules.md to the
// others.
func TestWritingRules(t *testing.T) {
	page, err := os.ReadFile("../docs/writing-rules.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```rego\n(.*?)```").FindAllSubmatch(page, -1)
	if len(blocks) != 2 {
		t.Fatalf("%d rego blocks, want the rule and its test", len(blocks))
	}
	all := modules(t)
	for i, name := range []string{"deletion_protection.rego", "deletion_protection_test.rego"} {
		all[name] = ast.MustParseModuleWithOpts(string(blocks[i][1]), ast.ParserOptions{ProcessAnnotation: true, RegoVersion: ast.RegoV1})
	}
	if rule, err := newRule(all["deletion_protection.rego"]); err != nil || rule.ID != "deletion-protection" {
		t.Errorf("rule %v: %v", rule, err)
	}
	if n := runRego(t, all)["data.cognilint.rules.operations.deletion_protection_test"]; n != 2 {
		t.Errorf("%d tests of the page were run, want 2", n)
	}
}

func modules(t *testing.T) map[string]*ast.Module {
	t.Helper()
	modules := map[string]*ast.Module{}
	err := fs.WalkDir(embedded, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".rego") {
			return err
		}
		modules[name], err = parse(embedded, name, true)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return modules
}

// runRego returns the number of tests per package.
func runRego(t *testing.T, modules map[string]*ast.Module) map[string]int {
	t.Helper()
	ctx := context.Background()
	store := inmem.New()
	txn := storage.NewTransactionOrDie(ctx, store)
	defer store.Abort(ctx, txn)
	results, err := tester.NewRunner().SetStore(store).SetModules(modules).RunTests(ctx, txn)
	if err != nil {
		t.Fatal(err)
	}
	run := map[string]int{}
	for result := range results {
		run[result.Package]++
		if !result.Pass() {
			t.Errorf("%s.%s: %v", result.Package, result.Name, result)
		}
	}
	if len(run) == 0 {
		t.Error("no Rego test was run")
	}
	return run
}
