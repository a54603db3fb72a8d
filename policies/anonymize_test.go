package policies_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/snapshot"
)

// TestAnonymizedPools: pseudonyms change no verdict.
func TestAnonymizedPools(t *testing.T) {
	set := baseline(t, "all")
	for _, folder := range []string{"good", "worst", "fixable", "pools"} {
		pools := exported(t, filepath.Join("..", "testdata", folder))
		if len(pools) == 0 {
			t.Errorf("no pool in testdata/%s", folder)
		}
		a := snapshot.NewAnonymizer()
		for _, pool := range pools {
			anonymous := a.Pool(pool)
			before, after := inOrder(t, set, pool), inOrder(t, set, anonymous)
			if len(before) != len(after) {
				t.Errorf("%s: %d checks, want %d", pool.Name(), len(after), len(before))
				continue
			}
			for i, want := range before {
				got := after[i]
				if got.Rule != want.Rule || got.Target.Kind != want.Target.Kind || got.Status != want.Status || len(got.Violations) != len(want.Violations) {
					t.Errorf("%s: %s is %s with %d violations, want %s is %s with %d", pool.Name(), got.Rule, got.Status, len(got.Violations), want.Rule, want.Status, len(want.Violations))
				}
				if got.Status == finding.Error {
					t.Errorf("%s: %s: %s", pool.Name(), got.Rule, got.Reason)
				}
			}
			text, err := json.Marshal(anonymous)
			if err != nil {
				t.Fatal(err)
			}
			if pool.Account != "" && strings.Contains(string(text), pool.Account) {
				t.Errorf("%s: account %s survives", pool.Name(), pool.Account)
			}
		}
	}
}

func inOrder(t testing.TB, set *policies.Set, pool *snapshot.Pool) []policies.Result {
	t.Helper()
	results, err := set.Evaluate(t.Context(), pool)
	if err != nil {
		t.Fatal(err)
	}
	return results
}
