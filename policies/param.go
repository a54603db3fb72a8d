package policies

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/cognilint/cognilint/finding"
)

// checkParam refuses a declaration whose default breaks its own bounds. A
// default of null means "not set" and is always allowed.
func checkParam(name string, p param) error {
	declared := finding.Param{Name: name, Type: p.Type, Min: p.Min, Max: p.Max, Enum: p.Enum, Default: p.Default}
	return checkValue(declared, p.Default)
}

// checkValue tells whether a parameter may take a value.
func checkValue(p finding.Param, value any) error {
	if value == nil && p.Default == nil {
		return nil
	}
	ok := false
	switch p.Type {
	case "integer":
		return checkInteger(p, value)
	case "boolean":
		_, ok = value.(bool)
	case "string":
		var s string
		s, ok = value.(string)
		if ok && len(p.Enum) > 0 && !slices.Contains(p.Enum, s) {
			return fmt.Errorf("parameter %s is %q, expected one of %s", p.Name, s, strings.Join(p.Enum, ", "))
		}
	case "array":
		_, ok = value.([]any)
	case "object":
		_, ok = value.(map[string]any)
	default:
		return fmt.Errorf("parameter %s has the unknown type %q", p.Name, p.Type)
	}
	if !ok {
		return fmt.Errorf("parameter %s is %s, expected a value of type %s", p.Name, compact(value), p.Type)
	}
	return nil
}

func checkInteger(p finding.Param, value any) error {
	n, err := strconv.Atoi(fmt.Sprint(value))
	if _, isText := value.(string); err != nil || isText {
		return fmt.Errorf("parameter %s is %s, expected an integer", p.Name, compact(value))
	}
	if p.Min != nil && n < *p.Min {
		return fmt.Errorf("parameter %s is %d, expected at least %d", p.Name, n, *p.Min)
	}
	if p.Max != nil && n > *p.Max {
		return fmt.Errorf("parameter %s is %d, expected at most %d", p.Name, n, *p.Max)
	}
	return nil
}

func compact(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}

// setParam gives a rule's parameter a value; known names only.
func setParam(rule *finding.Rule, name string, value any) error {
	i := slices.IndexFunc(rule.Params, func(p finding.Param) bool { return p.Name == name })
	if i < 0 {
		return &UnknownNameError{Kind: "parameter of rule " + rule.ID, Name: name, Known: paramNames(rule)}
	}
	if err := checkValue(rule.Params[i], value); err != nil {
		return fmt.Errorf("rule %s: %w", rule.ID, err)
	}
	rule.Params[i].Value = value
	return nil
}

func paramNames(rule *finding.Rule) []string {
	var names []string
	for _, p := range rule.Params {
		names = append(names, p.Name)
	}
	return names
}

// textValue reads a value from the command line: JSON where the parameter's
// type asks for it, the text itself for strings.
func textValue(rule *finding.Rule, name, text string) any {
	for _, p := range rule.Params {
		if p.Name == name && p.Type == "string" && text != "null" {
			return text
		}
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil || decoder.More() {
		return text
	}
	return value
}

// fold replaces "params := param.values(rego.metadata.chain())" by the values in
// force: working them out for every pool would cost more than most rules. To a
// compiler that checks types they are hidden, for they may be others tomorrow.
func fold(r *rule, checked bool) *ast.Module {
	if len(r.Params) == 0 {
		return r.module
	}
	values := make([][2]*ast.Term, len(r.Params))
	for i, p := range r.Params {
		values[i] = [2]*ast.Term{ast.StringTerm(p.Name), ast.NewTerm(ast.MustInterfaceToValue(p.Value))}
	}
	params := ast.ObjectTerm(values...)
	if checked {
		params = ast.ObjectUnion.Call(params, ast.ObjectTerm())
	}
	folded := *r.module
	folded.Rules = slices.Clone(folded.Rules)
	for i, rule := range folded.Rules {
		if rule.Head.Name == "params" {
			folded.Rules[i] = rule.Copy()
			folded.Rules[i].Head.Value = params
			folded.Rules[i].Body = ast.NewBody(ast.NewExpr(ast.BooleanTerm(true)))
		}
	}
	return &folded
}
