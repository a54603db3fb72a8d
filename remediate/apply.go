package remediate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// Work is what applying a plan and rolling it back have in common.
type Work struct {
	API     API
	Journal *Journal
	// Tool and Caller are noted in the journal: who does this with what.
	Tool, Caller string
	// Tell is called when a call begins and when it ended; nil is not called.
	Tell func(Progress)
	// Wait sleeps; nil is real time.
	Wait func(context.Context, time.Duration) error
}

// Progress is a call that begins (Outcome is empty) or ended.
type Progress struct {
	Operation string
	Part      Part
	Purpose   string
	Outcome   string
	Error     string
}

// Result is how the work on a pool ended.
type Result struct {
	State State
	// Message says why the state is not Applied, for people.
	Message string
	// Made counts the calls that took effect.
	Made int
	// Unexpected is what is, or was, not as planned.
	Unexpected []Difference
	// Pool is the pool as it was read last; nil if it could not be.
	Pool *snapshot.Pool
	// left says that the unexpected was left as it is.
	left bool
}

// Apply carries a plan out. The pool is read again first; if it is not as it was
// planned from, replan makes a new plan, which must ask for the same; without
// replan the work ends there. The error is one of the journal: without it,
// nothing is written.
func Apply(ctx context.Context, work Work, plan *Plan, replan func(context.Context, *snapshot.Pool) (*Plan, error)) (Result, error) {
	if len(plan.Refusals) > 0 {
		return Result{State: Unchanged, Message: strings.Join(plan.Refusals, "; ")}, nil
	}
	r := &repair{Work: work, purpose: "fix", model: plan.Before, planned: plan.Calls, replan: replan}
	err := r.start(ctx)
	for err == nil && len(r.planned) > r.made {
		if err = ctx.Err(); err != nil {
			break
		}
		if err = r.carryOut(ctx, r.planned[r.made]); err == nil {
			r.made++
		}
		var drift *driftError
		if errors.As(err, &drift) && r.made == 0 && !r.unclear && r.starts <= maxStarts {
			err = r.start(ctx)
		}
	}
	return r.finish(ctx, err)
}

// repair is the work on one pool.
type repair struct {
	Work
	purpose string
	// model is what the pool is known to be.
	model   *snapshot.Pool
	planned []Call
	replan  func(context.Context, *snapshot.Pool) (*Plan, error)
	made    int
	starts  int
	// wrote tells that a request may have reached the API, unclear that one may
	// have had an effect that was not seen.
	wrote, unclear bool
	// unseen is what the pool is once the last call shows, if it did not for sure.
	unseen *snapshot.Pool
	// theirs is what a rollback leaves as somebody else's.
	theirs []Difference
}

// What ends the work.
type (
	// driftError: the pool is not as it was known to be.
	driftError struct{ found []Difference }
	// stopError: a call cannot be made, or was not made.
	stopError struct{ message string }
	// unseenError: a call was accepted, but nothing shows it.
	unseenError struct{ operation string }
	// damageError: a call had another effect than the planned one.
	damageError struct {
		want, got *snapshot.Pool
		found     []Difference
	}
	// journalError: the journal cannot be written.
	journalError struct{ err error }
)

func (e *driftError) Error() string {
	return "somebody else changed the pool meanwhile: " + names(e.found)
}
func (e *stopError) Error() string { return e.message }
func (e *unseenError) Error() string {
	return e.operation + " was accepted, but its effect cannot be seen"
}
func (e *damageError) Error() string  { return "not as planned: " + names(e.found) }
func (e *journalError) Error() string { return "the journal cannot be written: " + e.err.Error() }
func (e *journalError) Unwrap() error { return e.err }

// names lists places for people.
func names(found []Difference) string {
	var places []string
	for _, d := range found {
		places = append(places, d.Part.String()+d.Path)
	}
	if len(places) > 5 {
		places = append(places[:5], fmt.Sprintf("and %d more", len(places)-5))
	}
	return strings.Join(places, ", ")
}

// maxStarts is how often a plan is made anew because somebody else changes the
// pool.
const maxStarts = 3

// start reads the pool again and makes sure that the plan is one for it.
func (r *repair) start(ctx context.Context) error {
	r.starts++
	now, err := r.API.Read(ctx)
	if err != nil {
		return &stopError{"the pool cannot be read again before it is changed: " + err.Error()}
	}
	if reason := unreadable(r.model, now); reason != "" {
		return &stopError{reason}
	}
	if drift := differences(r.model, now); len(drift) > 0 {
		if r.replan == nil || r.starts > maxStarts {
			return &driftError{drift}
		}
		plan, err := r.replan(ctx, now)
		if err != nil {
			return &stopError{err.Error()}
		}
		if len(plan.Refusals) > 0 || !sameCalls(plan.Calls, r.planned) {
			return &stopError{(&driftError{drift}).Error() + "; what is to be done is not the same any more, run again"}
		}
		r.planned = plan.Calls
	}
	r.model = now
	return r.begin("")
}

// begin writes the first record: everything that a rollback needs.
func (r *repair) begin(undoes string) error {
	var planned []Change
	for _, call := range r.planned {
		planned = append(planned, call.Changes...)
	}
	pool := poolOf(r.model)
	r.Journal.begin = Record{
		Kind: "begin", Schema: JournalSchema, Undoes: undoes, Tool: r.Tool, Caller: r.Caller,
		Pool: &pool, Planned: planned, Before: r.model,
	}
	if err := r.Journal.write(r.Journal.begin); err != nil {
		return &journalError{err}
	}
	return nil
}

func poolOf(pool *snapshot.Pool) finding.Pool {
	return finding.Pool{ID: pool.ID(), Name: pool.Name(), ARN: pool.ARN(), Account: pool.Account, Region: pool.Region, Source: pool.Source}
}

// sameCalls tells whether two plans ask for the same.
func sameCalls(as, bs []Call) bool {
	return slices.EqualFunc(as, bs, func(a, b Call) bool {
		return a.Operation == b.Operation && a.Part == b.Part && slices.EqualFunc(a.Changes, b.Changes, func(a, b Change) bool {
			return a.Part == b.Part && a.Path == b.Path && snapshot.Equal(a.Old, b.Old) && snapshot.Equal(a.New, b.New)
		})
	})
}

// finish sets back what a call changed unasked, reads everything once more, and
// closes the journal.
func (r *repair) finish(ctx context.Context, cause error) (Result, error) {
	result := Result{State: Applied, Made: r.made}
	var journal *journalError
	var damage *damageError
	var drift *driftError
	// What was begun is ended, also after an interrupt.
	after := context.WithoutCancel(ctx)
	switch {
	case errors.As(cause, &journal) && !r.wrote:
		return Result{State: Unchanged, Message: cause.Error()}, cause
	case errors.As(cause, &damage):
		r.repairDamage(after, damage, &result)
	case cause != nil && r.made == 0 && !r.unclear:
		result.State, result.Message = Unchanged, cause.Error()
	case cause != nil:
		result.State, result.Message = Incomplete, cause.Error()
	}
	if errors.Is(cause, context.Canceled) && result.State != Applied {
		result.State, result.Message = Interrupted, "interrupted before all calls were made"
	}
	switch {
	case !r.wrote || damage != nil:
	case errors.As(cause, &drift):
		// What somebody else changed meanwhile is theirs; it is only read for the
		// report.
		if now, err := r.API.Read(after); err == nil {
			result.Pool = now
		}
	default:
		r.lookAround(after, &result)
	}
	end := Record{Kind: "end", State: result.State, Unexpected: result.Unexpected, Error: result.Message}
	if result.State == Damaged {
		end.After, end.Left = result.Pool, result.left
	}
	if r.Journal.begin.Pool == nil {
		return result, nil // nothing was begun
	}
	if err := r.Journal.write(end); err != nil {
		return result, &journalError{err}
	}
	return result, nil
}

// lookAround compares the whole pool with what it should be.
func (r *repair) lookAround(ctx context.Context, result *Result) {
	now, err := r.API.Read(ctx)
	if err != nil {
		result.tell(Incomplete, "the pool cannot be read after the calls: "+err.Error())
		return
	}
	result.Pool = now
	if reason := unreadable(r.model, now); reason != "" {
		result.tell(Incomplete, "whether all is as planned is not known: "+reason)
		return
	}
	if r.unseen != nil && shows(r.planned[r.made], r.unseen, now) {
		r.model, result.Made = r.unseen, r.made+1
		if result.Made == len(r.planned) {
			result.State, result.Message = Applied, ""
		}
	}
	found := differences(r.model, now)
	if mine := r.mine(found); len(mine) > 0 {
		r.repairDamage(ctx, &damageError{r.model, now, mine}, result)
		return
	}
	// Each call was seen to have its effect and no other one where it writes, so
	// this may be somebody else's work.
	if len(found) > 0 {
		result.Unexpected, result.left = found, true
		result.tell(Damaged, (&damageError{found: found}).Error()+"; it was seen only after the calls, and left, since somebody else may have changed it")
	}
}

// tell sets the state and adds to the message, which may say already why not all
// calls were made.
func (r *Result) tell(state State, message string) {
	if r.Message != "" {
		message = r.Message + "; " + message
	}
	r.State, r.Message = state, message
}

// shows tells whether a pool has what a call was to bring about, whatever else
// it has.
func shows(call Call, want, now *snapshot.Pool) bool {
	return len(compareLinked(call.Part, want, now)) == 0 || !slices.ContainsFunc(call.Changes, func(c Change) bool {
		value, _ := snapshot.Lookup(tree(now, c.Part), c.Path)
		return !snapshot.Equal(value, c.New)
	})
}

// mine returns the differences that a call may have caused whose effect was not
// seen.
func (r *repair) mine(found []Difference) []Difference {
	if !r.unclear || r.made >= len(r.planned) {
		return nil
	}
	reached := linked(r.planned[r.made].Part)
	return slices.DeleteFunc(slices.Clone(found), func(d Difference) bool { return !slices.Contains(reached, d.Part) })
}

// repairDamage sets back what changed unasked.
func (r *repair) repairDamage(ctx context.Context, damage *damageError, result *Result) {
	result.State, result.Unexpected, result.Message = Damaged, damage.found, damage.Error()
	result.Pool = damage.got
	r.model, r.purpose = damage.got, "restore"
	var changes []Change
	for _, d := range damage.found {
		if reversible(d) {
			changes = append(changes, Change{Part: d.Part, Path: d.Path, Old: d.After, New: d.Before})
		}
	}
	for _, call := range ordered(changes, false) {
		if err := r.carryOut(ctx, call); err != nil {
			result.Message += "; setting it back failed: " + err.Error()
			break
		}
	}
	now, err := r.API.Read(ctx)
	if err != nil {
		return
	}
	result.Pool = now
	if len(differences(damage.want, now)) == 0 {
		result.State, result.Message = Restored, result.Message+"; it was set back"
	}
}
