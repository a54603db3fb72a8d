package policies

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"golang.org/x/sync/errgroup"

	"github.com/cognilint/cognilint/finding"
)

// Set is a selection of rules, compiled. It is safe for concurrent use.
type Set struct {
	// Baseline is the name of the baseline it was made from.
	Baseline string
	// Rules has the metadata in force, sorted by id.
	Rules []finding.Rule

	// compiled are the rules in the order of their ids, targets their kinds.
	compiled   []*compiledRule
	targets    []finding.TargetKind
	converters converters
	sections   []string // see [Set.Sections]
}

// compiledRule is a rule that can be asked.
type compiledRule struct {
	*rule
	queries
	compiler *ast.Compiler
}

// compile prepares the rules, which is most of what a start of the program
// costs. So they are dealt out to as many compilers as there are cores, if each
// gets enough of them to make up for compiling lib/ once more.
func (l *Library) compile(baseline string, rules []*rule) (*Set, error) {
	const enough = 10
	s := &Set{Baseline: baseline, Rules: []finding.Rule{}}
	hands := make([][]*compiledRule, min(runtime.GOMAXPROCS(0), 1+len(rules)/enough))
	var others []*compiledRule
	for i, r := range rules {
		compiled := &compiledRule{rule: r, queries: newQueries(r, r.trusted)}
		s.Rules = append(s.Rules, r.Rule)
		s.compiled = append(s.compiled, compiled)
		if !slices.Contains(s.targets, r.Target) {
			s.targets = append(s.targets, r.Target)
		}
		if r.trusted {
			hands[i%len(hands)] = append(hands[i%len(hands)], compiled)
		} else {
			others = append(others, compiled)
		}
	}
	shared, err := l.parseShared(rules)
	if err != nil {
		return nil, err
	}
	var compiling errgroup.Group
	for _, hand := range hands {
		compiling.Go(func() error { return compileTogether(true, shared, hand) })
	}
	if len(others) > 0 {
		compiling.Go(func() error { return compileTogether(false, l.withHelpers(shared), others) })
	}
	return s, compiling.Wait()
}

// parseShared reads the modules below lib/ that the rules import, and those
// that these import.
func (l *Library) parseShared(rules []*rule) (map[string]*ast.Module, error) {
	modules := map[string]*ast.Module{}
	var importing []*ast.Module
	for _, r := range rules {
		importing = append(importing, r.module)
	}
	importing = append(importing, l.helpers...)
	for len(importing) > 0 {
		var names []string
		for _, module := range importing {
			for _, name := range libraries(module) {
				switch file := l.shared[name]; {
				case file == "":
					// To the compiler it is only undefined, and the rule would pass.
					return nil, fmt.Errorf("%s imports data.cognilint.lib.%s, which does not exist", module.Package.Location.File, name)
				case modules[file] == nil && !slices.Contains(names, file):
					names = append(names, file)
				}
			}
		}
		importing = make([]*ast.Module, len(names))
		var group errgroup.Group
		for i, name := range names {
			group.Go(func() (err error) {
				importing[i], err = parse(l.files, name, false)
				return err
			})
		}
		if err := group.Wait(); err != nil {
			return nil, err
		}
		for i, name := range names {
			modules[name] = importing[i]
		}
	}
	return modules, nil
}

// libraries names the modules below lib/ that a module imports.
func libraries(module *ast.Module) []string {
	var names []string
	for _, imported := range module.Imports {
		if path, ok := imported.Path.Value.(ast.Ref); ok && len(path) == 4 && path.HasPrefix(builtInLibrary) {
			names = append(names, strings.Trim(path[3].Value.String(), `"`))
		}
	}
	return names
}

// withHelpers adds what came with the rules of users.
func (l *Library) withHelpers(shared map[string]*ast.Module) map[string]*ast.Module {
	modules := maps.Clone(shared)
	for _, helper := range l.helpers {
		modules[helper.Package.Location.File] = helper
	}
	return modules
}

func compileTogether(trusted bool, shared map[string]*ast.Module, rules []*compiledRule) error {
	modules := maps.Clone(shared)
	compiler := ast.NewCompiler()
	if !trusted {
		compiler = compiler.WithCapabilities(userCapabilities())
	} else {
		compiler = compiler.WithCapabilities(capabilities()).WithSkipStages(checks...).WithStageAfterID(ast.StageResolveRefs, rewriting)
	}
	for _, r := range rules {
		modules[r.module.Package.Location.File] = fold(r.rule, !trusted)
		r.compiler = compiler
	}
	if compiler.Compile(modules); compiler.Failed() {
		return regoErrors(compiler.Errors)
	}
	return nil
}

// outside are the built-ins that reach beyond the snapshot: a rule sees no
// network, environment, clock or chance.
var outside = []string{
	"http.send", "net.lookup_ip_addr", "opa.runtime", "time.now_ns", "rand.intn", "uuid.rfc4122",
	// It panics at addresses such as ::ffff:1.2.3.0/120.
	"net.cidr_merge",
}

// checks are the stages of the compiler that change nothing, and the graph that
// only they use. TestRego and "opa check" run them for the rules that are built
// in.
var checks = []ast.StageID{
	ast.StageCheckUnusedImports, ast.StageCheckKeywordOverrides, ast.StageCheckDuplicateImports, ast.StageCheckVoidCalls,
	ast.StageCheckRuleConflicts, ast.StageCheckUndefinedFuncs, ast.StageCheckSafetyRuleHeads, ast.StageCheckRecursion,
	ast.StageCheckTypes, ast.StageCheckUnsafeBuiltins, ast.StageCheckDeprecatedBuiltins, ast.StageBuildRequiredCapabilities,
	ast.StageSetGraph,
}

var capabilities = sync.OnceValue(func() *ast.Capabilities { return capabilitiesWithout(outside...) })

// userCapabilities leave out what could take all memory in one call, too: the
// time limit does not interrupt a built-in function.
var userCapabilities = sync.OnceValue(func() *ast.Capabilities { return capabilitiesWithout(append(outside, "bits.lsh")...) })

func capabilitiesWithout(names ...string) *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool { return slices.Contains(names, b.Name) })
	return c
}
