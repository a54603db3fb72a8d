package policies

import (
	"encoding/json"
	"fmt"
	"maps"
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
		var list []any
		if list, ok = value.([]any); ok {
			return checkElements(p, list)
		}
	case "object":
		var members map[string]any
		if members, ok = value.(map[string]any); ok {
			return checkMembers(p, members)
		}
	default:
		return fmt.Errorf("parameter %s has the unknown type %q", p.Name, p.Type)
	}
	if !ok {
		return fmt.Errorf("parameter %s is %s, expected a value of type %s", p.Name, compact(value), p.Type)
	}
	return nil
}

// checkElements compares the elements of a list with those of the default: they
// are texts where it has none.
func checkElements(p finding.Param, list []any) error {
	defaults, _ := p.Default.([]any)
	var like any = ""
	if len(defaults) > 0 {
		like = defaults[0]
	}
	for _, element := range list {
		text, _ := element.(string)
		switch {
		case kindOf(element) != kindOf(like):
			return fmt.Errorf("parameter %s has the element %s, expected %s", p.Name, compact(element), kindOf(like))
		case len(p.Enum) > 0 && !slices.Contains(p.Enum, text):
			return fmt.Errorf("parameter %s has the element %q, expected any of %s", p.Name, text, strings.Join(p.Enum, ", "))
		}
		if members, ok := element.(map[string]any); ok {
			if err := checkKeys(p, members, defaults); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkKeys compares an object with those of the default: it may have the keys
// of any, and must have those that all of them set.
func checkKeys(p finding.Param, members map[string]any, defaults []any) error {
	known, required := map[string]bool{}, map[string]int{}
	for _, element := range defaults {
		example, _ := element.(map[string]any)
		for key, value := range example {
			known[key] = true
			if value != nil {
				required[key]++
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(members)) {
		if !known[key] {
			return fmt.Errorf("parameter %s has an element with %q, expected %s", p.Name, key, strings.Join(slices.Sorted(maps.Keys(known)), ", "))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(required)) {
		if required[key] == len(defaults) && members[key] == nil {
			return fmt.Errorf("parameter %s has an element without %q", p.Name, key)
		}
	}
	return nil
}

// checkMembers compares the values of an object with those of the default.
func checkMembers(p finding.Param, members map[string]any) error {
	defaults, _ := p.Default.(map[string]any)
	for _, like := range defaults {
		for _, key := range slices.Sorted(maps.Keys(members)) {
			if kindOf(members[key]) != kindOf(like) {
				return fmt.Errorf("parameter %s has %s for %q, expected %s", p.Name, compact(members[key]), key, kindOf(like))
			}
			if list, ok := members[key].([]any); ok {
				if err := checkElements(finding.Param{Name: p.Name, Default: like}, list); err != nil {
					return err
				}
			}
		}
		break // the values of a default are alike
	}
	return nil
}

// kindOf names the type of a JSON value for people.
func kindOf(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case string:
		return "a text"
	case bool:
		return "true or false"
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	default:
		return "a number"
	}
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
