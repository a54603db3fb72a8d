package remediate

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// PlanRollback finds out what a rollback would do. The plan is nil if there is
// nothing that it may do; the result says why.
func PlanRollback(ctx context.Context, api API, records []Record) (*Plan, Result) {
	r := &repair{Work: Work{API: api}}
	before, result := r.resume(ctx, records)
	if result.State != "" {
		return nil, result
	}
	return &Plan{
		Pool: poolOf(r.model), Users: users(r.model), Owner: owner(r.model), Before: r.model,
		Calls: described(r.back(before, 0)),
	}, Result{}
}

// described gives the changes of a rollback a risk: what a repair set may have
// been what people rely on.
func described(calls []Call) []Call {
	for _, call := range calls {
		for i := range call.Changes {
			call.Changes[i].Risk, call.Changes[i].Rules = finding.FixDisruptive, []string{}
		}
	}
	return calls
}

// Rollback gives a pool the settings back that it had before a journal began. It
// refuses if the pool is in no state that the journal tells of: then somebody
// changed it since, and setting it back would undo their work, too. Path is where
// the journal stands.
func Rollback(ctx context.Context, work Work, records []Record, path string) (Result, error) {
	r := &repair{Work: work, purpose: "rollback"}
	before, result := r.resume(ctx, records)
	if result.State != "" {
		return result, nil
	}
	r.planned = r.back(before, 0)
	if err := r.begin(path); err != nil {
		return Result{State: Unchanged, Message: err.Error()}, err
	}
	return r.close(ctx, before, r.converge(ctx, before))
}

// resume reads the pool and finds out where it stands in the journal. The result
// has a state if there is nothing to do, or nothing that may be done.
func (r *repair) resume(ctx context.Context, records []Record) (before *snapshot.Pool, result Result) {
	before, states, made := history(records)
	now, err := r.API.Read(ctx)
	if err != nil {
		return before, Result{State: Unchanged, Message: "the pool cannot be read: " + err.Error()}
	}
	if reason := unreadable(before, now); reason != "" {
		return before, Result{State: Unchanged, Message: reason, Pool: now}
	}
	r.model = now
	stays := func(d Difference) bool { return !reversible(d) && among(made, d) }
	known := func(state *snapshot.Pool) bool {
		return len(slices.DeleteFunc(differences(state, now), stays)) == 0
	}
	if !slices.ContainsFunc(states, known) {
		drift := &driftError{differences(states[len(states)-1], now)}
		return before, Result{State: Unchanged, Message: "somebody else changed the pool since: " + names(drift.found) + "; nothing was set back, because that would undo their work, too", Unexpected: drift.found, Pool: now}
	}
	for _, d := range leftAlone(records) {
		if holds(now, d) {
			before, r.theirs = withDifference(before, d), append(r.theirs, d)
		}
	}
	left := r.left(before)
	if strange := slices.DeleteFunc(slices.Clone(left), func(d Difference) bool { return among(made, d) }); len(strange) > 0 {
		return before, Result{State: Unchanged, Message: "the pool is not as the journal begins with, and no call of the journal changed that: " + names(strange) + "; nothing was set back", Unexpected: strange, Pool: now}
	}
	switch {
	case len(left) == 0:
		return before, Result{State: Applied, Message: "there is nothing to undo", Pool: now}
	case len(r.back(before, 0)) == 0:
		return before, Result{State: Incomplete, Message: cannotBeSetBack(left), Unexpected: left, Pool: now}
	}
	return before, Result{}
}

// history returns the pool as it was when a journal began, all states that the
// journal tells of, the last one last, and what its calls changed: as they were
// meant to, or besides. A rollback sets nothing else back, so that neither
// somebody else's work nor a journal that was edited leads it astray.
func history(records []Record) (before *snapshot.Pool, states []*snapshot.Pool, made []Difference) {
	for _, record := range records {
		switch {
		case record.Kind == "begin" && record.Before != nil:
			before, states = record.Before, []*snapshot.Pool{record.Before}
		case record.Kind == "call", record.Kind == "result" && record.Found != nil:
			last := states[len(states)-1]
			after := last
			for _, state := range append(record.Expect, record.Found...) {
				if state.Tree != nil || tree(after, state.Part) != nil {
					after = withTree(after, state.Part, state.Tree)
				}
			}
			states = append(states, after)
			if record.Part != nil {
				after = changed(last, Call{Part: *record.Part, Changes: record.Edits})
			}
			made = append(made, differences(last, after)...)
		case record.Kind == "end":
			if record.After != nil {
				states = append(states, record.After)
			}
			if !record.Left {
				made = append(made, record.Unexpected...)
			}
		}
	}
	return before, states, made
}

// among tells whether a difference is, holds or is part of one of others.
func among(others []Difference, d Difference) bool {
	return slices.ContainsFunc(others, func(other Difference) bool {
		return other.Part == d.Part && (other.Path == d.Path || above(other.Path, d.Path) || above(d.Path, other.Path))
	})
}

// leftAlone is what the repair of a journal left as somebody else's.
func leftAlone(records []Record) []Difference {
	if end := records[len(records)-1]; end.Left {
		return end.Unexpected
	}
	return nil
}

// holds tells whether a pool is as a difference says that it became.
func holds(pool *snapshot.Pool, d Difference) bool {
	members := tree(pool, d.Part)
	if d.Path == "" {
		return (members == nil) == (d.After == nil)
	}
	value, _ := snapshot.Lookup(members, d.Path)
	return snapshot.Equal(value, d.After)
}

// withDifference returns a pool with what a difference says came later.
func withDifference(pool *snapshot.Pool, d Difference) *snapshot.Pool {
	members, _ := d.After.(map[string]any)
	if d.Path != "" {
		members = snapshot.With(tree(pool, d.Part), d.Path, d.After)
	}
	if members == nil && tree(pool, d.Part) == nil {
		return pool
	}
	return withTree(pool, d.Part, members)
}

// rounds is how often a rollback looks what is left: a call that sets one thing
// back may reset another one, and a member that was absent may have to be set to
// what its absence means.
const rounds = 4

// converge makes calls until nothing is left to set back.
func (r *repair) converge(ctx context.Context, before *snapshot.Pool) error {
	for round := range rounds {
		calls := r.back(before, round)
		if len(calls) == 0 {
			return nil
		}
		for _, call := range calls {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			err := r.carryOut(ctx, call)
			var damage *damageError
			var unseen *unseenError
			switch {
			case err == nil:
				r.made++
			case errors.As(err, &damage):
				r.model = damage.got
			case !errors.As(err, &unseen):
				return err
			}
		}
	}
	return nil
}

// left is what still differs.
func (r *repair) left(before *snapshot.Pool) []Difference { return differences(before, r.model) }

// back lists the calls that set back what is left, in the reverse of the order
// that led here. After the first round members that were absent are set to what
// that means.
func (r *repair) back(before *snapshot.Pool, round int) []Call {
	var changes []Change
	for _, d := range r.left(before) {
		if !reversible(d) {
			continue
		}
		if neutral := absence[d.Part.Section+d.Path]; neutral != nil && d.Before == nil && round > 0 {
			d.Before = neutral[0]
		}
		changes = append(changes, Change{Part: d.Part, Path: d.Path, Old: d.After, New: d.Before})
	}
	calls := ordered(changes, loosens(before, r.model))
	slices.Reverse(calls)
	return calls
}

// reversible tells whether a difference can be set back: attributes cannot be
// removed, and parts neither be made nor removed.
func reversible(d Difference) bool {
	return d.Path != "" && !(d.Part.Section == "UserPool" && d.Path == schemaAttributes)
}

// close reads everything once more and ends the journal of a rollback.
func (r *repair) close(ctx context.Context, before *snapshot.Pool, cause error) (Result, error) {
	result := Result{State: Applied, Made: r.made}
	now, err := r.API.Read(context.WithoutCancel(ctx))
	if err == nil {
		r.model, result.Pool = now, now
	}
	left := r.left(before)
	switch {
	case errors.Is(cause, context.Canceled):
		result.State, result.Message = Interrupted, "interrupted before everything was set back"
	case cause != nil:
		result.State, result.Message = Incomplete, cause.Error()
	case err != nil:
		result.State, result.Message = Incomplete, "the pool cannot be read after the rollback: "+err.Error()
	case len(left) > 0:
		result.State, result.Unexpected, result.Message = Incomplete, left, cannotBeSetBack(left)
	case len(r.theirs) > 0:
		result.Message = "left, since somebody else may have changed it: " + names(r.theirs)
	}
	end := Record{Kind: "end", State: result.State, Unexpected: result.Unexpected, Error: result.Message}
	if result.State != Applied {
		end.After = now
	}
	if err := r.Journal.write(end); err != nil {
		return result, &journalError{err}
	}
	return result, nil
}

func cannotBeSetBack(left []Difference) string {
	message := "could not be set back: " + names(left)
	if slices.ContainsFunc(left, func(d Difference) bool { return d.Path == schemaAttributes }) {
		message += "; custom attributes cannot be removed"
	}
	return message
}

// unreadable says which part of a pool that can be written could not be read,
// though it could before; empty if there is none.
func unreadable(before, now *snapshot.Pool) string {
	for _, u := range now.Unknown {
		section := cmp.Or(append(snapshot.SplitPointer(u.Path), "")[0])
		if slices.Contains(writableSections, section) && len(before.UnknownFor(u.Path)) == 0 {
			return "a part of the pool cannot be read: " + u.Reason
		}
	}
	return ""
}
