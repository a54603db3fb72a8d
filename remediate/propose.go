package remediate

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// Options are the consents that a plan needs beyond the wish to fix.
type Options struct {
	// AllowDisruptive includes fixes that may break a sign-in, and
	// AllowIrreversible those that nothing can undo.
	AllowDisruptive, AllowIrreversible bool
	// ForceManaged plans for pools that another tool owns, too.
	ForceManaged bool
	// Named are the ids of rules that the user named: some fixes need it.
	Named []string
}

// proposal is what one failed check asks for. It is done as a whole or not at
// all.
type proposal struct {
	Verdict
	rule  finding.Rule
	edits []edit
}

// edit is one edit of a proposal, aimed at a part.
type edit struct {
	part  Part
	path  string // below the part
	op    snapshot.Op
	value any
}

// propose sorts the failed checks into what may be fixed and what stays.
func (p *Planner) propose(pool *snapshot.Pool, verdicts []Verdict) (proposals []proposal, unfixed []Unfixed) {
	failed := map[string][]Verdict{}
	for _, v := range verdicts {
		if v.Status == finding.Fail && p.Selected(pool, v.Rule) {
			failed[v.Rule] = append(failed[v.Rule], v)
		}
	}
	for _, v := range verdicts {
		if v.Status != finding.Fail || !p.Selected(pool, v.Rule) {
			continue
		}
		rule := p.Rules[v.Rule]
		why, reason := p.withhold(pool, rule, v, failed)
		if why != "" {
			unfixed = append(unfixed, newUnfixed(v, why, reason))
			continue
		}
		edits, err := aim(pool, v.Edits)
		if err != nil {
			unfixed = append(unfixed, newUnfixed(v, Unsupported, err.Error()))
			continue
		}
		if slices.ContainsFunc(edits, addsAttribute) && !p.Options.AllowIrreversible {
			unfixed = append(unfixed, newUnfixed(v, Irreversible, needsIrreversible))
			continue
		}
		proposals = append(proposals, proposal{v, rule, edits})
	}
	return proposals, unfixed
}

const needsIrreversible = "cannot be undone; needs --allow-irreversible"

// addsAttribute tells of the one change that cannot be undone, whatever its rule
// says.
func addsAttribute(e edit) bool { return e.part == userPoolPart && e.path == schemaAttributes }

// withhold says why the edits of a failed check are left out; the reason is
// empty if they are not.
func (p *Planner) withhold(pool *snapshot.Pool, rule finding.Rule, v Verdict, failed map[string][]Verdict) (Why, string) {
	for _, other := range rule.Opposes {
		if p.Selected(pool, other) {
			return Opposed, "the rule " + other + " wants the opposite; leave one of them out with --skip-rule"
		}
	}
	if len(v.Edits) == 0 || rule.Fix == finding.FixManual {
		return Manual, "needs a decision that is not in the settings; see: cognilint explain " + v.Rule
	}
	for _, other := range rule.SameCause {
		for _, o := range failed[other] {
			if (o.Target.Kind != v.Target.Kind || o.Target == v.Target) && len(o.Edits) > 0 {
				return SameCause, "the same cause as " + other + ", whose fix counts"
			}
		}
	}
	switch {
	case rule.FixOnlyNamed && !slices.Contains(p.Options.Named, rule.ID):
		return OnlyNamed, "is fixed only if it is named: --rule " + rule.ID
	case rule.FixIrreversible && !p.Options.AllowIrreversible:
		return Irreversible, needsIrreversible
	case rule.Fix == finding.FixDisruptive && !p.Options.AllowDisruptive:
		return Disruptive, "may break sign-ins; needs --allow-disruptive"
	}
	return "", ""
}

// aim finds the parts that edits lead into.
func aim(pool *snapshot.Pool, proposed []snapshot.Edit) ([]edit, error) {
	var edits []edit
	for _, e := range proposed {
		part, path, err := partAt(pool, e.Path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", cmp.Or(e.Path, "an edit without a path"), err)
		}
		value, err := normalized(e.Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Path, err)
		}
		if e.Op != snapshot.OpReplace && e.Op != snapshot.OpAdd && e.Op != snapshot.OpRemove {
			return nil, fmt.Errorf("%s: unknown operation %q", e.Path, e.Op)
		}
		edits = append(edits, edit{part, path, e.Op, value})
	}
	slices.SortStableFunc(edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.part.String(), b.part.String()), cmp.Compare(a.path, b.path), cmp.Compare(a.op, b.op))
	})
	return edits, nil
}

// conflicting finds the proposals that contradict each other; none of them is
// done.
func conflicting(proposals []proposal) map[int]string {
	against := map[int]string{}
	for i := range proposals {
		for j := range i {
			if at := contradiction(proposals[i].edits, proposals[j].edits); at != "" {
				against[i] = fmt.Sprintf("%s wants another value at %s", proposals[j].Rule, at)
				against[j] = fmt.Sprintf("%s wants another value at %s", proposals[i].Rule, at)
			}
		}
	}
	return against
}

// contradiction returns the place where edits cannot both be made, or not in any
// order; empty if there is none.
func contradiction(as, bs []edit) string {
	for _, a := range as {
		for _, b := range bs {
			if a.part != b.part {
				continue
			}
			at := a.part.String() + " " + a.path
			switch {
			case a.path == b.path && a.op == b.op && (a.op != snapshot.OpReplace || snapshot.Equal(a.value, b.value)):
			case a.path == b.path && a.op != snapshot.OpReplace && b.op != snapshot.OpReplace && !snapshot.Equal(a.value, b.value):
			case a.path == b.path, above(a.path, b.path), above(b.path, a.path):
				return at
			}
		}
	}
	return ""
}

func above(outer, inner string) bool {
	return len(inner) > len(outer) && inner[:len(outer)] == outer && inner[len(outer)] == '/'
}
