package policies

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

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
// rule has an outcome in every pool. The rest of an element's input is given.
func (e *evaluation) targets(kind finding.TargetKind, rest ast.Object) []target {
	if kind == finding.TargetPool {
		return []target{{
			Target: finding.Target{Kind: kind, ID: e.pool.ID(), Name: e.pool.Name()},
			input:  e.base,
		}}
	}
	section := targetSection(kind)
	elements := e.pool.Elements(section.Name)
	var targets []target
	for i, element := range elements {
		members, _ := element.(map[string]any)
		id, _ := members[section.Key].(string)
		name, _ := members[section.Label].(string)
		targets = append(targets, target{
			Target: finding.Target{Kind: kind, ID: id, Name: name},
			index:  i,
			input:  with(rest, section.Element, toValue(element)),
		})
	}
	if len(targets) > 0 {
		return targets
	}
	none := target{Target: finding.Target{Kind: kind}}
	if unknown := e.pool.UnknownFor("/" + section.Name); len(unknown) > 0 {
		none.status = finding.NotEvaluated
		none.reason, none.hint, none.incomplete = e.explain(unknown)
	} else {
		none.status = finding.NotApplicable
		none.reason = section.Name + " is empty"
	}
	return []target{none}
}

// with returns a copy of an object with one more member. The values are
// shared.
func with(object ast.Object, key string, value ast.Value) ast.Object {
	extended := ast.NewObject()
	object.Foreach(func(k, v *ast.Term) { extended.Insert(k, v) })
	extended.Insert(ast.StringTerm(key), ast.NewTerm(value))
	return extended
}

// baseInput is the snapshot as rules see it. Members that are null are left
// out: for the API null and absent are the same. Only a section keeps its
// null, which says that it was read and there is none.
func baseInput(pool *snapshot.Pool) ast.Object {
	unknown := make([]any, len(pool.Unknown))
	for i, u := range pool.Unknown {
		unknown[i] = map[string]any{"path": u.Path, "reason": u.Reason}
	}
	input := ast.NewObject(
		[2]*ast.Term{ast.StringTerm("account"), ast.StringTerm(pool.Account)},
		[2]*ast.Term{ast.StringTerm("region"), ast.StringTerm(pool.Region)},
		[2]*ast.Term{ast.StringTerm("source"), ast.StringTerm(pool.Source)},
		[2]*ast.Term{ast.StringTerm("collected_at"), ast.StringTerm(pool.CollectedAt.UTC().Format(time.RFC3339))},
		[2]*ast.Term{ast.StringTerm("unknown"), ast.NewTerm(toValue(unknown))},
	)
	for name, section := range pool.Sections {
		input.Insert(ast.StringTerm(name), ast.NewTerm(toValue(section)))
	}
	return input
}

// toValue converts a JSON tree for the evaluation.
func toValue(tree any) ast.Value {
	switch tree := tree.(type) {
	case nil:
		return ast.Null{}
	case bool:
		return ast.Boolean(tree)
	case string:
		return ast.String(tree)
	case json.Number:
		return ast.Number(tree)
	case []any:
		terms := make([]*ast.Term, len(tree))
		for i, element := range tree {
			terms[i] = ast.NewTerm(toValue(element))
		}
		return ast.NewArray(terms...)
	case map[string]any:
		terms := make([][2]*ast.Term, 0, len(tree))
		for key, value := range tree {
			if value != nil {
				terms = append(terms, [2]*ast.Term{ast.StringTerm(key), ast.NewTerm(toValue(value))})
			}
		}
		return ast.NewObject(terms...)
	default:
		// Edits come from evaluated rules and hold nothing else.
		panic(fmt.Sprintf("not a JSON value: %T", tree))
	}
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
