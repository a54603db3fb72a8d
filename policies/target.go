package policies

import (
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// target is one thing that the rules of a group look at.
type target struct {
	finding.Target
	// index is the place in the section's list.
	index int
	// input is nil if there is nothing to evaluate; the other members say why.
	input      ast.Value
	status     finding.Status
	reason     string
	hint       string
	incomplete bool
}

// targetSections names the section of each kind of target but the pool.
var targetSections = map[finding.TargetKind]string{
	finding.TargetClient:            "Clients",
	finding.TargetIdentityProvider:  "IdentityProviders",
	finding.TargetGroup:             "Groups",
	finding.TargetResourceServer:    "ResourceServers",
	finding.TargetRiskConfiguration: "RiskConfigurations",
	finding.TargetDomain:            "Domains",
}

// targetSection returns the section of a target kind, the zero section for
// the pool itself and for unknown kinds.
func targetSection(kind finding.TargetKind) snapshot.Section {
	section, _ := snapshot.SectionNamed(targetSections[kind])
	return section
}

// targets returns what the rules of one kind have to look at. A list that was
// not read, or that is empty, gives one target without input, so that every
// rule has an outcome in every pool.
func (e *evaluation) targets(kind finding.TargetKind) []target {
	if kind == finding.TargetPool {
		return []target{{
			Target: finding.Target{Kind: kind, ID: e.pool.ID(), Name: e.pool.Name()},
			input:  e.base,
		}}
	}
	section := targetSection(kind)
	elements := e.pool.Elements(section.Name)
	var converted *ast.Array
	if term := e.base.Get(ast.StringTerm(section.Name)); term != nil {
		converted, _ = term.Value.(*ast.Array)
	}
	var targets []target
	for i, element := range elements {
		members, _ := element.(map[string]any)
		id, _ := members[section.Key].(string)
		name, _ := members[section.Label].(string)
		targets = append(targets, target{
			Target: finding.Target{Kind: kind, ID: id, Name: name},
			index:  i,
			input:  with(e.base, section.Element, converted.Elem(i)),
		})
	}
	if len(targets) > 0 {
		return targets
	}
	none := target{Target: finding.Target{Kind: kind}}
	if unknown := e.pool.UnknownFor("/" + section.Name + "/-"); len(unknown) > 0 {
		none.status = finding.NotEvaluated
		none.reason, none.hint, none.incomplete = e.explain(unknown)
	} else {
		none.status = finding.NotApplicable
		none.reason = section.Name + " is empty"
	}
	return []target{none}
}

// needPointer turns a need ("Clients", "Clients.*", "Client.ExplicitAuthFlows")
// into a pointer into the snapshot; ok is false if it names no section.
func needPointer(need string, kind finding.TargetKind, index int) (path string, ok bool) {
	parts := strings.Split(need, ".")
	section := targetSection(kind)
	full := []any{parts[0]}
	if section.Element != "" && parts[0] == section.Element {
		full = []any{section.Name, index}
	} else if _, ok := snapshot.SectionNamed(parts[0]); !ok {
		return "", false
	}
	for _, part := range parts[1:] {
		if part == "*" {
			part = "-"
		}
		full = append(full, part)
	}
	return snapshot.Pointer(full...), true
}
