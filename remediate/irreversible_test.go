package remediate

import (
	"context"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// A rule that does not say that its fix cannot be undone needs the consent, too.
func TestAttributesNeedConsent(t *testing.T) {
	pool := &snapshot.Pool{Sections: map[string]any{"UserPool": map[string]any{
		"Id": "eu-west-1_A", "SchemaAttributes": []any{map[string]any{"Name": "sub"}},
	}}}
	for _, allowed := range []bool{false, true} {
		planner := &Planner{
			Rules:    map[string]finding.Rule{"r": {ID: "r", Fix: finding.FixSafe}},
			Selected: func(*snapshot.Pool, string) bool { return true },
			Options:  Options{AllowIrreversible: allowed},
			Evaluate: func(_ context.Context, pool *snapshot.Pool) ([]Verdict, error) {
				v := Verdict{Check: finding.Check{Rule: "r", Status: finding.Pass, Target: finding.Target{Kind: finding.TargetPool}}}
				if list, _ := snapshot.Lookup(pool.Sections, "/UserPool/SchemaAttributes"); len(list.([]any)) < 2 {
					v.Status = finding.Fail
					v.Edits = []snapshot.Edit{{Op: snapshot.OpAdd, Path: "/UserPool/SchemaAttributes", Value: map[string]any{"Name": "custom:a", "AttributeDataType": "String"}}}
				}
				return []Verdict{v}, nil
			},
		}
		plan, err := planner.Plan(t.Context(), pool)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(plan.Calls) > 0; got != allowed {
			t.Errorf("consent %v, calls %v, unfixed %v", allowed, plan.Calls, plan.Unfixed)
		}
	}
}
