package policies

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"

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
	// Rules maps rule ids to what the baseline changes of them.
	Rules map[string]Override `yaml:"rules"`
}

// Override is what a baseline changes of a rule; the zero value changes
// nothing.
type Override struct {
	// Severity is nil to keep the rule's own.
	Severity *finding.Severity `yaml:"severity"`
	Params   map[string]any    `yaml:"params"`
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

// Baseline reads a baseline by its name; the error for a name that is none is
// an [UnknownNameError].
func (l *Library) Baseline(name string) (*Baseline, error) {
	text, err := fs.ReadFile(l.files, "baselines/"+name+"/baseline.yaml")
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil, &UnknownNameError{Kind: "baseline", Name: name, Known: l.Baselines()}
	}
	if err != nil {
		return nil, fmt.Errorf("read baseline: %w", err)
	}
	b := &Baseline{Name: name}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(b); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("baseline %s: %w", name, err)
	}
	if b.Rules == nil {
		b.Rules = map[string]Override{}
	}
	if b.All {
		for id := range l.paths {
			if _, ok := b.Rules[id]; !ok {
				b.Rules[id] = Override{}
			}
		}
	}
	return b, nil
}

// BaselinesWith returns the names of the baselines that hold a rule.
func (l *Library) BaselinesWith(id string) ([]string, error) {
	var names []string
	for _, name := range l.Baselines() {
		baseline, err := l.Baseline(name)
		if err != nil {
			return nil, err
		}
		if _, ok := baseline.Rules[id]; ok {
			names = append(names, name)
		}
	}
	return names, nil
}
