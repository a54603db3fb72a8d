package policies

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"

	"github.com/cognilint/cognilint/snapshot"
	"io/fs"
)

// TestRego runs every Rego test, as "opa test policies" does.
func TestRego(t *testing.T) {
	modules := map[string]*ast.Module{}
	err := fs.WalkDir(embedded, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".rego") {
			return err
		}
		modules[name], err = parse(embedded, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	store := inmem.New()
	txn := storage.NewTransactionOrDie(ctx, store)
	defer store.Abort(ctx, txn)
	results, err := tester.NewRunner().SetStore(store).SetModules(modules).RunTests(ctx, txn)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for result := range results {
		n++
		if !result.Pass() {
			t.Errorf("%s.%s: %v", result.Package, result.Name, result)
		}
	}
	t.Logf("%d Rego tests", n)
}

func poolFromJSON(t testing.TB, text string) *snapshot.Pool {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	pool := &snapshot.Pool{Sections: map[string]any{}}
	if err := decoder.Decode(&pool.Sections); err != nil {
		t.Fatal(err)
	}
	return pool
}

var _ = cmp.Diff
var _ = fstest.MapFS{}

func TestSmoke(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	s, err := l.Select(context.Background(), Selection{Baseline: "all"})
	if err != nil {
		t.Fatal(err)
	}
	results, err := s.Evaluate(context.Background(), poolFromJSON(t, `{"UserPool":{"Id":"eu-west-1_A","Name":"a","Policies":{"PasswordPolicy":{"MinimumLength":8}}},"Clients":[{"ClientId":"x","ExplicitAuthFlows":["ALLOW_REFRESH_TOKEN_AUTH"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		b, _ := json.Marshal(r)
		t.Logf("%s", b)
	}
}
