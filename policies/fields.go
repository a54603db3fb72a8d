package policies

import (
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/cognilint/cognilint/snapshot"
)

// Fields returns the parts of the snapshot that a rule names itself, and the one
// that its example points to, as dotted paths like those of [finding.Rule.Needs],
// sorted. What it learns from the facts of lib/ is not among them, nor what only
// its fix names.
func (l *Library) Fields(id string) ([]string, error) {
	id, err := l.resolveID(id)
	if err != nil {
		return nil, err
	}
	if err := l.parseRules([]string{id}); err != nil {
		return nil, err
	}
	r := l.rules[id]
	found := map[string]bool{}
	keep := func(path []string) {
		if len(path) > 0 && r.sees(path[0]) && (len(path) == 1 || !r.sees(path[1])) {
			found[strings.TrimSuffix(strings.Join(path, "."), ".-")] = true
		}
	}
	for _, body := range verdict(r.module) {
		ast.NewGenericVisitor(func(node any) bool {
			switch node := node.(type) {
			case *ast.Array:
				keep(constants(node))
			case ast.Ref:
				if node[0].Equal(ast.InputRootDocument) {
					keep(constants(ast.NewArray(node[1:]...)))
				}
			}
			return false
		}).Walk(body)
	}
	example, err := l.Example(id)
	if err != nil {
		return nil, err
	}
	if example != nil {
		found[r.field(example.Path)] = true
	}
	// A short path is often the way to a longer one.
	fields := slices.Sorted(maps.Keys(found))
	return slices.DeleteFunc(fields, func(field string) bool {
		return field == "UserPool" || slices.ContainsFunc(fields, func(other string) bool { return strings.HasPrefix(other, field+".") })
	}), nil
}

// verdict returns the rules of a module that deny, applies and unknown use.
func verdict(module *ast.Module) []*ast.Rule {
	var bodies []*ast.Rule
	names := []ast.Var{"deny", "applies", "unknown"}
	for i := 0; i < len(names); i++ {
		for _, body := range module.Rules {
			if !body.Head.Ref()[0].Equal(ast.NewTerm(names[i])) {
				continue
			}
			bodies = append(bodies, body)
			ast.WalkVars(body, func(v ast.Var) bool {
				if !slices.Contains(names, v) {
					names = append(names, v)
				}
				return false
			})
		}
	}
	return bodies
}

// sees tells whether the rule has an input of this name.
func (r *rule) sees(name string) bool {
	return name == targetSection(r.Target).Element && name != "" ||
		slices.ContainsFunc(snapshot.Sections, func(s snapshot.Section) bool { return name == s.Name })
}

// constants returns the texts that an array starts with.
func constants(array *ast.Array) []string {
	var texts []string
	for i := range array.Len() {
		text, ok := array.Elem(i).Value.(ast.String)
		if !ok {
			break
		}
		texts = append(texts, string(text))
	}
	return texts
}

var unescapePointer = strings.NewReplacer("~1", "/", "~0", "~")

// field writes a pointer into the snapshot as the rule sees it, whatever the
// place in a list.
func (r *rule) field(pointer string) string {
	parts := slices.DeleteFunc(strings.Split(strings.TrimPrefix(pointer, "/"), "/"), func(part string) bool {
		return strings.Trim(part, "0123456789") == ""
	})
	for i := range parts {
		parts[i] = unescapePointer.Replace(parts[i])
	}
	if section := targetSection(r.Target); len(parts) > 0 && parts[0] == section.Name {
		parts[0] = section.Element
	}
	return strings.Join(parts, ".")
}
