package policies

import (
	"context"
	"io/fs"
	"os"
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

// TestWritingRules keeps docs/writing-rules.md to what "cognilint rules new"
// writes.
func TestWritingRules(t *testing.T) {
	page, err := os.ReadFile("../docs/writing-rules.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := NewRule("pool-has-owner")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if !strings.Contains(string(page), name) || !strings.Contains(string(page), "```rego\n"+string(text)+"```") {
			t.Errorf("the page does not show %s as it is", name)
		}
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
