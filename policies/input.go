package policies

import (
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/cognilint/cognilint/snapshot"
)

// baseInput is the snapshot as rules see it. Members that are null are left
// out: for the API null and absent are the same. Only a section keeps its
// null, which says that it was read and there is none.
func baseInput(pool *snapshot.Pool, c converter) ast.Object {
	unknown := make([]any, len(pool.Unknown))
	for i, u := range pool.Unknown {
		unknown[i] = map[string]any{"path": u.Path, "reason": u.Reason}
	}
	input := ast.NewObject(
		[2]*ast.Term{c.text("account"), c.text(pool.Account)},
		[2]*ast.Term{c.text("region"), c.text(pool.Region)},
		[2]*ast.Term{c.text("source"), c.text(pool.Source)},
		[2]*ast.Term{c.text("collected_at"), c.text(pool.CollectedAt.UTC().Format(time.RFC3339))},
		[2]*ast.Term{c.text("unknown"), c.term(unknown)},
	)
	if pool.Template {
		input.Insert(c.text("template"), trueTerm)
	}
	for name, section := range pool.Sections {
		input.Insert(c.text(name), c.term(section))
	}
	return input
}

// with returns a copy of an object with one more member. The values are
// shared.
func with(object ast.Object, key string, value *ast.Term) ast.Object {
	extended := ast.NewObject()
	object.Foreach(func(k, v *ast.Term) { extended.Insert(k, v) })
	extended.Insert(ast.StringTerm(key), value)
	return extended
}

// converter makes terms of JSON trees. It holds each text once: pools repeat few
// names and words often.
type converter map[string]*ast.Term

// converters are kept from pool to pool, as long as they do not grow beyond what
// pools have in common.
type converters struct{ unused sync.Pool }

func (c *converters) get() converter {
	if c, ok := c.unused.Get().(converter); ok && len(c) < 4096 {
		return c
	}
	return converter{}
}

func (c *converters) put(used converter) { c.unused.Put(used) }

func (c converter) text(text string) *ast.Term {
	term, ok := c[text]
	if !ok {
		term = ast.StringTerm(text)
		c[text] = term
	}
	return term
}

var (
	trueTerm  = ast.BooleanTerm(true)
	falseTerm = ast.BooleanTerm(false)
	nullTerm  = ast.NullTerm()
)

func (c converter) term(tree any) *ast.Term {
	switch tree := tree.(type) {
	case nil:
		return nullTerm
	case bool:
		if tree {
			return trueTerm
		}
		return falseTerm
	case string:
		return c.text(tree)
	case json.Number:
		return ast.NumberTerm(tree)
	case []any:
		terms := make([]*ast.Term, len(tree))
		for i, element := range tree {
			terms[i] = c.term(element)
		}
		return ast.ArrayTerm(terms...)
	case map[string]any:
		terms := make([][2]*ast.Term, 0, len(tree))
		for key, value := range tree {
			if value != nil {
				terms = append(terms, [2]*ast.Term{c.text(key), c.term(value)})
			}
		}
		return ast.ObjectTerm(terms...)
	default:
		// Trees come from decoded JSON and from evaluated rules, which hold
		// nothing else.
		panic(fmt.Sprintf("not a JSON value: %T", tree))
	}
}
