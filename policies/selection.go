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
	// Fixes says that fixes will be applied: what only they look at counts, too.
	Fixes bool
}

// ParamValue sets one parameter of one rule, as the command line writes it.
type ParamValue struct{ Rule, Name, Text string }

// Select resolves a selection and compiles its rules. An unknown baseline,
// rule, category or parameter is an [UnknownNameError].
func (l *Library) Select(_ context.Context, s Selection) (*Set, error) {
	chosen, baseline, err := l.resolve(s)
	if err != nil {
		return nil, err
	}
	set, err := l.compile(baseline, chosen)
	if err != nil {
		return nil, err
	}
	set.sections = sectionsOf(chosen, s.Fixes)
	return set, nil
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
	ids, err := l.wanted(baseline, s)
	if err != nil {
		return nil, "", err
	}
	selected := map[string]*rule{}
	var rules []*rule
	for _, id := range ids {
		r, err := l.overridden(id, baseline.Rules[id])
		if err != nil {
			return nil, "", fmt.Errorf("baseline %s: %w", name, err)
		}
		selected[id] = r
		rules = append(rules, r)
	}
	for _, p := range s.Params {
		id, err := l.resolveID(p.Rule)
		if err != nil {
			return nil, "", err
		}
		r := selected[id]
		if r == nil {
			// A parameter of a rule outside the selection is checked all the same.
			if r, err = l.overridden(id, Override{}); err != nil {
				return nil, "", err
			}
		}
		if err := setParam(&r.Rule, p.Name, textValue(&r.Rule, p.Name, p.Text)); err != nil {
			return nil, "", err
		}
	}
	return rules, name, nil
}

// wanted returns the ids of the selected rules, which are parsed then, sorted.
func (l *Library) wanted(baseline *Baseline, s Selection) ([]string, error) {
	wanted := map[string]bool{}
	for id := range baseline.Rules {
		wanted[id] = true
	}
	if len(s.Rules) > 0 {
		clear(wanted)
	}
	for _, name := range s.Rules {
		id, err := l.resolveID(name)
		if err != nil {
			return nil, err
		}
		wanted[id] = true
	}
	for _, name := range s.SkipRules {
		id, err := l.resolveID(name)
		if err != nil {
			return nil, err
		}
		delete(wanted, id)
	}
	ids := slices.Sorted(maps.Keys(wanted))
	for _, id := range ids {
		if _, ok := l.paths[id]; !ok {
			return nil, fmt.Errorf("baseline %s: %w", baseline.Name, &UnknownNameError{Kind: "rule", Name: id, Known: l.ids()})
		}
	}
	if err := l.parseRules(ids); err != nil || len(s.Categories) == 0 {
		return ids, err
	}
	all, err := l.Rules()
	if err != nil {
		return nil, err
	}
	var categories []string
	for _, r := range all {
		categories = append(categories, r.Category)
	}
	slices.Sort(categories)
	categories = slices.Compact(categories)
	for _, category := range s.Categories {
		if !slices.Contains(categories, category) {
			return nil, &UnknownNameError{Kind: "category", Name: category, Known: categories}
		}
	}
	return slices.DeleteFunc(ids, func(id string) bool { return !slices.Contains(s.Categories, l.rules[id].Category) }), nil
}

// overridden returns a copy of a rule with a baseline's changes.
func (l *Library) overridden(id string, o Override) (*rule, error) {
	if err := l.parseRules([]string{id}); err != nil {
		return nil, err
	}
	r := *l.rules[id]
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
