package policies

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// TestStockOPA: the rules conclude under an OPA without our engine what they
// conclude under it, for the pools that make each of them fail.
func TestStockOPA(t *testing.T) {
	library, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	set, err := library.Select(t.Context(), Selection{Baseline: "all", Fixes: true})
	if err != nil {
		t.Fatal(err)
	}
	stock := modules(t)
	for name := range stock {
		if strings.HasSuffix(name, "_test.rego") {
			delete(stock, name)
		}
	}
	compiler := ast.NewCompiler()
	if compiler.Compile(stock); compiler.Failed() {
		t.Fatal(compiler.Errors)
	}
	// Everything that the rules of a target say.
	query, err := rego.New(rego.Query("data.cognilint.rules"), rego.Compiler(compiler)).PrepareForEval(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../testdata/worst/*.json")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d pools and error %v", len(files), err)
	}
	for _, file := range files {
		pool := readPool(t, file)
		results := map[string]finding.Check{}
		for _, r := range evaluate(t, set, pool) {
			results[r.Rule+" "+r.Target.ID] = r.Check
		}
		e := evaluation{pool: set.visible(pool)}
		e.base = baseInput(e.pool, converter{})
		for _, kind := range set.targets {
			for i, target := range e.targets(kind) {
				if target.input == nil || i > 1 {
					continue // two of a kind are enough
				}
				said, err := query.Eval(t.Context(), rego.EvalParsedInput(target.input))
				if err != nil {
					t.Fatal(err)
				}
				categories := said[0].Expressions[0].Value.(map[string]any)
				for _, r := range set.compiled {
					if r.Target == kind {
						compareWithStock(t, file, r, categories, results[r.ID+" "+target.ID])
					}
				}
			}
		}
	}
}

func compareWithStock(t *testing.T, file string, r *compiledRule, categories map[string]any, got finding.Check) {
	t.Helper()
	folder := func(name string) string { return strings.ReplaceAll(name, "-", "_") }
	category, _ := categories[folder(r.Category)].(map[string]any)
	rule, _ := category[folder(r.ID)].(map[string]any)
	deny, _ := rule["deny"].([]any)
	applies, said := rule["applies"].(bool)
	want := finding.Pass
	switch {
	case r.defines["applies"] && !(said && applies):
		want = finding.NotApplicable
	case len(deny) > 0:
		want = finding.Fail
	}
	// What a rule finds unknown is for the engine to say.
	if got.Status == finding.NotEvaluated && rule["unknown"] != nil {
		return
	}
	if got.Status != want || got.Status == finding.Fail && len(got.Violations) != len(deny) {
		t.Errorf("%s: %s %s is %s with %d violations, a stock opa says %s with %d", file, r.ID, got.Target.ID, got.Status, len(got.Violations), want, len(deny))
	}
}

// readPool reads a snapshot.
func readPool(t *testing.T, file string) *snapshot.Pool {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Account, Region string
		CollectedAt     time.Time `json:"collected_at"`
	}
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	pool := poolFrom(t, string(text))
	pool.Account, pool.Region, pool.CollectedAt = document.Account, document.Region, document.CollectedAt
	return pool
}
