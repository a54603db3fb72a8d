package policies

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// metadata is the "custom" block of a rule's annotation.
type metadata struct {
	ID           string              `json:"id"`
	Severity     finding.Severity    `json:"severity"`
	Target       finding.TargetKind  `json:"target"`
	Category     string              `json:"category"`
	Needs        []string            `json:"needs"`
	AppliesNeeds []string            `json:"applies_needs"`
	Params       map[string]param    `json:"params"`
	Reads        map[string][]string `json:"reads_with_param"`
	Controls     map[string][]string `json:"controls"`
	Remediation  string              `json:"remediation"`
	WaiveWhen    string              `json:"waive_when"`
	Fix          struct {
		Class finding.FixClass `json:"class"`
		Note  string           `json:"note"`
		Needs []string         `json:"needs"`
		// OnlyNamed and Irreversible ask for more consent than the class.
		OnlyNamed    bool `json:"only_named"`
		Irreversible bool `json:"irreversible"`
	} `json:"fix"`
	Guard bool `json:"guard"`
	// Waivable is true if it is absent.
	Waivable  *bool    `json:"waivable"`
	Opposes   []string `json:"opposes"`
	SameCause []string `json:"same_cause"`
	Aliases   []string `json:"aliases"`
	Since     string   `json:"since"`
}

type param struct {
	Type        string   `json:"type"`
	Default     any      `json:"default"`
	Description string   `json:"description"`
	Min         *int     `json:"min"`
	Max         *int     `json:"max"`
	Enum        []string `json:"enum"`
}

func packageAnnotations(module *ast.Module) *ast.Annotations {
	for _, annotations := range module.Annotations {
		if annotations.Scope == "package" {
			return annotations
		}
	}
	return nil
}

// newRule reads a rule from the annotation of its package.
func newRule(module *ast.Module) (*rule, error) {
	annotations := packageAnnotations(module)
	if annotations == nil {
		return nil, errors.New("no annotation, expected one in front of the package")
	}
	text, err := json.Marshal(annotations.Custom)
	if err != nil {
		return nil, fmt.Errorf("annotation: %w", err)
	}
	var m metadata
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	decoder.UseNumber()
	if err := decoder.Decode(&m); err != nil {
		return nil, fmt.Errorf("annotation: custom: %w", err)
	}
	r := &rule{module: module, defines: map[string]bool{}}
	r.Rule = finding.Rule{
		ID:             m.ID,
		Title:          annotations.Title,
		Severity:       m.Severity,
		Category:       m.Category,
		Target:         m.Target,
		Description:    strings.TrimSpace(annotations.Description),
		Needs:          m.Needs,
		AppliesNeeds:   m.AppliesNeeds,
		ReadsWithParam: m.Reads,
		Controls:       m.Controls,
		Remediation:    strings.TrimSpace(m.Remediation),
		WaiveWhen:      oneLine(m.WaiveWhen),
		Fix:            m.Fix.Class,
		FixNote:        oneLine(m.Fix.Note),
		FixNeeds:       m.Fix.Needs,

		FixOnlyNamed: m.Fix.OnlyNamed, FixIrreversible: m.Fix.Irreversible,

		Guard:       m.Guard,
		NotWaivable: m.Waivable != nil && !*m.Waivable,
		Opposes:     m.Opposes,
		SameCause:   m.SameCause,
		Aliases:     m.Aliases,
		Since:       m.Since,
	}
	if r.Category == "" {
		r.Category = folderCategory(module)
	}
	for _, reference := range annotations.RelatedResources {
		r.References = append(r.References, finding.Reference{Description: reference.Description, URL: reference.Ref.String()})
	}
	for _, name := range slices.Sorted(maps.Keys(m.Params)) {
		p := m.Params[name]
		if err := checkParam(name, p); err != nil {
			return nil, err
		}
		r.Params = append(r.Params, finding.Param{
			Name: name, Description: oneLine(p.Description), Type: p.Type,
			Default: p.Default, Value: p.Default, Min: p.Min, Max: p.Max, Enum: p.Enum,
		})
	}
	for _, ruleBody := range module.Rules {
		r.defines[ruleBody.Head.Ref()[0].Value.String()] = true
	}
	return r, r.check()
}

// oneLine undoes the line breaks that YAML text has for its readers.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// check refuses metadata with which the engine could not work.
func (r *rule) check() error {
	switch {
	case !r.defines["deny"]:
		return fmt.Errorf("rule %s defines no deny", r.ID)
	case !r.takesParams():
		return fmt.Errorf("rule %s sets params, expected params := param.values(rego.metadata.chain())", r.ID)
	case r.Severity == 0:
		return fmt.Errorf("rule %s has no severity", r.ID)
	case r.Target != finding.TargetPool && targetSection(r.Target).Name == "":
		return fmt.Errorf("rule %s has the unknown target %q", r.ID, r.Target)
	case r.Fix != finding.FixSafe && r.Fix != finding.FixDisruptive && r.Fix != finding.FixManual:
		return fmt.Errorf("rule %s has the unknown fix class %q", r.ID, r.Fix)
	}
	for name, sections := range r.ReadsWithParam {
		for _, section := range sections {
			if _, ok := snapshot.SectionNamed(section); !ok || !slices.Contains(paramNames(&r.Rule), name) {
				return fmt.Errorf("rule %s reads %s with the parameter %s, expected a section and a parameter of the rule", r.ID, section, name)
			}
		}
	}
	for _, need := range slices.Concat(r.Needs, r.AppliesNeeds, r.FixNeeds) {
		if _, ok := needPointer(need, r.Target, 0); !ok {
			return fmt.Errorf("rule %s needs %q, which is no part of a snapshot", r.ID, need)
		}
	}
	return nil
}

// takesParams tells whether the rule looks its parameters up in the one way
// that the engine replaces, or not at all.
func (r *rule) takesParams() bool {
	for _, body := range r.module.Rules {
		if body.Head.Name == "params" && body.Head.Value.String() != "data.cognilint.lib.param.values(rego.metadata.chain())" &&
			body.Head.Value.String() != "param.values(rego.metadata.chain())" {
			return false
		}
	}
	return true
}

// folderCategory is the category of a rule that stands in
// rules/<category>/<rule>, which its package path repeats.
func folderCategory(module *ast.Module) string {
	p := module.Package.Path
	if len(p) < 3 {
		return "custom"
	}
	name, ok := p[len(p)-2].Value.(ast.String)
	if !ok {
		return "custom"
	}
	return strings.ReplaceAll(string(name), "_", "-")
}
