package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/remediate"
	"github.com/cognilint/cognilint/snapshot"
)

// trouble is one way in which a repair is disturbed at one of its requests.
type trouble struct {
	errand errand
	mode   cognitotest.Omission
	// call is the number of the request among all, or among the writes.
	call   int
	writes bool
	// kind says what happens; on says that it goes on happening.
	kind string
	on   bool
}

func (d trouble) String() string {
	at := "request"
	if d.writes {
		at = "write"
	}
	return fmt.Sprintf("%s, %s, %s at %s %d (on: %t)", d.errand.name, d.mode, d.kind, at, d.call, d.on)
}

func (d trouble) operation() string {
	if d.writes {
		return cognitotest.Writes
	}
	return ""
}

// Troubles that are no fault of the stand-in.
const (
	interrupt    = "interrupt"
	journalLost  = "journal lost"
	foreignHere  = "foreign change of the pool"
	foreignThere = "foreign change of another client"
	foreignAfter = "foreign change of the pool afterwards"
	foreignEarly = "foreign change of the pool that is planned with"
)

var ofWrites = []cognitotest.FaultKind{
	cognitotest.Throttle, cognitotest.ConcurrentModification, cognitotest.InternalError, cognitotest.FailAfter, cognitotest.Drop, cognitotest.DropAfter,
	cognitotest.Delayed, cognitotest.Deny, cognitotest.RoleMissing, cognitotest.ExpiredToken, cognitotest.ServerError, cognitotest.CutBody, cognitotest.NotJSON,
	cognitotest.Hang, cognitotest.NotFound,
}

// Throttled reads wait for seconds, and reads that fail once are tried again.
var ofReads = []cognitotest.FaultKind{cognitotest.Deny, cognitotest.CutBody, cognitotest.NotFound}

// troubles lists all of them, for numbers of requests as without any.
func troubles(t testing.TB) []trouble {
	var all []trouble
	for _, e := range errands() {
		requests, writes := e.undisturbed(t)
		for _, mode := range cognitotest.Omissions() {
			for call := 1; call <= writes; call++ {
				for _, kind := range ofWrites {
					all = append(all, trouble{e, mode, call, true, string(kind), false}, trouble{e, mode, call, true, string(kind), true})
				}
				for _, kind := range []string{"collateral here", "collateral there", interrupt, journalLost, foreignHere, foreignThere, foreignAfter} {
					all = append(all, trouble{e, mode, call, true, kind, false})
				}
			}
			for call := 1; call <= requests; call++ {
				for _, kind := range ofReads {
					all = append(all, trouble{e, mode, call, false, string(kind), true})
				}
				for _, kind := range []string{interrupt, journalLost, foreignHere, foreignThere, foreignEarly} {
					all = append(all, trouble{e, mode, call, false, kind, false})
				}
			}
		}
	}
	return all
}

// undisturbed carries an errand out, and counts its requests.
func (e errand) undisturbed(t testing.TB) (requests, writes int) {
	r := newRig(t, e.pool, cognitotest.ResetParanoid, 0)
	defer r.server.Close()
	plan := e.plan(t, r.read())
	from, before := len(r.server.Requests()), r.state()
	w := r.work()
	defer w.Journal.Close()
	result, err := remediate.Apply(context.Background(), w, plan, nil)
	if err != nil || result.State != remediate.Applied {
		t.Fatal(e.name, result.State, result.Message, err)
	}
	if diff := notAsPlanned(before, r.state(), plan); diff != "" {
		t.Fatal(e.name, diff)
	}
	for _, request := range r.server.Requests()[from:] {
		requests++
		if request.Body != "" {
			writes++
		}
	}
	return requests, writes
}

// TestDisturbedRepairs: whatever goes wrong at whichever request, a repair ends
// with exactly the plan, with nothing, or with a journal that leads back, and
// says which. Of all disturbances there are, COGNILINT_RANDOM_REPAIRS are tried.
func TestDisturbedRepairs(t *testing.T) {
	setEnv(t)
	all := troubles(t)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	possible, limit := len(all), randomRepairsWanted(t)
	if limit < possible {
		all = all[:limit]
	}
	outcomes := map[string]int{}
	var mu sync.Mutex
	queue := make(chan trouble)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for d := range queue {
				state, failure := d.meet(t)
				mu.Lock()
				outcomes[string(state)]++
				mu.Unlock()
				if failure != "" {
					t.Errorf("%s: %s: %s", d, state, failure)
				}
			}
		})
	}
	for _, d := range all {
		queue <- d
	}
	close(queue)
	group.Wait()
	t.Logf("%d disturbances of %d: %v", len(all), possible, outcomes)
}

// meet carries out the errand with the trouble and says what is wrong about the
// outcome.
func (d trouble) meet(t testing.TB) (remediate.State, string) {
	timeout := time.Duration(0)
	if d.kind == string(cognitotest.Hang) {
		timeout = 250 * time.Millisecond
	}
	r := newRig(t, d.errand.pool, d.mode, timeout)
	defer r.server.Close()
	defer r.checkFiles()
	plan := d.errand.plan(t, r.read())
	before := r.state()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	w := r.work()
	defer w.Journal.Close()
	early := r.watchJournal(w.Journal.Path, d.kind == journalLost)
	met := 0
	d.make(r, cancel, w.Journal, func() { met = len(r.server.Requests()) })
	var replan func(context.Context, *snapshot.Pool) (*remediate.Plan, error)
	if d.kind == foreignEarly {
		replan = func(_ context.Context, pool *snapshot.Pool) (*remediate.Plan, error) {
			return d.errand.plan(t, pool), nil
		}
	}
	result, err := remediate.Apply(ctx, w, plan, replan)
	if (err != nil) != (d.kind == journalLost && met > 0) {
		return result.State, fmt.Sprintf("error %v", err)
	}
	if problem := early(); problem != "" {
		return result.State, problem
	}
	return result.State, d.judge(r, before, plan, result, w.Journal.Path, met)
}

// make lets the trouble happen. Met is called when a foreign change was made.
func (d trouble) make(r *rig, cancel func(), journal *remediate.Journal, met func()) {
	fault := cognitotest.Fault{Kind: cognitotest.FaultKind(d.kind), Operation: d.operation(), Call: d.call, Reads: 3}
	if d.on {
		fault.Call, fault.From = 0, d.call
	}
	section, id := cognitotest.UserPool, ""
	theirs := func(tree map[string]any) { tree["Foreign"] = "theirs" }
	change := func(cognitotest.Request) {
		if err := r.server.Change(r.pool.id, section, id, theirs); err != nil {
			r.t.Error(err)
		}
		met()
	}
	switch d.kind {
	case "collateral here":
		fault.Kind, fault.Section, fault.Alter = cognitotest.Collateral, cognitotest.UserPool, func(tree map[string]any) { delete(tree, "LambdaConfig") }
		r.server.Fail(fault)
	case "collateral there":
		fault.Kind, fault.Section, fault.ID, fault.Alter = cognitotest.Collateral, cognitotest.Clients, "3other", func(tree map[string]any) { tree["RefreshTokenValidity"] = 7 }
		r.server.Fail(fault)
	case interrupt:
		r.server.Before(d.operation(), d.call, func(cognitotest.Request) { cancel() })
	case journalLost:
		r.server.Before(d.operation(), d.call, func(cognitotest.Request) { journal.Close(); met() })
	case foreignHere, foreignEarly:
		r.server.Before(d.operation(), d.call, change)
	case foreignAfter:
		r.server.After(d.operation(), d.call, change)
	case foreignThere:
		section, id = cognitotest.Clients, "3other"
		r.server.Before(d.operation(), d.call, change)
	default:
		r.server.Fail(fault)
	}
}

// watchJournal makes sure that a call is on the disk before it arrives; the
// function that it returns tells what was wrong.
func (r *rig) watchJournal(path string, lost bool) func() string {
	problem, calls := "", 0
	r.server.Before(cognitotest.Writes, 0, func(request cognitotest.Request) {
		text, err := os.ReadFile(path)
		if err != nil || lost {
			return
		}
		calls++
		records, err := remediate.ReadJournal(strings.NewReader(string(text)))
		switch {
		case err != nil:
			problem = err.Error()
		case len(records) == 0 || records[len(records)-1].Kind != "call" || records[len(records)-1].Operation != request.Operation || records[len(records)-1].N != calls:
			problem = request.Operation + " arrived before the journal told of it"
		}
	})
	return func() string { return problem }
}
