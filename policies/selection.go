package policies

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/cognilint/cognilint/finding"
)

// DefaultBaseline is the baseline of a scan that names none.
const DefaultBaseline = "recommended"

// Selection says which rules to evaluate and how.
type Selection struct {
	// Baseline is a name; empty means [DefaultBaseline].
	Baseline string
	// Rules, if not empty, are the only rules evaluated, whether the baseline
	// has them or not. Where it has, its parameters count.
	Rules []string
	// SkipRules are taken out.
	SkipRules []string
	// Categories, if not empty, restricts the selection to them.
	Categories []string
	// Params are set last.
	Params []ParamValue
}

// ParamValue sets one parameter of one rule, as the command line writes it.
type ParamValue struct{ Rule, Name, Text string }

// Select resolves a selection and compiles its rules. An unknown baseline,
// rule, category or parameter is an [UnknownNameError].
func (l *Library) Select(ctx context.Context, s Selection) (*Set, error) {
	chosen, baseline, err := l.resolve(s)
	if err != nil {
		return nil, err
	}
	return l.compile(ctx, baseline, chosen)
}

// resolve returns copies of the selected rules with the parameters and
// severities in force, sorted by id.
func (l *Library) resolve(s Selection) ([]*rule, string, error) {
	name := s.Baseline
	if name == "" {
		name = DefaultBaseline
	}
	baseline, err := l.Baseline(name)
	if err != nil {
		return nil, "", err
	}
	wanted, err := l.wanted(baseline, s)
	if err != nil {
		return nil, "", err
	}
	selected := map[string]*rule{}
	for id := range wanted {
		if selected[id], err = l.overridden(id, baseline.Rules[id]); err != nil {
			return nil, "", fmt.Errorf("baseline %s: %w", name, err)
		}
	}
	for _, p := range s.Params {
		r, err := l.find(p.Rule)
		if err != nil {
			return nil, "", err
		}
		// A parameter of a rule outside the selection is checked all the same.
		target := r.Rule
		target.Params = slices.Clone(target.Params)
		if in := selected[r.ID]; in != nil {
			target = in.Rule
		}
		if err := setParam(&target, p.Name, textValue(&target, p.Name, p.Text)); err != nil {
			return nil, "", err
		}
	}
	var rules []*rule
	for _, id := range slices.Sorted(maps.Keys(selected)) {
		rules = append(rules, selected[id])
	}
	return rules, name, nil
}

// wanted returns the ids of the selected rules.
func (l *Library) wanted(baseline *Baseline, s Selection) (map[string]bool, error) {
	wanted := map[string]bool{}
	for id := range baseline.Rules {
		wanted[id] = true
	}
	if len(s.Rules) > 0 {
		clear(wanted)
	}
	for _, id := range s.Rules {
		r, err := l.find(id)
		if err != nil {
			return nil, err
		}
		wanted[r.ID] = true
	}
	for _, id := range s.SkipRules {
		r, err := l.find(id)
		if err != nil {
			return nil, err
		}
		delete(wanted, r.ID)
	}
	for _, category := range s.Categories {
		if !slices.Contains(l.categories(), category) {
			return nil, &UnknownNameError{Kind: "category", Name: category, Known: l.categories()}
		}
	}
	if len(s.Categories) > 0 {
		maps.DeleteFunc(wanted, func(id string, _ bool) bool {
			r := l.rules[id]
			return r != nil && !slices.Contains(s.Categories, r.Category)
		})
	}
	return wanted, nil
}

// overridden returns a copy of a rule with a baseline's changes.
func (l *Library) overridden(id string, o Override) (*rule, error) {
	original, err := l.find(id)
	if err != nil {
		return nil, err
	}
	r := *original
	r.Params = slices.Clone(r.Params)
	if o.Severity != nil {
		r.Severity = *o.Severity
	}
	for _, name := range slices.Sorted(maps.Keys(o.Params)) {
		if err := setParam(&r.Rule, name, o.Params[name]); err != nil {
			return nil, err
		}
	}
	return &r, nil
}

// Preview returns the rules of a selection with the parameters and severities
// in force, without compiling them.
func (l *Library) Preview(s Selection) ([]finding.Rule, error) {
	chosen, _, err := l.resolve(s)
	if err != nil {
		return nil, err
	}
	rules := []finding.Rule{}
	for _, r := range chosen {
		rules = append(rules, r.Rule)
	}
	return rules, nil
}
