package remediate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// prover finds out whether proposals do what they are for, and nothing that
// nobody wants, by evaluating all rules on the pool as it would be.
type prover struct {
	*Planner
	pool   *snapshot.Pool
	before []Verdict
}

// objection is why proposals must not be carried out together.
type objection struct {
	// proposal is the index of the one to blame; -1 if it is not clear.
	proposal int
	why      Why
	reason   string
}

// choose returns the proposals that can be carried out together. If all can, the
// answer takes one evaluation. What was left out is tried once more on top of the
// rest, because it may have missed something that came later.
func (p prover) choose(ctx context.Context, proposals []proposal) (chosen []proposal, dropped []Unfixed, err error) {
	waiting := proposals
	for range 2 {
		if chosen, waiting, dropped, err = p.extend(ctx, chosen, waiting); err != nil {
			return nil, nil, err
		}
	}
	return chosen, dropped, nil
}

// extend adds what it can of more proposals to chosen ones. It tries all of them
// at once, then halves: an evaluation of a pool with many clients takes long.
func (p prover) extend(ctx context.Context, chosen, more []proposal) (extended, left []proposal, dropped []Unfixed, err error) {
	if len(more) == 0 {
		return chosen, nil, nil, nil
	}
	tried := slices.Concat(chosen, more)
	objections, err := p.objections(ctx, tried)
	switch {
	case err != nil:
		return nil, nil, nil, err
	case len(objections) == 0:
		return tried, nil, nil, nil
	case len(more) == 1:
		return chosen, more, []Unfixed{newUnfixed(more[0].Verdict, objections[0].why, texts(objections))}, nil
	}
	extended = chosen
	for _, half := range [][]proposal{more[:len(more)/2], more[len(more)/2:]} {
		var out []proposal
		var why []Unfixed
		if extended, out, why, err = p.extend(ctx, extended, half); err != nil {
			return nil, nil, nil, err
		}
		left, dropped = append(left, out...), append(dropped, why...)
	}
	return extended, left, dropped, nil
}

func texts(objections []objection) string {
	var reasons []string
	for _, o := range objections {
		if !slices.Contains(reasons, o.reason) {
			reasons = append(reasons, o.reason)
		}
	}
	return strings.Join(reasons, "; ")
}

// objections says what speaks against carrying proposals out together.
func (p prover) objections(ctx context.Context, proposals []proposal) ([]objection, error) {
	if len(proposals) == 0 {
		return nil, nil
	}
	after, err := applied(p.pool, proposals)
	if err != nil {
		return []objection{{-1, Unsupported, err.Error()}}, nil
	}
	var found []objection
	for _, reason := range refusals(p.pool, after, calls(p.pool, after, proposals)) {
		found = append(found, objection{-1, Refusable, reason})
	}
	if found != nil {
		return found, nil
	}
	verdicts, err := p.Evaluate(ctx, after)
	if err != nil {
		return nil, err
	}
	now := byCheck(verdicts)
	for i, proposed := range proposals {
		if v, ok := now[keyOf(proposed.Check)]; ok && v.Status != finding.Pass && v.Status != finding.NotApplicable {
			found = append(found, objection{i, Ineffective, fmt.Sprintf("%s would still not pass", proposed.Rule)})
		}
	}
	was := byCheck(p.before)
	for _, v := range verdicts {
		if p.breaks(v, was[keyOf(v.Check)], proposals) {
			found = append(found, objection{-1, Breaks, fmt.Sprintf("would make %s fail%s", v.Rule, firstMessage(v))})
		}
	}
	return found, nil
}

func firstMessage(v Verdict) string {
	if len(v.Violations) == 0 {
		return ""
	}
	return ": " + v.Violations[0].Message
}

// breaks tells whether a check fails because of the proposals and stops them. A
// guard must not start to fail; another rule not if it passed. What a rule that
// nobody selected merely remarks, or the opposite of what is fixed, does not
// count.
func (p prover) breaks(now, was Verdict, proposals []proposal) bool {
	if now.Status != finding.Fail && now.Status != finding.Error || was.Status == finding.Fail || was.Status == finding.Waived || was.Status == finding.Error {
		return false
	}
	rule := p.Rules[now.Rule]
	if rule.Guard {
		return true
	}
	if was.Status != finding.Pass || p.opposed(rule, proposals) {
		return false
	}
	return p.Selected(p.pool, now.Rule) || now.Severity > finding.Info
}

func (p prover) opposed(rule finding.Rule, proposals []proposal) bool {
	return slices.ContainsFunc(proposals, func(proposed proposal) bool {
		return slices.Contains(rule.Opposes, proposed.Rule) || slices.Contains(proposed.rule.Opposes, rule.ID)
	})
}

// conclude adds to a plan what it brings about besides: checks that pass without
// an edit of their own, and rules that start to fail, but do not stop it.
func (p prover) conclude(ctx context.Context, plan *Plan, chosen []proposal) error {
	verdicts, err := p.Evaluate(ctx, plan.After)
	if err != nil {
		return err
	}
	was, now := byCheck(p.before), byCheck(verdicts)
	plan.Unfixed = slices.DeleteFunc(plan.Unfixed, func(u Unfixed) bool {
		passes := now[check{u.Rule, finding.Target{Kind: u.Target.Kind, ID: u.Target.ID}}].Status == finding.Pass
		if passes {
			plan.Fixes = append(plan.Fixes, Fixed{Rule: u.Rule, Severity: u.Severity, Target: u.Target})
		}
		return passes
	})
	for _, u := range p.pool.Unknown {
		if u.Failed() {
			plan.Notes = append(plan.Notes, "what depends on it was not checked: "+u.Reason)
		}
	}
	for _, v := range verdicts {
		before := was[keyOf(v.Check)]
		if v.Status == finding.Fail && (before.Status == finding.Pass || before.Status == finding.NotApplicable) && !p.opposed(p.Rules[v.Rule], chosen) {
			plan.Notes = append(plan.Notes, fmt.Sprintf("%s (%s) fails afterwards%s", v.Rule, v.Severity, firstMessage(v)))
		}
	}
	return nil
}

// check identifies a verdict among those about one pool.
type check struct {
	rule   string
	target finding.Target
}

func keyOf(c finding.Check) check {
	return check{c.Rule, finding.Target{Kind: c.Target.Kind, ID: c.Target.ID}}
}

func byCheck(verdicts []Verdict) map[check]Verdict {
	index := map[check]Verdict{}
	for _, v := range verdicts {
		index[keyOf(v.Check)] = v
	}
	return index
}
