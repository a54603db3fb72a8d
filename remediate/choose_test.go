package remediate

import (
	"context"
	"fmt"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// One proposal that does not work must not cost an evaluation for each other one.
func TestChooseEvaluatesSeldom(t *testing.T) {
	const clients = 256
	list := make([]any, clients)
	for i := range list {
		list[i] = map[string]any{"ClientId": fmt.Sprint("c", i), "EnableTokenRevocation": false}
	}
	pool := &snapshot.Pool{Sections: map[string]any{"UserPool": map[string]any{"Id": "eu-west-1_A"}, "Clients": list}}
	evaluations := 0
	planner := &Planner{
		Rules: map[string]finding.Rule{"r": {ID: "r", Fix: finding.FixSafe}},
		Evaluate: func(_ context.Context, pool *snapshot.Pool) ([]Verdict, error) {
			evaluations++
			var verdicts []Verdict
			for i, part := range parts(pool)[1:] {
				v := Verdict{Check: finding.Check{Rule: "r", Status: finding.Pass, Target: finding.Target{Kind: finding.TargetClient, ID: part.ID}}}
				if i == 100 || tree(pool, part)["EnableTokenRevocation"] == false {
					v.Status, v.Edits = finding.Fail, []snapshot.Edit{{Op: snapshot.OpReplace, Path: snapshot.Pointer("Clients", i, "EnableTokenRevocation"), Value: true}}
				}
				verdicts = append(verdicts, v)
			}
			return verdicts, nil
		},
	}
	before, _ := planner.Evaluate(t.Context(), pool)
	var proposals []proposal
	for _, v := range before {
		edits, err := aim(pool, v.Edits)
		if err != nil {
			t.Fatal(err)
		}
		proposals = append(proposals, proposal{v, planner.Rules["r"], edits})
	}
	chosen, dropped, err := prover{planner, pool, before}.choose(t.Context(), proposals)
	if err != nil || len(chosen) != clients-1 || len(dropped) != 1 || dropped[0].Target.ID != "c100" {
		t.Errorf("%d chosen, dropped %v, error %v", len(chosen), dropped, err)
	}
	if evaluations > 30 {
		t.Errorf("%d evaluations", evaluations)
	}
}
