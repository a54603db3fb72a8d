package policies

import (
	"context"
	"errors"
	"fmt"
	"io"
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
	single map[string]rego.PreparedEvalQuery
}

// entryPackage is where the generated module of a target kind gathers what its
// rules say: data.cognilint.entry.<kind>.results[<rule id>].
const entryPackage = "cognilint.entry"

// publicRules are the names of a rule package that the engine asks for.
var publicRules = []string{"deny", "applies", "unknown", "fix"}

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
			g = &group{target: r.Target, single: map[string]rego.PreparedEvalQuery{}}
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

// entry writes the module that gathers the results of the group's rules.
func (g *group) entry() (*ast.Module, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s.%s\n", entryPackage, g.target)
	for _, r := range g.rules {
		for _, name := range publicRules {
			if !r.defines[name] {
				continue
			}
			fmt.Fprintf(&b, "results[%q].%s := %s.%s", r.ID, name, r.pkg(), name)
			if name == "fix" {
				fmt.Fprintf(&b, " if count(%s.deny) > 0", r.pkg())
			}
			b.WriteByte('\n')
		}
	}
	module, err := ast.ParseModuleWithOpts("entry/"+string(g.target)+".rego", b.String(), ast.ParserOptions{RegoVersion: ast.RegoV1})
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
	// applies is true if the rule has none.
	applies bool
	err     error
}

// ask evaluates all rules of the group for one target. A rule that fails at
// run time fails alone.
func (s *Set) ask(ctx context.Context, g *group, input ast.Value) (map[string]statements, error) {
	values, err := eval(ctx, g.query, input)
	answers := make(map[string]statements, len(g.rules))
	for _, r := range g.rules {
		if err == nil {
			answers[r.ID] = read(r, values[r.ID])
			continue
		}
		single, prepareErr := s.singleQuery(ctx, g, r)
		if prepareErr != nil {
			return nil, prepareErr
		}
		value, ruleErr := eval(ctx, single, input)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		answer := read(r, any(value))
		answer.err = ruleErr
		answers[r.ID] = answer
	}
	return answers, nil
}

func (s *Set) singleQuery(ctx context.Context, g *group, r *rule) (rego.PreparedEvalQuery, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if query, ok := g.single[r.ID]; ok {
		return query, nil
	}
	query, err := s.prepare(ctx, fmt.Sprintf("%s[%q]", g.ref(), r.ID))
	if err == nil {
		g.single[r.ID] = query
	}
	return query, err
}

// eval runs a query whose result is an object.
func eval(ctx context.Context, query rego.PreparedEvalQuery, input ast.Value) (map[string]any, error) {
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
	value, _ := results[0].Expressions[0].Value.(map[string]any)
	return value, nil
}

// read sorts the values of a rule's public names.
func read(r *rule, value any) statements {
	values, _ := value.(map[string]any)
	list := func(name string) []any {
		elements, _ := values[name].([]any)
		return elements
	}
	applies := !r.defines["applies"]
	if said, ok := values["applies"].(bool); ok {
		applies = said
	}
	return statements{deny: list("deny"), unknown: list("unknown"), fix: list("fix"), applies: applies}
}

// Source writes the selection as Rego modules: a stock opa that loads them
// gathers the same results under data.cognilint.entry.
func (s *Set) Source(w io.Writer) error {
	for _, g := range s.groups {
		entry, err := g.entry()
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintln(w, entry.String()); err != nil {
			return fmt.Errorf("write rules: %w", err)
		}
	}
	return nil
}
