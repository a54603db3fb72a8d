package policies

import (
	"cmp"
	"context"
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
	// Layers change rules on top of the baseline, one after the other.
	Layers []Layer
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

// baseline is the name of the baseline.
func (s Selection) baseline() string { return cmp.Or(s.Baseline, DefaultBaseline) }

// Select resolves a selection and compiles its rules. An unknown baseline,
// rule, category or parameter is an [UnknownNameError].
func (l *Library) Select(_ context.Context, s Selection) (*Set, error) { return l.set(s) }

// set compiles the rules of a selection and further layers.
func (l *Library) set(s Selection, layers ...Layer) (*Set, error) {
	drawing, baseline, err := l.draw(s, layers...)
	if err != nil {
		return nil, err
	}
	chosen, err := drawing.rules()
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

// choose narrows the selected rules to those that the selection names.
func (d *drawing) choose(s Selection) error {
	if len(s.Rules) > 0 {
		wanted := map[string]string{}
		for _, name := range s.Rules {
			id, err := d.library.resolveID(name)
			if err != nil {
				return err
			}
			wanted[id] = "--rule"
		}
		d.selected = wanted
	}
	for _, name := range s.SkipRules {
		id, err := d.library.resolveID(name)
		if err != nil {
			return err
		}
		delete(d.selected, id)
	}
	if err := d.library.parseRules(slices.Sorted(maps.Keys(d.selected))); err != nil || len(s.Categories) == 0 {
		return err
	}
	return d.inCategories(s.Categories)
}

func (d *drawing) inCategories(wanted []string) error {
	all, err := d.library.Rules()
	if err != nil {
		return err
	}
	var categories []string
	for _, r := range all {
		categories = append(categories, r.Category)
	}
	slices.Sort(categories)
	categories = slices.Compact(categories)
	for _, category := range wanted {
		if !slices.Contains(categories, category) {
			return &UnknownNameError{Kind: "category", Name: category, Known: categories}
		}
	}
	maps.DeleteFunc(d.selected, func(id, _ string) bool { return !slices.Contains(wanted, d.library.rules[id].Category) })
	return nil
}

// Preview returns the rules of a selection with the parameters and severities
// in force, without compiling them.
func (l *Library) Preview(s Selection) ([]finding.Rule, error) {
	list, err := l.InForce(s)
	if err != nil {
		return nil, err
	}
	rules := []finding.Rule{}
	for _, r := range list {
		rules = append(rules, r.Rule)
	}
	return rules, nil
}

// InForce returns the rules of a selection and where everything that is in force
// of them comes from.
func (l *Library) InForce(s Selection) ([]InForce, error) {
	drawing, _, err := l.draw(s)
	if err != nil {
		return nil, err
	}
	return drawing.inForce()
}
