package policies

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/print"
	"golang.org/x/sync/errgroup"

	"github.com/cognilint/cognilint/finding"
)

// Set is a selection of rules, compiled. It is safe for concurrent use.
type Set struct {
	// Baseline is the name of the baseline it was made from.
	Baseline string
	// Rules has the metadata in force, sorted by id.
	Rules []finding.Rule

	groups   []*group
	sections []string // see [Set.Sections]
}

// group is all rules of one target kind. They are evaluated by one query,
// because a query for each would cost more than the rules themselves.
type group struct {
	target finding.TargetKind
	rules  []*rule
	query  rego.PreparedEvalQuery
	// facts is about a whole pool; see lib/pool.rego.
	facts    rego.PreparedEvalQuery
	compiler *ast.Compiler
	store    storage.Store
	// single holds the queries of one rule each; they serve only to find out
	// which rule made the common query fail.
	mu     sync.Mutex
	single map[int]rego.PreparedEvalQuery
}

// entryPackage is where the generated module of a group gathers what its rules
// say.
const entryPackage = "cognilint.entry"

func (l *Library) compile(ctx context.Context, baseline string, rules []*rule) (*Set, error) {
	s := &Set{Baseline: baseline, Rules: []finding.Rule{}}
	byTarget := map[finding.TargetKind]*group{}
	for _, r := range rules {
		s.Rules = append(s.Rules, r.Rule)
		g := byTarget[r.Target]
		if g == nil {
			g = &group{target: r.Target, single: map[int]rego.PreparedEvalQuery{}}
			byTarget[r.Target] = g
			s.groups = append(s.groups, g)
		}
		g.rules = append(g.rules, r)
	}
	shared, err := l.parseShared()
	if err != nil {
		return nil, err
	}
	store := paramStore(rules)
	var compiling errgroup.Group
	for _, g := range s.groups {
		compiling.Go(func() error { return g.compile(ctx, l.trusted, shared, store) })
	}
	return s, compiling.Wait()
}

// parseShared reads the modules below lib/.
func (l *Library) parseShared() (map[string]*ast.Module, error) {
	parsed := make([]*ast.Module, len(l.shared))
	var group errgroup.Group
	for i, name := range l.shared {
		group.Go(func() (err error) {
			parsed[i], err = parse(l.files, name)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	modules := map[string]*ast.Module{}
	for i, name := range l.shared {
		modules[name] = parsed[i]
	}
	return modules, nil
}

// compile prepares the group's query. The groups are compiled by themselves,
// side by side, because that is most of what a start of the program costs.
func (g *group) compile(ctx context.Context, trusted bool, shared map[string]*ast.Module, store storage.Store) error {
	modules := maps.Clone(shared)
	for _, r := range g.rules {
		modules[r.module.Package.Location.File] = fold(r)
	}
	entry, err := g.entry()
	if err != nil {
		return err
	}
	modules["entry.rego"] = entry
	g.compiler, g.store = ast.NewCompiler().WithCapabilities(capabilities()), store
	if trusted {
		g.compiler = g.compiler.WithSkipStages(checks...)
	}
	if g.compiler.Compile(modules); g.compiler.Failed() {
		return fmt.Errorf("compile rules: %w", g.compiler.Errors)
	}
	if g.query, err = g.prepare(ctx, "data."+entryPackage+".results"); err != nil {
		return err
	}
	g.facts, err = g.prepare(ctx, "data.cognilint.lib.pool.facts")
	return err
}

// outside are the built-ins that reach beyond the snapshot: a rule sees no
// network, environment, clock or chance.
var outside = []string{"http.send", "net.lookup_ip_addr", "opa.runtime", "time.now_ns", "rand.intn", "uuid.rfc4122"}

// checks are the stages of the compiler that change nothing. TestRego and
// "opa check" run them for the rules that are built in.
var checks = []ast.StageID{
	ast.StageCheckUnusedImports, ast.StageCheckKeywordOverrides, ast.StageCheckDuplicateImports, ast.StageCheckVoidCalls,
	ast.StageCheckRuleConflicts, ast.StageCheckUndefinedFuncs, ast.StageCheckSafetyRuleHeads, ast.StageCheckRecursion,
	ast.StageCheckTypes, ast.StageCheckUnsafeBuiltins, ast.StageCheckDeprecatedBuiltins, ast.StageBuildRequiredCapabilities,
}

var capabilities = sync.OnceValue(func() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool { return slices.Contains(outside, b.Name) })
	return c
})

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
	text := fmt.Sprintf("package %s\n\n%sresults := [\n%s]\n", entryPackage, &b, &array)
	module, err := ast.ParseModuleWithOpts("entry.rego", text, ast.ParserOptions{RegoVersion: ast.RegoV1})
	if err != nil {
		return nil, fmt.Errorf("gather rules: %w", err)
	}
	return module, nil
}

func (g *group) prepare(ctx context.Context, query string) (rego.PreparedEvalQuery, error) {
	prepared, err := rego.New(
		rego.Query(query),
		rego.Compiler(g.compiler),
		rego.Store(g.store),
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
func (g *group) ask(ctx context.Context, input ast.Value) ([]statements, error) {
	answers := make([]statements, len(g.rules))
	if value, err := eval(ctx, g.query, input); err == nil && value != nil {
		all, _ := value.([]any)
		for i := range answers {
			answers[i] = read(all[i])
		}
		return answers, nil
	}
	for i, r := range g.rules {
		query, err := g.singleQuery(ctx, i)
		if err != nil {
			return nil, err
		}
		value, err := eval(ctx, query, input)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if value == nil && err == nil {
			err = fmt.Errorf("deny of rule %s is undefined, expected a set (deny contains …)", r.ID)
		}
		answers[i] = read(value)
		answers[i].err = err
	}
	return answers, nil
}

func (g *group) singleQuery(ctx context.Context, i int) (rego.PreparedEvalQuery, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if query, ok := g.single[i]; ok {
		return query, nil
	}
	query, err := g.prepare(ctx, fmt.Sprintf("data.%s.said_%d", entryPackage, i))
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
