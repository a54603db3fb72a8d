package remediate

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// Plan is what would change of one pool, as data.
type Plan struct {
	Pool finding.Pool `json:"pool"`
	// Users is about how many users the pool has; nil if the API did not tell.
	Users *int64 `json:"users,omitempty"`
	// Owner says in words which other tool owns the pool; empty for none.
	Owner string `json:"owner,omitempty"`
	// Calls are made in this order. A plan without calls changes nothing.
	Calls []Call `json:"calls"`
	// Fixes are the checks that pass afterwards, and failed before.
	Fixes []Fixed `json:"fixes"`
	// Unfixed are the failed checks that keep failing.
	Unfixed []Unfixed `json:"unfixed"`
	// Refusals say why the plan must not be applied; empty if it may.
	Refusals []string `json:"refusals"`
	// Notes are remarks that somebody should read before they agree.
	Notes []string `json:"notes"`
	// Before is the pool that the plan was made from, and After the pool as it
	// would be.
	Before *snapshot.Pool `json:"before"`
	After  *snapshot.Pool `json:"-"`
}

// Fixed names a check that a plan fixes.
type Fixed struct {
	Rule     string           `json:"rule"`
	Severity finding.Severity `json:"severity"`
	Target   finding.Target   `json:"target"`
	// Note says who notices the fix.
	Note string `json:"note,omitempty"`
}

// Unfixed is a failed check that a plan leaves as it is.
type Unfixed struct {
	Rule     string           `json:"rule"`
	Severity finding.Severity `json:"severity"`
	Target   finding.Target   `json:"target"`
	Why      Why              `json:"why"`
	// Reason is one sentence for people.
	Reason string `json:"reason"`
}

// Why says why a failed check stays as it is.
type Why string

// The reasons.
const (
	Manual       Why = "manual"       // the rule proposes no edit for this pool
	Disruptive   Why = "disruptive"   // needs --allow-disruptive
	Irreversible Why = "irreversible" // needs --allow-irreversible
	OnlyNamed    Why = "only_named"   // needs --rule
	Opposed      Why = "opposed"      // a selected rule wants the opposite
	SameCause    Why = "same_cause"   // the fix of another check counts
	Conflict     Why = "conflict"     // two rules want different values
	Unsupported  Why = "unsupported"  // cannot be changed on an existing pool
	Breaks       Why = "breaks"       // would make a check fail that passes
	Ineffective  Why = "ineffective"  // the check would fail all the same
	Refusable    Why = "refused"      // the API is known to refuse it
)

func newUnfixed(v Verdict, why Why, reason string) Unfixed {
	return Unfixed{v.Rule, v.Severity, v.Target, why, reason}
}

// Risk is the worst of the plan's changes; empty if there is none.
func (p *Plan) Risk() finding.FixClass {
	var risk finding.FixClass
	for _, change := range p.Changes() {
		if risk == "" || change.Risk == finding.FixDisruptive {
			risk = change.Risk
		}
	}
	return risk
}

// Changes are those of all calls.
func (p *Plan) Changes() []Change {
	var changes []Change
	for _, call := range p.Calls {
		changes = append(changes, call.Changes...)
	}
	return changes
}

// Planner makes plans.
type Planner struct {
	// Rules is the metadata of all rules by id.
	Rules map[string]finding.Rule
	// Selected tells which rules the user wants evaluated on a pool. Failures of
	// others are not fixed.
	Selected func(pool *snapshot.Pool, rule string) bool
	// Evaluate says what all rules conclude about a pool, selected or not;
	// waived checks have no edits.
	Evaluate func(context.Context, *snapshot.Pool) ([]Verdict, error)
	Options  Options
}

// Plan plans the repair of a pool. The error is one of the evaluation.
func (p *Planner) Plan(ctx context.Context, pool *snapshot.Pool) (*Plan, error) {
	before, err := p.Evaluate(ctx, pool)
	if err != nil {
		return nil, err
	}
	plan := &Plan{
		Pool:  finding.Pool{ID: pool.ID(), Name: pool.Name(), ARN: pool.ARN(), Account: pool.Account, Region: pool.Region, Source: pool.Source},
		Users: users(pool), Owner: owner(pool), Before: pool, After: pool,
		Calls: []Call{}, Fixes: []Fixed{}, Unfixed: []Unfixed{}, Refusals: []string{}, Notes: []string{},
	}
	proposals, unfixed := p.propose(pool, before)
	plan.Unfixed = append(plan.Unfixed, unfixed...)
	var agreeing []proposal
	against := conflicting(proposals)
	for i, proposed := range proposals {
		if reason, ok := against[i]; ok {
			plan.Unfixed = append(plan.Unfixed, newUnfixed(proposed.Verdict, Conflict, reason))
			continue
		}
		agreeing = append(agreeing, proposed)
	}
	proof := prover{p, pool, before}
	chosen, dropped, err := proof.choose(ctx, agreeing)
	if err != nil {
		return nil, err
	}
	plan.Unfixed = append(plan.Unfixed, dropped...)
	if err := plan.fill(chosen); err != nil {
		return nil, err
	}
	if len(plan.Calls) > 0 {
		if plan.Owner != "" && !p.Options.ForceManaged {
			plan.Refusals = append(plan.Refusals, refusedOwner(plan.Owner))
		}
		if err := proof.conclude(ctx, plan, chosen); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(plan.Unfixed, func(a, b Unfixed) int {
		return cmp.Or(-cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Target.ID, b.Target.ID))
	})
	return plan, nil
}

// fill computes the changes, the calls and the pool as it would be.
func (p *Plan) fill(chosen []proposal) error {
	after, err := applied(p.Before, chosen)
	if err != nil {
		return err
	}
	p.After = after
	p.Calls = calls(p.Before, after, chosen)
	for _, proposed := range chosen {
		p.Fixes = append(p.Fixes, Fixed{proposed.Rule, proposed.Severity, proposed.Target, proposed.rule.FixNote})
	}
	return nil
}

// applied returns the pool as it would be after the edits of proposals.
func applied(pool *snapshot.Pool, proposals []proposal) (*snapshot.Pool, error) {
	after := pool
	for _, proposed := range proposals {
		for _, e := range proposed.edits {
			root := snapshot.Pool{Sections: map[string]any{"part": tree(after, e.part)}}
			changed, err := root.Apply([]snapshot.Edit{{Op: e.op, Path: "/part" + e.path, Value: e.value}})
			if err != nil {
				return nil, fmt.Errorf("rule %s: %w", proposed.Rule, err)
			}
			edited, _ := changed.Sections["part"].(map[string]any)
			after = withTree(after, e.part, edited)
		}
	}
	return mirrored(pool, after), nil
}

// users is the pool's estimate of its users.
func users(pool *snapshot.Pool) *int64 {
	found, _ := snapshot.Lookup(pool.Sections, "/UserPool/EstimatedNumberOfUsers")
	number, ok := found.(json.Number)
	if !ok {
		return nil
	}
	n, err := number.Int64()
	if err != nil {
		return nil
	}
	return &n
}

// Replacements are the values that are other ones after the plan, in all places
// where they stand. Paths are pointers into the snapshot.
func (p *Plan) Replacements() []snapshot.Difference {
	var found []snapshot.Difference
	for _, section := range writableSections {
		switch content := p.Before.Sections[section].(type) {
		case map[string]any:
			found = append(found, below(snapshot.Pointer(section), content, tree(p.After, Part{Section: section}))...)
		case []any:
			for i, element := range content {
				found = append(found, below(snapshot.Pointer(section, i), element, tree(p.After, Part{Section: section, ID: clientID(element)}))...)
			}
		}
	}
	return found
}

func below(pointer string, before any, after map[string]any) []snapshot.Difference {
	found := snapshot.Diff(before, after)
	for i := range found {
		found[i].Path = pointer + found[i].Path
	}
	return found
}
