package main

import (
	"context"
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/remediate"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

// rig is a stand-in with one pool, and the way to it that the commands use.
type rig struct {
	t      testing.TB
	server *cognitotest.Server
	pool   livePool
	// folder is where journals go.
	folder string
}

// poolSecret is what no journal, no audit and no plan may hold.
const poolSecret = "s3cr3t"

// newRig starts a stand-in with a pool. The environment must be that of
// [cognitotest.Env].
func newRig(t testing.TB, documents cognitotest.Pool, mode cognitotest.Omission, timeout time.Duration) *rig {
	server := cognitotest.New(documents)
	server.SetOmission(mode)
	r := &rig{t: t, server: server}
	live, err := scanner.OpenLive(context.Background(), scanner.LiveOptions{
		EndpointURL: server.URL, Rate: 1e6, Timeout: timeout, Sections: everySection(),
	})
	if err != nil {
		t.Fatal(err)
	}
	entrances, problems, err := live.Enter(context.Background())
	if err != nil || len(entrances) != 1 {
		t.Fatal(entrances, problems, err)
	}
	r.pool = livePool{entrances[0], textIn(documents.UserPool, "Id")}
	if r.folder, err = os.MkdirTemp(t.TempDir(), ""); err != nil {
		t.Fatal(err)
	}
	return r
}

func textIn(document, member string) string {
	text, _ := treeOf(document)[member].(string)
	return text
}

func (r *rig) state() cognitotest.Pool { return r.server.State(r.pool.id) }

// read reads the pool as a scan does.
func (r *rig) read() *snapshot.Pool {
	pool, err := r.pool.Read(context.Background())
	if err != nil {
		r.t.Fatal(err)
	}
	return pool
}

// work opens a journal. Nothing waits.
func (r *rig) work() remediate.Work {
	journal, err := remediate.OpenJournal(r.folder, r.pool.id)
	if err != nil {
		r.t.Fatal(err)
	}
	return remediate.Work{
		API: r.pool, Journal: journal, Tool: "test", Caller: "arn:aws:iam::123456789012:user/test",
		Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	}
}

// rollback sets back what a journal tells, and returns the path of its own.
func (r *rig) rollback(path string) (remediate.Result, string) {
	records, err := readJournal(path)
	if err != nil {
		r.t.Errorf("the journal cannot be read: %v", err)
		return remediate.Result{}, ""
	}
	w := r.work()
	defer w.Journal.Close()
	result, err := remediate.Rollback(context.Background(), w, records, path)
	if err != nil {
		r.t.Error(err)
	}
	return result, w.Journal.Path
}

// checkFiles makes sure that only the owner can read what a repair wrote, and
// that it holds no secret.
func (r *rig) checkFiles() {
	err := filepath.WalkDir(r.folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if info.Mode().Perm() != 0o600 {
			r.t.Errorf("%s has the mode %v", path, info.Mode())
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), poolSecret) {
			r.t.Errorf("%s holds a secret", path)
		}
		return err
	})
	if err != nil {
		r.t.Error(err)
	}
}

// setEnv points the SDK to no machine at all.
func setEnv(t testing.TB) {
	for name, value := range cognitotest.Env("") {
		t.Setenv(name, value)
	}
}

// everyRule is the baseline all, compiled once.
var everyRule = sync.OnceValues(func() (*policies.Set, error) {
	library, err := policies.Load()
	if err != nil {
		return nil, err
	}
	return library.Select(context.Background(), policies.Selection{Baseline: "all", Fixes: true})
})

// plannerFor plans with all consents and the rules that are selected; nil
// selects all.
func plannerFor(t testing.TB, selected func(*snapshot.Pool, string) bool) *remediate.Planner {
	set, err := everyRule()
	if err != nil {
		t.Fatal(err)
	}
	p := &remediate.Planner{
		Rules: map[string]finding.Rule{}, Selected: selected,
		Options: remediate.Options{AllowDisruptive: true, AllowIrreversible: true, ForceManaged: true},
	}
	for _, rule := range set.Rules {
		p.Rules[rule.ID] = rule
		p.Options.Named = append(p.Options.Named, rule.ID)
	}
	if p.Selected == nil {
		p.Selected = func(*snapshot.Pool, string) bool { return true }
	}
	p.Evaluate = func(ctx context.Context, pool *snapshot.Pool) ([]remediate.Verdict, error) {
		results, err := set.Evaluate(ctx, pool)
		verdicts := make([]remediate.Verdict, len(results))
		for i, r := range results {
			verdicts[i] = remediate.Verdict{Check: r.Check, Edits: r.Edits}
		}
		return verdicts, err
	}
	return p
}

// someRules selects about a share of the rules, and of those that oppose each
// other one.
func someRules(r *rand.Rand, p *remediate.Planner, share float64) func(*snapshot.Pool, string) bool {
	skipped := map[string]bool{}
	for _, id := range p.Options.Named {
		if r.Float64() > share {
			skipped[id] = true
		}
	}
	for _, id := range p.Options.Named {
		for _, other := range p.Rules[id].Opposes {
			if !skipped[id] && !skipped[other] {
				skipped[[]string{id, other}[r.IntN(2)]] = true
			}
		}
	}
	return func(_ *snapshot.Pool, id string) bool { return !skipped[id] }
}

// saved returns a plan as "cognilint apply" reads it.
func saved(t testing.TB, plan *remediate.Plan) *remediate.Plan {
	text, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), poolSecret) {
		t.Error("the plan holds a secret")
	}
	read := &remediate.Plan{}
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	if err := decoder.Decode(read); err != nil {
		t.Fatal(err)
	}
	if err := read.Check(); err != nil {
		t.Errorf("the plan cannot be saved: %v", err)
	}
	return read
}
