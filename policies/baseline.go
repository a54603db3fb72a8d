package policies

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/cognilint/cognilint/finding"
)

// Baseline is a choice of rules, with parameters and severities.
type Baseline struct {
	// Name is that of the folder.
	Name        string `yaml:"-"`
	Description string `yaml:"description"`
	// All takes every rule of the library with its defaults.
	All bool `yaml:"all"`
	// Extends names the baseline that this one changes; empty is none.
	Extends string `yaml:"extends"`
	// Rules maps rule ids to what the baseline changes of them. A rule that is
	// named is in it, unless it is not enabled.
	Rules map[string]Override `yaml:"rules"`
}

// enabled returns the rules of the baseline as a layer that selects them.
func (b *Baseline) enabled() map[string]Override {
	yes := true
	rules := map[string]Override{}
	for id, override := range b.Rules {
		if override.Enabled == nil {
			override.Enabled = &yes
		}
		rules[id] = override
	}
	return rules
}

// Baselines returns the names of the baselines, sorted.
func (l *Library) Baselines() []string {
	entries, _ := fs.ReadDir(l.files, "baselines")
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// Baseline reads a baseline by its name, or from a file: a name that ends in
// .yaml or .yml. The error for a name that is none is an [UnknownNameError].
func (l *Library) Baseline(name string) (*Baseline, error) { return l.baseline(name, nil) }

// baseline reads a baseline; extended are those that extend it.
func (l *Library) baseline(name string, extended []string) (*Baseline, error) {
	if slices.Contains(extended, name) {
		return nil, fmt.Errorf("baseline %s extends itself", name)
	}
	text, err := l.baselineText(name)
	if err != nil {
		return nil, err
	}
	b := &Baseline{Name: name}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(b); err != nil && !errors.Is(err, io.EOF) {
		return nil, decodeError(name, err)
	}
	rules := map[string]Override{}
	if b.Extends != "" {
		extends := b.Extends
		if isFile(extends) && !filepath.IsAbs(extends) {
			extends = filepath.Join(filepath.Dir(name), extends)
		}
		base, err := l.baseline(extends, append(extended, name))
		if err != nil {
			return nil, fmt.Errorf("baseline %s: %w", name, err)
		}
		rules = base.Rules
	}
	if b.All {
		for id := range l.paths {
			rules[id] = Override{}
		}
	}
	for id, override := range b.Rules {
		rules[id] = rules[id].with(override)
	}
	b.Rules = rules
	return b, nil
}

// maxBaselineSize is far more than a baseline takes.
const maxBaselineSize = 1 << 20

// isFile tells the name of a file from that of a baseline.
func isFile(name string) bool {
	ending := filepath.Ext(name)
	return ending == ".yaml" || ending == ".yml"
}

func (l *Library) baselineText(name string) ([]byte, error) {
	if isFile(name) {
		info, err := os.Stat(name)
		if err == nil && (!info.Mode().IsRegular() || info.Size() > maxBaselineSize) {
			err = fmt.Errorf("baseline %s is no file of at most 1 MiB", name)
		}
		if err != nil {
			return nil, fmt.Errorf("read baseline: %w", err)
		}
		return os.ReadFile(name)
	}
	text, err := fs.ReadFile(l.files, "baselines/"+name+"/baseline.yaml")
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil, &UnknownNameError{Kind: "baseline", Name: name, Known: l.Baselines()}
	}
	return text, err
}

// with returns an override that makes the changes of both, the other's last.
func (o Override) with(other Override) Override {
	if other.Enabled != nil || o.Enabled != nil && !*o.Enabled {
		o.Enabled = other.Enabled // to name a rule is to want it
	}
	if other.Severity != nil {
		o.Severity = other.Severity
	}
	params := maps.Clone(o.Params)
	for name, value := range other.Params {
		if params == nil {
			params = map[string]any{}
		}
		params[name] = value
	}
	o.Params = params
	return o
}

// BaselinesWith returns the baselines that hold a rule, sorted by name, with
// what they change of it.
func (l *Library) BaselinesWith(id string) ([]finding.InBaseline, error) {
	rule, err := l.Rule(id)
	if err != nil {
		return nil, err
	}
	var found []finding.InBaseline
	for _, name := range l.Baselines() {
		baseline, err := l.Baseline(name)
		if err != nil {
			return nil, err
		}
		o, ok := baseline.Rules[rule.ID]
		if !ok || o.Enabled != nil && !*o.Enabled {
			continue
		}
		in := finding.InBaseline{Baseline: name}
		if o.Severity != nil && *o.Severity != rule.Severity {
			in.Severity = *o.Severity
		}
		for _, p := range rule.Params {
			if value, set := o.Params[p.Name]; set && !sameJSON(value, p.Default) {
				if in.Params == nil {
					in.Params = map[string]any{}
				}
				in.Params[p.Name] = value
			}
		}
		found = append(found, in)
	}
	return found, nil
}

// sameJSON compares values of YAML with those of JSON, whose numbers have
// other types.
func sameJSON(a, b any) bool {
	left, leftErr := json.Marshal(a)
	right, rightErr := json.Marshal(b)
	return leftErr == nil && rightErr == nil && bytes.Equal(left, right)
}
