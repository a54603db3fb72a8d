package remediate

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// Check tells whether a plan that was saved is one that [Planner.Plan] could have
// made: calls that write what their changes say, in their order.
func (p *Plan) Check() error {
	if p == nil || p.Before == nil || p.Pool.ID == "" || p.Before.ID() != p.Pool.ID {
		return errors.New("a plan without its pool, expected one that \"cognilint scan --fix --plan-out\" saved")
	}
	for _, change := range p.Changes() {
		members := tree(p.Before, change.Part)
		if !slices.Contains(writableSections, change.Part.Section) || members == nil || change.Path == "" {
			return fmt.Errorf("pool %s: the plan changes %s%s, which the pool does not have", p.Pool.ID, change.Part, change.Path)
		}
		if old, _ := snapshot.Lookup(members, change.Path); !snapshot.Equal(old, change.Old) {
			return fmt.Errorf("pool %s: the plan does not fit the pool that is saved in it, at %s%s", p.Pool.ID, change.Part, change.Path)
		}
		if change.Risk != finding.FixSafe && change.Risk != finding.FixDisruptive {
			return fmt.Errorf("pool %s: the risk of %s%s is %q, expected safe or disruptive", p.Pool.ID, change.Part, change.Path, change.Risk)
		}
	}
	for _, change := range p.Changes() {
		if !slices.ContainsFunc(p.Fixes, func(f Fixed) bool { return slices.Contains(change.Rules, f.Rule) }) {
			return fmt.Errorf("pool %s: the plan changes %s%s for no check that it fixes", p.Pool.ID, change.Part, change.Path)
		}
	}
	after := p.changed()
	want := ordered(p.Changes(), loosens(p.Before, after))
	if !sameCalls(want, p.Calls) {
		return fmt.Errorf("pool %s: the calls of the plan do not fit its changes", p.Pool.ID)
	}
	return nil
}

// changed returns the pool after the changes of a plan.
func (p *Plan) changed() *snapshot.Pool {
	after := p.Before
	for _, c := range p.Changes() {
		after = withTree(after, c.Part, snapshot.With(tree(after, c.Part), c.Path, c.New))
	}
	return mirrored(p.Before, after)
}

// Renew finds out whether a saved plan is still one for the pool, and may be
// carried out: it is refused if the pool is not as it was, and for whatever stops
// a new plan.
func (p *Plan) Renew(ctx context.Context, planner *Planner, pool *snapshot.Pool) error {
	p.Refusals, p.Owner, p.Users = []string{}, owner(pool), users(pool)
	if reason := unreadable(p.Before, pool); reason != "" {
		p.Refusals = append(p.Refusals, reason)
	} else if drift := differences(p.Before, pool); len(drift) > 0 {
		p.Refusals = append(p.Refusals, "the pool is not as it was when the plan was made: "+names(drift)+"; make a new plan")
	}
	if p.Owner != "" && !planner.Options.ForceManaged {
		p.Refusals = append(p.Refusals, refusedOwner(p.Owner))
	}
	if len(p.Refusals) > 0 {
		return nil
	}
	p.After = p.changed()
	p.Refusals = append(p.Refusals, refusals(pool, p.After, p.Calls)...)
	before, err := planner.Evaluate(ctx, pool)
	if err != nil {
		return err
	}
	now, err := planner.Evaluate(ctx, p.After)
	if err != nil {
		return err
	}
	var made []proposal
	is := byCheck(now)
	for _, fixed := range p.Fixes {
		v, known := is[check{fixed.Rule, finding.Target{Kind: fixed.Target.Kind, ID: fixed.Target.ID}}]
		if !known || v.Status != finding.Pass && v.Status != finding.NotApplicable {
			p.Refusals = append(p.Refusals, fixed.Rule+" would still not pass"+firstMessage(v))
		}
		made = append(made, proposal{Verdict: Verdict{Check: finding.Check{Rule: fixed.Rule}}, rule: planner.Rules[fixed.Rule]})
	}
	proof, was := prover{planner, pool, before}, byCheck(before)
	for _, v := range now {
		if proof.breaks(v, was[keyOf(v.Check)], made) {
			p.Refusals = append(p.Refusals, "would make "+v.Rule+" fail"+firstMessage(v))
		}
	}
	return nil
}

func refusedOwner(name string) string {
	return "the pool belongs to " + name + ", whose next run would undo the changes; change it there, or use --force-managed"
}
