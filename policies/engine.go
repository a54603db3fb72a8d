package policies

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/print"

	"github.com/cognilint/cognilint/finding"
)

// Set is a selection of rules, compiled. It is safe for concurrent use.
type Set struct {
	// Baseline is the name of the baseline it was made from.
	Baseline string
	// Rules has the metadata in force, sorted by id.
	Rules []finding.Rule

	groups []*group
	// facts is about a whole pool; see lib/pool.rego.
	facts    rego.PreparedEvalQuery
	compiler *ast.Compiler
	store    storage.Store
}

// group is all rules of one target kind. They are evaluated by one query,
// because a query for each would cost more than the rules themselves.
type group struct {
	target finding.TargetKind
	rules  []*rule
	query  rego.PreparedEvalQuery
	// single holds the queries of one rule each; they serve only to find out
	// which rule made the common query fail.
	mu     sync.Mutex
	single map[int]rego.PreparedEvalQuery
}

// entryPackage is where the generated module of a target kind gathers what its
// rules say: data.cognilint.entry.<kind>.results.
const entryPackage = "cognilint.entry"

func (l *Library) compile(ctx context.Context, baseline string, rules []*rule) (*Set, error) {
	s := &Set{Baseline: baseline, Rules: []finding.Rule{}, store: paramStore(rules)}
	modules := map[string]*ast.Module{}
	for _, module := range l.lib {
		modules[module.Package.Location.File] = module
	}
	byTarget := map[finding.TargetKind]*group{}
	for _, r := range rules {
		s.Rules = append(s.Rules, r.Rule)
		modules[r.module.Package.Location.File] = fold(r)
		g := byTarget[r.Target]
		if g == nil {
			g = &group{target: r.Target, single: map[int]rego.PreparedEvalQuery{}}
			byTarget[r.Target] = g
			s.groups = append(s.groups, g)
		}
		g.rules = append(g.rules, r)
	}
	for _, g := range s.groups {
		entry, err := g.entry()
		if err != nil {
			return nil, err
		}
		modules["entry/"+string(g.target)+".rego"] = entry
	}
	s.compiler = ast.NewCompiler().WithCapabilities(capabilities())
	if s.compiler.Compile(modules); s.compiler.Failed() {
		return nil, fmt.Errorf("compile rules: %w", s.compiler.Errors)
	}
	for _, g := range s.groups {
		query, err := s.prepare(ctx, g.ref())
		if err != nil {
			return nil, err
		}
		g.query = query
	}
	var err error
	s.facts, err = s.prepare(ctx, "data.cognilint.lib.pool.facts")
	return s, err
}

// outside are the built-ins that reach beyond the snapshot: a rule sees no
// network, environment, clock or chance.
var outside = []string{"http.send", "net.lookup_ip_addr", "opa.runtime", "time.now_ns", "rand.intn", "uuid.rfc4122"}

func capabilities() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool { return slices.Contains(outside, b.Name) })
	return c
}

func (g *group) ref() string { return "data." + entryPackage + "." + string(g.target) + ".results" }

// entry writes the module that gathers what the group's rules say: per rule an
// array of deny, applies, unknown and fix. A set that a rule does not define is
// empty, and applies is true if the rule has none, false if it is undefined. A
// rule that does not apply is not asked further, and one that denies nothing
// not for its fix.
func (g *group) entry() (*ast.Module, error) {
	var b, array strings.Builder
	for i, r := range g.rules {
		ask := func(name, condition string) string {
			if !r.defines[name] {
				return "set()"
			}
			if condition == "" {
				return r.pkg() + "." + name
			}
			fmt.Fprintf(&b, "%s_%d := %s.%s if {\n\t%s\n} else := set()\n\n", name, i, r.pkg(), name, condition)
			return fmt.Sprintf("%s_%d", name, i)
		}
		applies, condition := "true", ""
		if r.defines["applies"] {
			applies = fmt.Sprintf("applies_%d", i)
			condition = applies + " == true"
			fmt.Fprintf(&b, "default %s := false\n\n%s := %s.applies\n\n", applies, applies, r.pkg())
		}
		deny := ask("deny", condition)
		fmt.Fprintf(&b, "said_%d := [%s, %s, %s, %s]\n\n", i, deny, applies, ask("unknown", condition), ask("fix", "count("+deny+") > 0"))
		fmt.Fprintf(&array, "\tsaid_%d,\n", i)
	}
	text := fmt.Sprintf("package %s.%s\n\n%sresults := [\n%s]\n", entryPackage, g.target, &b, &array)
	module, err := ast.ParseModuleWithOpts("entry/"+string(g.target)+".rego", text, ast.ParserOptions{RegoVersion: ast.RegoV1})
	if err != nil {
		return nil, fmt.Errorf("gather rules: %w", err)
	}
	return module, nil
}

func (s *Set) prepare(ctx context.Context, query string) (rego.PreparedEvalQuery, error) {
	prepared, err := rego.New(
		rego.Query(query),
		rego.Compiler(s.compiler),
		rego.Store(s.store),
		// A built-in that fails must not look like a rule that found nothing.
		rego.StrictBuiltinErrors(true),
		rego.PrintHook(discard{}),
	).PrepareForEval(ctx)
	if err != nil {
		return prepared, fmt.Errorf("prepare rules: %w", err)
	}
	return prepared, nil
}

type discard struct{}

func (discard) Print(print.Context, string) error { return nil }

// statements is what one rule says about one target.
type statements struct {
	deny, unknown, fix []any
	applies            bool
	err                error
}

// ask evaluates all rules of the group for one target, in their order. A rule
// that fails at run time fails alone.
func (s *Set) ask(ctx context.Context, g *group, input ast.Value) ([]statements, error) {
	answers := make([]statements, len(g.rules))
	value, err := eval(ctx, g.query, input)
	if all, ok := value.([]any); ok {
		for i := range answers {
			answers[i] = read(all[i])
		}
		return answers, nil
	}
	for i, r := range g.rules {
		query, prepareErr := s.singleQuery(ctx, g, i)
		if prepareErr != nil {
			return nil, prepareErr
		}
		if value, err = eval(ctx, query, input); ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if answers[i] = read(value); value == nil && err == nil {
			err = fmt.Errorf("deny of rule %s is undefined, expected a set (deny contains …)", r.ID)
		}
		answers[i].err = err
	}
	return answers, nil
}

func (s *Set) singleQuery(ctx context.Context, g *group, i int) (rego.PreparedEvalQuery, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if query, ok := g.single[i]; ok {
		return query, nil
	}
	query, err := s.prepare(ctx, fmt.Sprintf("data.%s.%s.said_%d", entryPackage, g.target, i))
	if err == nil {
		g.single[i] = query
	}
	return query, err
}

// eval returns the value of a query, nil if it is undefined.
func eval(ctx context.Context, query rego.PreparedEvalQuery, input ast.Value) (any, error) {
	results, err := query.Eval(ctx, rego.EvalParsedInput(input))
	if err != nil {
		var at *topdown.Error
		if errors.As(err, &at) && at.Location != nil {
			return nil, fmt.Errorf("%s:%d: %s", at.Location.File, at.Location.Row, at.Message)
		}
		return nil, err
	}
	if len(results) == 0 {
		return nil, nil
	}
	return results[0].Expressions[0].Value, nil
}

// read takes apart what the entry module gathers of one rule.
func read(value any) statements {
	said, ok := value.([]any)
	if !ok {
		return statements{}
	}
	list := func(i int) []any {
		elements, _ := said[i].([]any)
		return elements
	}
	applies, _ := said[1].(bool)
	return statements{deny: list(0), applies: applies, unknown: list(2), fix: list(3)}
}
