package policies

import (
	"maps"
	"path"
	"slices"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// Override changes a rule; the zero value changes nothing.
type Override struct {
	// Enabled selects the rule, or takes it out; nil leaves it as it is.
	Enabled *bool `yaml:"enabled"`
	// Severity is nil to keep the one in force.
	Severity *finding.Severity `yaml:"severity"`
	Params   map[string]any    `yaml:"params"`
}

// Layer changes rules on top of what a baseline says.
type Layer struct {
	// Name tells people where it comes from.
	Name  string
	Rules map[string]Override
	// Params are set after Rules.
	Params []ParamValue
}

// PoolLayer is a layer for some pools.
type PoolLayer struct {
	Selector Selector
	Layer    Layer
}

// Selector chooses pools: those that fit everything in it. Empty fields fit
// every pool.
type Selector struct {
	// Pools are globs, of which one must fit the id or the name.
	Pools []string
	// Tags must all be there, with these values.
	Tags            map[string]string
	Account, Region string
}

// Matches tells whether the selector chooses a pool.
func (s Selector) Matches(pool *snapshot.Pool) bool {
	fits := func(glob string) bool {
		byID, _ := path.Match(glob, pool.ID())
		byName, _ := path.Match(glob, pool.Name())
		return byID || byName || glob == pool.Name()
	}
	if len(s.Pools) > 0 && !slices.ContainsFunc(s.Pools, fits) ||
		s.Account != "" && s.Account != pool.Account || s.Region != "" && s.Region != pool.Region {
		return false
	}
	for key, want := range s.Tags {
		if value, ok := snapshot.Lookup(pool.Sections, snapshot.Pointer("UserPool", "UserPoolTags", key)); !ok || value != want {
			return false
		}
	}
	return true
}

// LayerError says that a layer cannot be applied.
type LayerError struct {
	// Layer is the index among the layers of the selection, or, after those,
	// among the pool layers.
	Layer int
	Err   error
}

// Error implements error.
func (e *LayerError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *LayerError) Unwrap() error { return e.Err }

// InForce is a rule with what is in force of it, and where that comes from.
type InForce struct {
	finding.Rule
	// Origin says what selected the rule, SeverityOrigin and ParamOrigins (by
	// parameter) what set the values; empty is the rule itself.
	Origin, SeverityOrigin string
	ParamOrigins           map[string]string
}

// drawing is rules as they are changed layer by layer.
type drawing struct {
	library *Library
	// selected are the origins of the selected rules.
	selected map[string]string
	// changed has every rule that was named, selected or not.
	changed map[string]*drawn
}

// drawn is a rule with its changes so far.
type drawn struct {
	*rule
	severityOrigin string
	paramOrigins   map[string]string
}

// rule returns the rule of an id or alias, to be changed.
func (d *drawing) rule(name string) (*drawn, error) {
	id, err := d.library.resolveID(name)
	if err != nil {
		return nil, err
	}
	if known := d.changed[id]; known != nil {
		return known, nil
	}
	if err := d.library.parseRules([]string{id}); err != nil {
		return nil, err
	}
	r := *d.library.rules[id]
	r.Params = slices.Clone(r.Params)
	d.changed[id] = &drawn{rule: &r, paramOrigins: map[string]string{}}
	return d.changed[id], nil
}

// apply makes the changes of a layer.
func (d *drawing) apply(l Layer) error {
	for _, name := range slices.Sorted(maps.Keys(l.Rules)) {
		override := l.Rules[name]
		r, err := d.rule(name)
		if err != nil {
			return err
		}
		if override.Enabled != nil && *override.Enabled {
			d.selected[r.ID] = l.Name
		} else if override.Enabled != nil {
			delete(d.selected, r.ID)
		}
		if override.Severity != nil {
			r.Severity, r.severityOrigin = *override.Severity, l.Name
		}
		for _, param := range slices.Sorted(maps.Keys(override.Params)) {
			if err := d.set(r, param, override.Params[param], l.Name); err != nil {
				return err
			}
		}
	}
	for _, p := range l.Params {
		r, err := d.rule(p.Rule)
		if err != nil {
			return err
		}
		if err := d.set(r, p.Name, textValue(&r.Rule, p.Name, p.Text), l.Name); err != nil {
			return err
		}
	}
	return nil
}

func (d *drawing) set(r *drawn, param string, value any, origin string) error {
	if err := setParam(&r.Rule, param, value); err != nil {
		return err
	}
	r.paramOrigins[param] = origin
	return nil
}

// rules returns the selected rules, sorted by id.
func (d *drawing) rules() ([]*rule, error) {
	var rules []*rule
	for _, id := range slices.Sorted(maps.Keys(d.selected)) {
		r, err := d.rule(id)
		if err != nil {
			return nil, err
		}
		rules = append(rules, r.rule)
	}
	return rules, nil
}

// inForce returns the selected rules with their origins.
func (d *drawing) inForce() ([]InForce, error) {
	list := []InForce{}
	for _, id := range slices.Sorted(maps.Keys(d.selected)) {
		r, err := d.rule(id)
		if err != nil {
			return nil, err
		}
		list = append(list, InForce{Rule: r.Rule, Origin: d.selected[id], SeverityOrigin: r.severityOrigin, ParamOrigins: r.paramOrigins})
	}
	return list, nil
}

// draw makes all changes of a selection, and of further layers before what the
// selection says last.
func (l *Library) draw(s Selection, layers ...Layer) (*drawing, string, error) {
	baseline, err := l.Baseline(s.baseline())
	if err != nil {
		return nil, "", err
	}
	d := &drawing{library: l, selected: map[string]string{}, changed: map[string]*drawn{}}
	origin := "baseline " + baseline.Name
	rules, err := d.wanted(s, baseline.enabled())
	if err != nil {
		return nil, "", err
	}
	if err := d.apply(Layer{Name: origin, Rules: rules}); err != nil {
		return nil, "", baseline.placed(err)
	}
	for _, id := range l.user {
		// Who names a folder of rules wants them.
		d.selected[id] = l.paths[id]
	}
	for i, layer := range slices.Concat(s.Layers, layers) {
		if err := d.apply(layer); err != nil {
			return nil, "", &LayerError{Layer: i, Err: err}
		}
	}
	if err := d.choose(s); err != nil {
		return nil, "", err
	}
	return d, baseline.Name, d.apply(Layer{Name: "--param", Params: s.Params})
}

// wanted returns those of a baseline's rules that the selection may hold: a
// start of the program should not parse the others. They are parsed then.
func (d *drawing) wanted(s Selection, rules map[string]Override) (map[string]Override, error) {
	if len(s.Rules) > 0 {
		named := map[string]Override{}
		for _, name := range s.Rules {
			id, err := d.library.resolveID(name)
			if err != nil {
				return nil, err
			}
			if override, ok := rules[id]; ok {
				named[id] = override
			}
		}
		rules = named
	}
	var known []string
	for id := range rules {
		if _, ok := d.library.paths[id]; ok {
			known = append(known, id)
		}
	}
	return rules, d.library.parseRules(known)
}
