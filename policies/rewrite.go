package policies

import "github.com/open-policy-agent/opa/v1/ast"

// rewriting is a stage of the compiler for the built-in rules.
var rewriting = ast.CompilerStageDefinition{Name: "Rewrite", MetricName: "rewrite", Stage: rewrite}

// rewrite makes references cheap, which are most of what an evaluation does:
// packages get short paths, since each element is looked up each time, and
// constants (a parameter, a path, a table) are put where they are used.
func rewrite(compiler *ast.Compiler) *ast.Error {
	w := &rewriter{constants: constantsOf(compiler.Modules)}
	for _, module := range compiler.Modules {
		for _, rule := range module.Rules {
			for r := rule; r != nil; r = r.Else {
				w.terms(r.Head.Ref()[1:]...)
			}
			w.walk(rule)
		}
		module.Package.Path = short(module.Package.Path)
	}
	return nil
}

// rewriter changes only terms that hold references. Others may be shared with
// compilers that run at the same time, which is why ast.Transform is no choice:
// it writes to each term.
type rewriter struct{ constants *ast.ValueMap }

func (w *rewriter) walk(node any) {
	ast.NewGenericVisitor(func(x any) bool {
		term, ok := x.(*ast.Term)
		if ok {
			w.terms(term)
		}
		return ok
	}).Walk(node)
}

func (w *rewriter) terms(terms ...*ast.Term) {
	for _, term := range terms {
		if ast.IsConstant(term.Value) {
			continue
		}
		switch v := term.Value.(type) {
		case ast.Ref:
			w.terms(v[1:]...)
			if !v.HasPrefix(ast.DefaultRootRef) {
				w.terms(v[0])
			} else if constant := constantAt(w.constants, v); constant != nil {
				term.Value = constant
			} else {
				term.Value = short(v)
			}
		case ast.Call:
			w.terms(v...)
		// These know the hashes of their members, so they are made anew.
		case *ast.Array:
			var members []*ast.Term
			v.Foreach(func(member *ast.Term) { members = append(members, member) })
			w.terms(members...)
			term.Value = ast.NewArray(members...)
		case ast.Set:
			w.terms(v.Slice()...)
			term.Value = ast.NewSet(v.Slice()...)
		case ast.Object:
			var members [][2]*ast.Term
			v.Foreach(func(key, value *ast.Term) {
				w.terms(key, value)
				members = append(members, [2]*ast.Term{key, value})
			})
			term.Value = ast.NewObject(members...)
		case ast.Var:
		default:
			w.walk(v)
		}
	}
}

var (
	builtInRules   = ast.Ref{ast.DefaultRootDocument, ast.StringTerm("cognilint"), ast.StringTerm("rules")}
	builtInLibrary = ast.Ref{ast.DefaultRootDocument, ast.StringTerm("cognilint"), ast.StringTerm("lib")}
	shortLibrary   = ast.Ref{ast.DefaultRootDocument, ast.StringTerm("lib")}
)

// short takes out of a reference what the packages of rules and of lib/ have in
// common. The names of the built-in rules are unique without their categories.
// The terms are those of the reference, since the compiler will write to them.
func short(ref ast.Ref) ast.Ref {
	switch {
	case len(ref) > 4 && ref.HasPrefix(builtInRules) && ref[:5].IsGround():
		return append(ast.Ref{ref[0]}, ref[4:]...)
	case ref.HasPrefix(builtInLibrary):
		return append(ast.Ref{ref[0]}, ref[2:]...)
	default:
		return ref
	}
}

// constantsOf returns the values of the rules that have one definition, a
// constant, and are not replaced with another value anywhere.
func constantsOf(modules map[string]*ast.Module) *ast.ValueMap {
	constants, seen := ast.NewValueMap(), ast.NewValueMap()
	for _, module := range modules {
		for _, rule := range module.Rules {
			ref := rule.Ref()
			switch {
			case seen.Get(ref) != nil:
				constants.Delete(ref)
			case isConstant(rule):
				constants.Put(ref, rule.Head.Value.Value)
			}
			seen.Put(ref, ast.Boolean(true))
		}
	}
	for _, module := range modules {
		ast.WalkWiths(module, func(with *ast.With) bool {
			constants.Delete(with.Target.Value)
			return false
		})
	}
	return constants
}

func isConstant(rule *ast.Rule) bool {
	head, body := rule.Head, rule.Body
	return len(head.Args) == 0 && !rule.Default && rule.Else == nil && head.Key == nil && head.Ref().IsGround() &&
		head.Value != nil && ast.IsConstant(head.Value.Value) &&
		len(body) == 1 && body[0].Equal(ast.NewExpr(ast.BooleanTerm(true)))
}

// constantAt returns the value that a reference leads to by a constant, nil if
// there is none or only the evaluation can tell.
func constantAt(constants *ast.ValueMap, ref ast.Ref) ast.Value {
	if !ref.IsGround() {
		return nil
	}
	for i := len(ref); i > 1; i-- {
		if constant := constants.Get(ref[:i]); constant != nil {
			value, _ := constant.Find(ref[i:])
			return value
		}
	}
	return nil
}
