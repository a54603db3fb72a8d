package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognito"
	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/remediate"
	"github.com/cognilint/cognilint/snapshot"
)

// unfixable are the rules with a fix that cognilint cannot carry out: it never
// changes identity providers.
var unfixable = []string{"idp-email-verified-mapped"}

// rareSeeds make pools with failures that few random pools have, such as of
// signup-verifies-contact. The test says when other ones are needed.
var rareSeeds = []uint64{62, 64, 179, 262}

// TestRandomRepairs: whatever a pool holds and whatever the API does to what a
// request omits, a repair changes exactly what its plan says, and a rollback sets
// exactly that back. COGNILINT_RANDOM_REPAIRS is the number of pools.
func TestRandomRepairs(t *testing.T) {
	pools := randomRepairsWanted(t)
	setEnv(t)
	known := knownPools(t)
	run := &randomRepairs{t: t, applied: map[string]int{}, refusals: map[string]int{}}
	seeds := make(chan uint64)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for seed := range seeds {
				run.repair(newMaker(known, seed), seed)
			}
		})
	}
	for seed := range pools {
		seeds <- uint64(seed)
	}
	for _, seed := range rareSeeds {
		if seed >= uint64(pools) && !testing.Short() {
			seeds <- seed
		}
	}
	close(seeds)
	group.Wait()
	var missing []string
	for _, rule := range plannerFor(t, nil).Rules {
		if rule.Fix != finding.FixManual && run.applied[rule.ID] == 0 && !slices.Contains(unfixable, rule.ID) {
			missing = append(missing, rule.ID)
		}
	}
	slices.Sort(missing)
	t.Logf("%d pools, %d plans, %d repairs, %d changes, %d refused by the API", pools, run.plans, run.repairs, run.changes, run.refused)
	for message, n := range run.refusals {
		t.Log(n, message)
	}
	if len(missing) > 0 && !testing.Short() {
		t.Errorf("fixes of %d rules were never applied: %s", len(missing), strings.Join(missing, " "))
	}
}

// randomRepairsWanted is how much is to be tested.
func randomRepairsWanted(t testing.TB) int {
	n, err := strconv.Atoi(cmp.Or(os.Getenv("COGNILINT_RANDOM_REPAIRS"), "50"))
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		n = min(n, 20)
	}
	return n
}

type randomRepairs struct {
	t testing.TB

	mu                               sync.Mutex
	applied                          map[string]int // by rule
	refusals                         map[string]int // by message
	plans, repairs, changes, refused int
}

func (run *randomRepairs) repair(m *maker, seed uint64) {
	known, mutations, share := m.known[int(seed)%len(m.known)], m.IntN(25), []float64{1, 0.5, 0.2}[m.IntN(3)]
	if int(seed) < len(m.known) {
		mutations, share = 0, 1
	}
	documents := m.pool(known, mutations)
	planner := plannerFor(run.t, nil)
	planner.Selected = someRules(m.Rand, planner, share)
	first := newRig(run.t, documents, cognitotest.ResetAll, 0)
	pool := first.read()
	strange := first.strange(pool)
	first.server.Close()
	plan, err := planner.Plan(context.Background(), pool)
	if err != nil {
		run.t.Errorf("seed %d: %v", seed, err)
		return
	}
	if len(plan.Calls) == 0 {
		return
	}
	if len(plan.Refusals) > 0 {
		run.t.Errorf("seed %d: refused: %v", seed, plan.Refusals)
	}
	if m.IntN(2) == 0 {
		after := plan.After
		plan = saved(run.t, plan)
		plan.After = after
	}
	run.mu.Lock()
	run.plans++
	run.mu.Unlock()
	for _, mode := range cognitotest.Omissions() {
		if failure := run.inMode(seed, documents, mode, planner, plan, strange); failure != "" {
			run.t.Errorf("seed %d, %s: %s\n%s", seed, mode, failure, outline(plan))
			return
		}
	}
}

// strange tells which calls the API refuses though they change nothing: nobody
// could have made such a pool today.
func (r *rig) strange(pool *snapshot.Pool) map[string]bool {
	refused := map[string]bool{}
	try := func(operation, section, id string, tree any) {
		members, _ := tree.(map[string]any)
		request, err := cognito.Request(operation, r.pool.id, id, members, members)
		if err == nil {
			_, err = r.pool.Write(context.Background(), operation, request)
		}
		refused[section+" "+id] = err != nil
	}
	try("UpdateUserPool", "UserPool", "", pool.Sections["UserPool"])
	try("SetUserPoolMfaConfig", "MfaConfig", "", pool.Sections["MfaConfig"])
	for _, client := range pool.Elements("Clients") {
		try("UpdateUserPoolClient", "Clients", client.(map[string]any)["ClientId"].(string), client)
	}
	for _, risk := range pool.Elements("RiskConfigurations") {
		id, _ := risk.(map[string]any)["ClientId"].(string)
		try("SetRiskConfiguration", "RiskConfigurations", id, risk)
	}
	return refused
}

// inMode carries out a plan and sets it back; it says what is wrong.
func (run *randomRepairs) inMode(seed uint64, documents cognitotest.Pool, mode cognitotest.Omission, planner *remediate.Planner, plan *remediate.Plan, strange map[string]bool) string {
	r := newRig(run.t, documents, mode, 0)
	defer r.server.Close()
	defer r.checkFiles()
	r.server.Shuffle(seed)
	before := r.state()
	w := r.work()
	result, err := remediate.Apply(context.Background(), w, plan, nil)
	w.Journal.Close()
	if err != nil {
		return err.Error()
	}
	odd := slices.ContainsFunc(plan.Calls, func(c remediate.Call) bool { return strange[c.Part.Section+" "+c.Part.ID] })
	switch {
	case result.State == remediate.Applied:
		if diff := notAsPlanned(before, r.state(), plan); diff != "" {
			return "applied, but not as planned: " + diff
		}
		run.count(plan)
		if failing := stillFailing(planner, plan, result.Pool); failing != "" {
			return "fails after the repair: " + failing
		}
	case odd && strings.Contains(result.Message, "was refused"):
		run.mu.Lock()
		run.refused++
		run.refusals[result.Message]++
		run.mu.Unlock()
		if diff := notTheSame(before, r.state()); result.State == remediate.Unchanged && diff != "" {
			return "unchanged, but: " + diff
		}
	default:
		return string(result.State) + ": " + result.Message
	}
	back, _ := r.rollback(w.Journal.Path)
	if left := notAsBefore(before, r.state()); left != "" && !((odd || grandfathered(before)) && strings.Contains(back.Message, "was refused")) {
		return "rollback " + string(back.State) + ": " + back.Message + "\nleft: " + left
	}
	return ""
}

// grandfathered tells whether the API lets a pool keep what it does not take
// anew: recovery by SMS while SMS is a second factor.
func grandfathered(pool cognitotest.Pool) bool {
	mfa, recovery := treeOf(pool.MfaConfig), textOf(treeOf(pool.UserPool)["AccountRecoverySetting"])
	return mfa["SmsMfaConfiguration"] != nil && mfa["MfaConfiguration"] != "OFF" && strings.Contains(recovery, "verified_phone_number")
}

func (run *randomRepairs) count(plan *remediate.Plan) {
	run.mu.Lock()
	defer run.mu.Unlock()
	run.repairs++
	for _, change := range plan.Changes() {
		run.changes++
		for _, rule := range change.Rules {
			run.applied[rule]++
		}
	}
}

// outline is a plan in few words.
func outline(plan *remediate.Plan) string {
	var lines []string
	for _, call := range plan.Calls {
		line := call.Operation + " " + call.Part.ID
		for _, c := range call.Changes {
			line += fmt.Sprintf("\n\t%s: %.200s -> %.200s %v", c.Path, textOf(c.Old), textOf(c.New), c.Rules)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// stillFailing names the checks that a plan promised to fix and did not.
func stillFailing(planner *remediate.Planner, plan *remediate.Plan, pool *snapshot.Pool) string {
	verdicts, err := planner.Evaluate(context.Background(), pool)
	if err != nil {
		return err.Error()
	}
	var failing []string
	for _, v := range verdicts {
		fixed := slices.ContainsFunc(plan.Fixes, func(f remediate.Fixed) bool {
			return f.Rule == v.Rule && f.Target.Kind == v.Target.Kind && f.Target.ID == v.Target.ID
		})
		if fixed && v.Status != finding.Pass && v.Status != finding.NotApplicable {
			failing = append(failing, v.Rule+" "+v.Target.ID)
		}
	}
	return strings.Join(failing, ", ")
}
