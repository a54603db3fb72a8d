package policies

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// Result is a check and the edits that would make it pass.
type Result struct {
	finding.Check
	// Edits is empty unless the check failed and its rule proposes a fix for
	// this pool.
	Edits []snapshot.Edit
}

// Evaluate says what the rules conclude about a pool, sorted by severity
// (highest first), rule and target. The error is that of the context; a rule
// that fails at run time is a check with status error.
func (s *Set) Evaluate(ctx context.Context, pool *snapshot.Pool) ([]Result, error) {
	e := evaluation{pool: s.visible(pool)}
	c := s.converters.get()
	defer s.converters.put(c)
	e.base = baseInput(e.pool, c)
	builtIn, users := newHearing(ctx, true), newHearing(ctx, false)
	defer builtIn.close()
	defer users.close()
	for _, kind := range s.targets {
		for _, t := range e.targets(kind) {
			builtIn.turnTo(t)
			users.turnTo(t)
			for _, r := range s.compiled {
				switch {
				case r.Target != kind:
				case r.trusted:
					e.conclude(r.rule, t, builtIn.ask(ctx, r))
				default:
					e.conclude(r.rule, t, users.askInTime(ctx, r))
				}
			}
		}
		if ctx.Err() != nil {
			return nil, fmt.Errorf("evaluate pool %s: %w", pool.ID(), ctx.Err())
		}
	}
	s.relate(e.results)
	slices.SortFunc(e.results, func(a, b Result) int {
		return cmp.Or(
			-cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Target.Name, b.Target.Name),
			cmp.Compare(a.Target.ID, b.Target.ID),
		)
	})
	return e.results, nil
}

// evaluation is the work on one pool.
type evaluation struct {
	pool    *snapshot.Pool
	base    ast.Object
	results []Result
}

// conclude decides the status of one check. The order is the contract: an
// error of the rule, not applicable, not evaluated, fail, pass.
func (e *evaluation) conclude(r *rule, t target, said statements) {
	c := finding.Check{
		Rule: r.ID, Severity: r.Severity, Pool: e.pool.ID(), Target: t.Target,
		Fingerprint: finding.Fingerprint(r.ID, e.pool.ID(), t.Target),
	}
	var edits []snapshot.Edit
	switch {
	case t.input == nil:
		c.Status, c.Reason, c.Hint, c.Incomplete = t.status, t.reason, t.hint, t.incomplete
	case said.err != nil:
		c.Status, c.Reason = finding.Error, said.err.Error()
	case !said.applies && len(e.unknown(appliesNeeds(r), r, t)) == 0:
		c.Status = finding.NotApplicable
	default:
		unknown := e.unknown(r.Needs, r, t)
		if !said.applies {
			unknown = append(unknown, e.unknown(appliesNeeds(r), r, t)...)
		}
		for _, path := range said.unknown {
			unknown = append(unknown, e.unknownAt(pointer(path, t))...)
		}
		if len(unknown) > 0 {
			c.Status = finding.NotEvaluated
			c.Reason, c.Hint, c.Incomplete = e.explain(unknown)
			break
		}
		c.Status = finding.Pass
		if c.Violations = violations(said.deny, t); len(c.Violations) > 0 {
			c.Status = finding.Fail
			edits = fixEdits(said.fix, t)
			c.Fix = r.Fix
			if len(edits) == 0 {
				c.Fix = finding.FixManual
			}
		}
	}
	e.results = append(e.results, Result{Check: c, Edits: edits})
}

func appliesNeeds(r *rule) []string {
	if r.AppliesNeeds != nil {
		return r.AppliesNeeds
	}
	return r.Needs
}

// unknown returns what is unknown of a rule's declared inputs.
func (e *evaluation) unknown(needs []string, r *rule, t target) []snapshot.Unknown {
	if len(e.pool.Unknown) == 0 {
		return nil
	}
	var unknown []snapshot.Unknown
	for _, need := range needs {
		path, _ := needPointer(need, r.Target, t.index)
		unknown = append(unknown, e.pool.UnknownFor(path)...)
	}
	return unknown
}

// unknownAt returns why the value at a path that a rule reported is unknown.
func (e *evaluation) unknownAt(path string) []snapshot.Unknown {
	if unknown := e.pool.UnknownFor(path); len(unknown) > 0 {
		return unknown
	}
	member := strings.Join(snapshot.SplitPointer(path), ".")
	if value, ok := snapshot.Lookup(e.pool.Sections, path); ok && value != nil {
		reason := member + " cannot be interpreted"
		if text, err := json.Marshal(value); err == nil && len(text) <= 40 {
			reason = fmt.Sprintf("%s is %s, from which nothing can be concluded", member, text)
		}
		return []snapshot.Unknown{{Path: path, Reason: reason, Hint: "look again later, or with a newer cognilint, or leave the rule out with --skip-rule"}}
	}
	return []snapshot.Unknown{{Path: path, Reason: member + " is absent", Hint: "read the pool again with a newer AWS CLI or cognilint, or leave the rule out with --skip-rule"}}
}

// explain puts the reasons into words. For a live pool every gap makes the
// scan incomplete, for an export of one what its sections lack, for other
// exports only a read that failed when they were made.
func (e *evaluation) explain(unknown []snapshot.Unknown) (reason, hint string, incomplete bool) {
	var reasons, hints []string
	for _, u := range unknown {
		if !slices.Contains(reasons, u.Reason) {
			reasons = append(reasons, u.Reason)
		}
		if u.Hint != "" && !slices.Contains(hints, u.Hint) {
			hints = append(hints, u.Hint)
		}
		_, read := e.pool.Sections[snapshot.SplitPointer(u.Path)[0]]
		incomplete = incomplete || u.Failed() || e.pool.Source == snapshot.SourceLive || e.pool.Live && read
	}
	return strings.Join(reasons, "; "), strings.Join(hints, "; "), incomplete
}

func violations(deny []any, t target) []finding.Violation {
	var violations []finding.Violation
	for _, element := range deny {
		v, _ := element.(map[string]any)
		message, _ := v["msg"].(string)
		violations = append(violations, finding.Violation{
			Message:  message,
			Path:     pointer(v["path"], t),
			Actual:   v["actual"],
			Expected: v["expected"],
		})
	}
	slices.SortStableFunc(violations, func(a, b finding.Violation) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Message, b.Message))
	})
	return violations
}

func fixEdits(fix []any, t target) []snapshot.Edit {
	var edits []snapshot.Edit
	for _, element := range fix {
		edit, _ := element.(map[string]any)
		op, _ := edit["op"].(string)
		edits = append(edits, snapshot.Edit{Op: snapshot.Op(op), Path: pointer(edit["path"], t), Value: edit["value"]})
	}
	return edits
}

// pointer turns a path that a rule wrote, an array below its input, into a
// pointer into the snapshot.
func pointer(path any, t target) string {
	elements, _ := path.([]any)
	var full []any
	for i, element := range elements {
		switch element := element.(type) {
		case json.Number:
			full = append(full, element.String())
		case string:
			if section := targetSection(t.Kind); i == 0 && element == section.Element && section.Element != "" {
				full = append(full, section.Name, t.index)
				continue
			}
			full = append(full, element)
		}
	}
	return snapshot.Pointer(full...)
}
