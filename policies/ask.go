package policies

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// queries ask for what one rule says. Those that the rule does not define are
// nil.
type queries struct{ applies, deny, unknown, fix ast.Body }

const answer = ast.Var("answer")

func newQueries(r *rule, rewritten bool) queries {
	pkg := r.module.Package.Path
	if rewritten {
		pkg = short(pkg)
	}
	query := func(name string) ast.Body {
		if !r.defines[name] {
			return nil
		}
		return ast.NewBody(ast.Equality.Expr(ast.NewTerm(pkg.Append(ast.StringTerm(name))), ast.NewTerm(answer)))
	}
	return queries{applies: query("applies"), deny: query("deny"), unknown: query("unknown"), fix: query("fix")}
}

// statements is what one rule says about one target.
type statements struct {
	deny, unknown, fix []any
	applies            bool
	err                error
}

// hearing is the questions to the rules about one pool. What one of them works
// out serves the others.
type hearing struct {
	cancel topdown.Cancel
	close  func() bool
	input  *ast.Term
	cache  cache
}

func newHearing(ctx context.Context, rewritten bool) *hearing {
	cancel := topdown.NewCancel()
	return &hearing{
		cancel: cancel,
		close:  context.AfterFunc(ctx, cancel.Cancel),
		cache:  cache{shares: rewritten, ofPool: topdown.NewVirtualCache()},
	}
}

// turnTo makes a target the subject of what is asked next.
func (h *hearing) turnTo(t target) {
	h.input = ast.NewTerm(t.input)
	h.cache.ofTarget = topdown.NewVirtualCache()
}

// cache holds what was worked out: of lib/ for all targets of the pool, because
// nothing in there looks at the target but through the arguments of a function
// (kept by TestLibraryIsAboutThePool), of rules for one target.
type cache struct {
	shares           bool
	ofPool, ofTarget topdown.VirtualCache
}

func (c *cache) of(ref ast.Ref) topdown.VirtualCache {
	if c.shares && ref.HasPrefix(shortLibrary) {
		return c.ofPool
	}
	return c.ofTarget
}

func (c *cache) Get(ref ast.Ref) (*ast.Term, bool) { return c.of(ref).Get(ref) }
func (c *cache) Put(ref ast.Ref, value *ast.Term)  { c.of(ref).Put(ref, value) }
func (c *cache) Keys() []ast.Ref                   { return append(c.ofPool.Keys(), c.ofTarget.Keys()...) }

// Push and Pop surround what is evaluated with another input.
func (c *cache) Push() { c.ofPool.Push(); c.ofTarget.Push() }
func (c *cache) Pop()  { c.ofPool.Pop(); c.ofTarget.Pop() }

// forget drops what was worked out.
func (c *cache) forget() { c.ofPool, c.ofTarget = topdown.NewVirtualCache(), topdown.NewVirtualCache() }

// ruleTime is how long a rule of a user may take for one target. The built-in
// ones take less than a millisecond.
const ruleTime = 2 * time.Second

// askInTime is ask, and cuts a rule off that takes too long.
func (h *hearing) askInTime(ctx context.Context, r *compiledRule) (said statements) {
	all := h.cancel
	defer func() { h.cancel = all }()
	h.cancel = topdown.NewCancel()
	defer context.AfterFunc(ctx, h.cancel.Cancel)()
	timer := time.AfterFunc(ruleTime, h.cancel.Cancel)
	defer func() {
		if broken := recover(); broken != nil {
			h.cache.forget()
			said = statements{err: fmt.Errorf("rule %s: a built-in function broke down: %v", r.ID, broken)}
		}
	}()
	said = h.ask(ctx, r)
	if !timer.Stop() && topdown.IsCancel(said.err) && ctx.Err() == nil {
		said.err = fmt.Errorf("rule %s takes longer than %s and was cut off", r.ID, ruleTime)
	}
	return said
}

// ask hears a rule. One that does not apply is not asked further, and one that
// denies nothing not for its fix.
func (h *hearing) ask(ctx context.Context, r *compiledRule) statements {
	if h.input.Value == nil {
		return statements{}
	}
	said := statements{applies: true}
	if r.applies != nil {
		applies, err := h.value(ctx, r.compiler, r.applies)
		if err != nil {
			return statements{err: err}
		}
		if _, ok := applies.(ast.Boolean); applies != nil && !ok {
			return statements{err: fmt.Errorf("applies of rule %s is %v, expected true or false", r.ID, applies)}
		}
		said.applies = applies != nil && ast.Boolean(true).Equal(applies)
	}
	if !said.applies {
		return said
	}
	said.deny, said.err = h.list(ctx, r.compiler, r.deny)
	if said.err == nil && said.deny == nil {
		said.err = fmt.Errorf("deny of rule %s is no set, expected one (deny contains …)", r.ID)
	}
	if said.err == nil {
		said.err = checkDenials(r.ID, said.deny)
	}
	if said.err == nil && r.unknown != nil {
		said.unknown, said.err = h.list(ctx, r.compiler, r.unknown)
	}
	if said.err == nil && r.fix != nil && len(said.deny) > 0 {
		said.fix, said.err = h.list(ctx, r.compiler, r.fix)
	}
	return said
}

// checkDenials refuses what is no violation: it would be a finding that says
// nothing.
func checkDenials(id string, deny []any) error {
	for _, element := range deny {
		members, _ := element.(map[string]any)
		message, _ := members["msg"].(string)
		_, isPath := members["path"].([]any)
		if message == "" || !isPath {
			text, _ := json.Marshal(element)
			return fmt.Errorf("deny of rule %s contains %.100s, expected an object with the text msg and the array path, and with actual and expected", id, text)
		}
	}
	return nil
}

// list returns the elements of a set, nil if it is undefined.
func (h *hearing) list(ctx context.Context, compiler *ast.Compiler, query ast.Body) ([]any, error) {
	value, err := h.value(ctx, compiler, query)
	if err != nil || value == nil {
		return nil, err
	}
	if set, ok := value.(ast.Set); ok && set.Len() == 0 {
		return []any{}, nil
	}
	converted, err := ast.JSON(value)
	if err != nil {
		return nil, err
	}
	list, _ := converted.([]any)
	return list, nil
}

// noData is the store of rules, which know their input only.
type noData struct{ storage.Store }

func (noData) Read(context.Context, storage.Transaction, storage.Path) (any, error) {
	return nil, &storage.Error{Code: storage.NotFoundErr}
}

// value evaluates a query, nil if the answer is undefined.
func (h *hearing) value(ctx context.Context, compiler *ast.Compiler, query ast.Body) (ast.Value, error) {
	var value ast.Value
	err := topdown.NewQuery(query).
		WithCompiler(compiler).
		WithStore(noData{}).
		WithInput(h.input).
		WithCancel(h.cancel).
		WithMetrics(metrics.NoOp()).
		WithVirtualCache(&h.cache).
		// A built-in that fails must not look like a rule that found nothing.
		WithStrictBuiltinErrors(true).
		Iter(ctx, func(result topdown.QueryResult) error {
			value = result[answer].Value
			return nil
		})
	if err == nil {
		return value, nil
	}
	// What was worked out on the way to an error may be wrong.
	h.cache.forget()
	var at *topdown.Error
	if errors.As(err, &at) && at.Location != nil && !topdown.IsCancel(err) {
		err = fmt.Errorf("%s:%d: %s", at.Location.File, at.Location.Row, at.Message)
	}
	return nil, err
}
