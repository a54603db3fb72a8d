package template

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// Verdict is a check and the edits that would make it pass.
type Verdict struct {
	finding.Check
	Edits []snapshot.Edit
}

// Maker makes templates.
type Maker struct {
	// Baseline is the name that the template carries.
	Baseline string
	// Rules are those that were asked for, with the parameters in force.
	Rules []finding.Rule
	// Evaluate says what the rules, and guard rules besides, conclude about a
	// pool.
	Evaluate func(context.Context, *snapshot.Pool) ([]Verdict, error)
}

// UnsatisfiableError says why no pool passes all rules.
type UnsatisfiableError struct {
	// Reasons are sentences without a full stop, at least one.
	Reasons []string
}

func (e *UnsatisfiableError) Error() string {
	return "no template passes all of these rules; leave some out with --skip-rule:\n  " + strings.Join(e.Reasons, "\n  ")
}

// Make makes the pool. The error is an [UnsatisfiableError] if there is none.
func (m *Maker) Make(ctx context.Context) (*Template, error) {
	if opposing := m.opposing(); len(opposing) > 0 {
		return nil, &UnsatisfiableError{opposing}
	}
	pool := basePool()
	for _, w := range wishes {
		for _, rule := range m.Rules {
			if rule.ID == w.rule {
				w.grant(wish{rule: rule, pool: pool})
			}
		}
	}
	pool, err := normalized(pool)
	if err != nil {
		return nil, err
	}
	if pool, err = m.repair(ctx, pool); err != nil {
		return nil, err
	}
	t := &Template{Baseline: m.Baseline, Pool: pool}
	t.reasons, err = m.reasons(ctx, pool)
	return t, err
}

// opposing lists the pairs of rules that want opposite things.
func (m *Maker) opposing() []string {
	selected := map[string]bool{}
	for _, rule := range m.Rules {
		selected[rule.ID] = true
	}
	var pairs []string
	for _, rule := range m.Rules {
		for _, other := range rule.Opposes {
			if selected[other] && (rule.ID < other || !opposes(m.Rules, other, rule.ID)) {
				pairs = append(pairs, rule.ID+" and "+other+" want opposite things")
			}
		}
	}
	return pairs
}

func opposes(rules []finding.Rule, id, other string) bool {
	return slices.ContainsFunc(rules, func(r finding.Rule) bool { return r.ID == id && slices.Contains(r.Opposes, other) })
}

// repair applies the fix of one failed check after the other. Each rule gets one
// try per target: two that undo each other must come to an end.
func (m *Maker) repair(ctx context.Context, pool *snapshot.Pool) (*snapshot.Pool, error) {
	tried := map[string]bool{}
	for {
		verdicts, err := m.Evaluate(ctx, pool)
		if err != nil {
			return nil, err
		}
		next := slices.IndexFunc(verdicts, func(v Verdict) bool {
			return v.Status == finding.Fail && len(v.Edits) > 0 && !tried[v.Fingerprint]
		})
		if next < 0 {
			return pool, unsatisfied(verdicts)
		}
		tried[verdicts[next].Fingerprint] = true
		if pool, err = pool.Apply(verdicts[next].Edits); err != nil {
			return nil, fmt.Errorf("rule %s: %w", verdicts[next].Rule, err)
		}
		if pool, err = normalized(pool); err != nil {
			return nil, err
		}
	}
}

// unsatisfied is an error if a check has another outcome than a template must
// have.
func unsatisfied(verdicts []Verdict) error {
	var reasons []string
	for _, v := range verdicts {
		switch {
		case v.Status == finding.Pass || v.Status == finding.NotApplicable:
		case len(v.Violations) > 0:
			reasons = append(reasons, v.Rule+": "+v.Violations[0].Message)
		default:
			reasons = append(reasons, fmt.Sprintf("%s: %s (%s)", v.Rule, v.Reason, v.Status))
		}
	}
	if len(reasons) == 0 {
		return nil
	}
	return &UnsatisfiableError{reasons}
}

// normalized gives numbers and lists the types that decoded JSON has, whoever
// made them.
func normalized(pool *snapshot.Pool) (*snapshot.Pool, error) {
	text, err := json.Marshal(pool.Sections)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	clean := *pool
	clean.Sections = nil
	err = decoder.Decode(&clean.Sections)
	return &clean, err
}
