package policies

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// Policy is which rules are in force for which pool. It is safe for concurrent
// use.
type Policy struct {
	library   *Library
	selection Selection
	layers    []PoolLayer
	base      *Set
	rules     []finding.Rule
	sections  []string

	mu sync.Mutex
	// sets are made when the first pool needs them, by the indexes of the layers
	// that count for it.
	sets map[string]*Set
	// others holds for a set the rules that it lacks.
	others map[*Set]*Set
}

// Policy compiles a selection, and checks the layers that change it for some
// pools: of those that choose a pool, each counts, later ones last. An error
// about a layer is a [LayerError].
func (l *Library) Policy(ctx context.Context, s Selection, layers []PoolLayer) (*Policy, error) {
	base, err := l.Select(ctx, s)
	if err != nil {
		return nil, err
	}
	p := &Policy{library: l, selection: s, layers: layers, base: base, rules: base.Rules, sections: base.Sections(), sets: map[string]*Set{}, others: map[*Set]*Set{}}
	for i, layer := range layers {
		if err := p.include(layer.Layer); err != nil {
			return nil, &LayerError{Layer: len(s.Layers) + i, Err: err}
		}
	}
	return p, nil
}

// include counts in what a layer adds for the pools that it is for.
func (p *Policy) include(layer Layer) error {
	drawing, _, err := p.library.draw(p.selection, layer)
	if err != nil {
		return err
	}
	rules, err := drawing.rules()
	if err != nil {
		return err
	}
	for _, r := range rules {
		if !slices.ContainsFunc(p.rules, func(known finding.Rule) bool { return known.ID == r.ID }) {
			p.rules = append(slices.Clip(p.rules), r.Rule)
		}
	}
	slices.SortFunc(p.rules, func(a, b finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	needed := append(sectionsOf(rules, p.selection.Fixes), p.sections...)
	p.sections = []string{}
	for _, section := range snapshot.Sections {
		if slices.Contains(needed, section.Name) {
			p.sections = append(p.sections, section.Name)
		}
	}
	return nil
}

// Baseline is the name of the baseline.
func (p *Policy) Baseline() string { return p.base.Baseline }

// Rules are all rules that are in force for any pool, sorted by id, as they are
// for a pool that no layer is for, where they are.
func (p *Policy) Rules() []finding.Rule { return p.rules }

// Sections are those that the rules of any pool look at besides UserPool.
func (p *Policy) Sections() []string { return p.sections }

// For returns the rules for a pool.
func (p *Policy) For(pool *snapshot.Pool) (*Set, error) {
	var layers []Layer
	key := ""
	for i, l := range p.layers {
		if l.Selector.Matches(pool) {
			layers = append(layers, l.Layer)
			key += fmt.Sprint(i, " ")
		}
	}
	if layers == nil {
		return p.base, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	set := p.sets[key]
	if set == nil {
		var err error
		if set, err = p.library.set(p.selection, layers...); err != nil {
			return nil, err
		}
		p.sets[key] = set
	}
	return set, nil
}

// Others returns the rules that those for a pool lack, with their default
// parameters.
func (p *Policy) Others(pool *snapshot.Pool) (*Set, error) {
	set, err := p.For(pool)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.others[set] == nil {
		selection := Selection{Baseline: "all", Fixes: true}
		for _, rule := range set.Rules {
			selection.SkipRules = append(selection.SkipRules, rule.ID)
		}
		if p.others[set], err = p.library.set(selection); err != nil {
			return nil, err
		}
	}
	return p.others[set], nil
}
