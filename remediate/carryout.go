package remediate

import (
	"context"
	"errors"
	"time"

	"github.com/cognilint/cognilint/snapshot"
)

// maxAttempts is how often a call is made that the API put off.
const maxAttempts = 6

// carryOut makes a call: it reads what the call may change, makes sure that it is
// as known, journals, writes, and reads until the change is there. Afterwards the
// model has it.
func (r *repair) carryOut(ctx context.Context, call Call) error {
	for attempt := 1; ; attempt++ {
		now, err := r.refresh(ctx, call.Part)
		if err != nil {
			return &stopError{call.Part.String() + " cannot be read before it is changed: " + err.Error()}
		}
		if drift := compareLinked(call.Part, r.model, now); len(drift) > 0 {
			return &driftError{drift}
		}
		want := changed(now, call)
		request, err := r.API.Request(call.Operation, call.Part, tree(now, call.Part), tree(want, call.Part))
		if err != nil {
			return &stopError{call.Operation + " cannot be made: " + err.Error()}
		}
		record, err := r.announce(call, request, want)
		if err != nil {
			return err
		}
		// A call that is under way is never given up: its effect would be unknown.
		sent := context.WithoutCancel(ctx)
		r.wrote = true
		requestID, err := r.API.Write(sent, call.Operation, request)
		failure := writeError(err)
		message := ""
		if failure != nil {
			requestID, message = failure.RequestID, failure.Error()
		}
		var again bool
		var stop error
		outcome := "applied"
		switch {
		case failure != nil && failure.Outcome == Refused:
			outcome, stop = string(Refused), &stopError{call.Operation + " was refused: " + message}
		case failure != nil && failure.Outcome != Unclear:
			outcome, again = string(failure.Outcome), true
		default:
			outcome, again, stop = r.settle(sent, call, now, want, failure)
		}
		var damage *damageError
		if errors.As(stop, &damage) {
			record.Found = states(damage.got, call.Part)
		}
		if err := r.Journal.result(record, outcome, requestID, message); err != nil {
			// The call is not counted as made, but the pool is not as it was.
			r.unclear = r.unclear || failure == nil || failure.Outcome == Unclear
			return &journalError{err}
		}
		r.tell(Progress{call.Operation, call.Part, r.purpose, outcome, message})
		switch {
		case again && attempt == maxAttempts:
			return &stopError{call.Operation + " had no effect after several attempts: " + message}
		case again:
			if err := r.wait(ctx, time.Second<<(attempt-1)/2); err != nil {
				return err
			}
		default:
			return stop
		}
	}
}

// changed returns the pool after a call.
func changed(now *snapshot.Pool, call Call) *snapshot.Pool {
	members := tree(now, call.Part)
	for _, change := range call.Changes {
		members = snapshot.With(members, change.Path, change.New)
	}
	return mirrored(now, withTree(now, call.Part, members))
}

// announce journals a call before it is made.
func (r *repair) announce(call Call, request map[string]any, want *snapshot.Pool) (Record, error) {
	r.Journal.calls++
	record := Record{
		Kind: "call", N: r.Journal.calls, Purpose: r.purpose, Operation: call.Operation, Part: &call.Part,
		Edits: call.Changes, Request: request,
	}
	record.Expect = states(want, call.Part)
	if err := r.Journal.write(record); err != nil {
		return record, &journalError{err}
	}
	r.tell(Progress{Operation: call.Operation, Part: call.Part, Purpose: r.purpose})
	return record, nil
}

// states are what the parts hold that a call about a part may change.
func states(pool *snapshot.Pool, part Part) (found []PartState) {
	for _, p := range linked(part) {
		found = append(found, PartState{p, tree(pool, p)})
	}
	return found
}

func (r *repair) tell(p Progress) {
	if r.Tell != nil {
		r.Tell(p)
	}
}

func (r *repair) wait(ctx context.Context, d time.Duration) error {
	if r.Wait != nil {
		return r.Wait(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func writeError(err error) *WriteError {
	var failure *WriteError
	if err == nil || errors.As(err, &failure) {
		return failure
	}
	return &WriteError{Outcome: Unclear, Message: err.Error()}
}

// linked are the parts that a call about a part may change: the settings of MFA
// and of SMS stand in two of them.
func linked(part Part) []Part {
	if part.Section == "UserPool" || part.Section == "MfaConfig" {
		return []Part{userPoolPart, mfaConfigPart}
	}
	return []Part{part}
}

func compareLinked(part Part, want, got *snapshot.Pool) []Difference {
	var found []Difference
	for _, p := range linked(part) {
		found = append(found, compare(p, want, got)...)
	}
	return found
}

// refresh returns the model with what a call may change as it is now.
func (r *repair) refresh(ctx context.Context, part Part) (*snapshot.Pool, error) {
	now := r.model
	for _, p := range linked(part) {
		if tree(r.model, p) == nil && p != part {
			continue // it was not read, so the plan does not depend on it
		}
		members, err := r.API.ReadPart(ctx, p)
		if err != nil {
			return nil, err
		}
		now = withTree(now, p, members)
	}
	return now, nil
}

// How long a change may take until it is seen. The API does not document any
// delay, so this is patience.
const (
	firstLook = 50 * time.Millisecond
	longLook  = 2 * time.Second
	// seenTwice is how many equal readings in a row are believed.
	seenTwice = 2
	// seenOften is how many are believed that are not as planned.
	seenOften = 5
	// unseen is how many unchanged readings in a row prove that a call had no
	// effect; they take about ten seconds.
	unseen = 9
	// restless is how many readings a pool that changes all the time gets.
	restless = 30
)

// between tells whether a call is seen in one of the parts that it changes, and
// not yet in another one: each is as before or as planned.
func between(part Part, before, want, now *snapshot.Pool) bool {
	parts := linked(part)
	for _, p := range parts {
		is := func(state *snapshot.Pool) bool {
			mixed := now
			for _, other := range parts {
				if other != p && tree(state, other) != nil {
					mixed = withTree(mixed, other, tree(state, other))
				}
			}
			return len(compare(p, state, mixed)) == 0
		}
		if !is(before) && !is(want) {
			return false
		}
	}
	return len(parts) > 1
}

// settle reads until the call's effect is clear. The API said that the call
// succeeded unless failure is set, in which case nobody knows. Again says that the
// call had no effect and may be made once more.
func (r *repair) settle(ctx context.Context, call Call, before, want *snapshot.Pool, failure *WriteError) (outcome string, again bool, stop error) {
	var asPlanned, asBefore, other int
	var got *snapshot.Pool
	failedReads, looks := 0, 0
	done := false // it was as planned once
	for look := firstLook; asBefore < unseen; look = min(2*look, longLook) {
		if looks++; looks > restless {
			r.unclear, r.unseen = true, want
			return "unclear", false, &stopError{call.Operation + " was made, but the pool looks different at every look"}
		}
		now, err := r.refresh(ctx, call.Part)
		if err != nil {
			if failedReads++; failedReads == seenOften {
				r.unclear, r.unseen = true, want
				return "unclear", false, &stopError{call.Operation + " was made, but its effect cannot be read: " + err.Error()}
			}
			asPlanned, asBefore, other = 0, 0, 0
		} else {
			switch {
			case len(compareLinked(call.Part, want, now)) == 0:
				asPlanned, asBefore, other, done = asPlanned+1, 0, 0, true
			case len(compareLinked(call.Part, before, now)) == 0 || between(call.Part, before, want, now):
				asPlanned, asBefore, other = 0, asBefore+1, 0
			case got != nil && len(compareLinked(call.Part, got, now)) == 0:
				asPlanned, other = 0, other+1
			default:
				asPlanned, other = 0, 1
			}
			got = now
		}
		switch {
		case asPlanned == seenTwice:
			r.model = want
			for _, part := range linked(call.Part) {
				if tree(got, part) != nil || tree(want, part) != nil {
					r.model = withTree(r.model, part, tree(got, part))
				}
			}
			return "applied", false, nil
		case other == seenOften && done:
			r.unclear = true
			return "applied", false, &driftError{compareLinked(call.Part, want, got)}
		case other == seenOften:
			return "not as planned", false, &damageError{want, got, compareLinked(call.Part, want, got)}
		}
		if err := r.wait(ctx, look); err != nil {
			r.unclear = true
			return "unclear", false, err
		}
	}
	if between(call.Part, before, want, got) && len(compareLinked(call.Part, before, got)) > 0 {
		return "not as planned", false, &damageError{want, got, compareLinked(call.Part, want, got)}
	}
	if failure != nil {
		return "no effect", true, nil
	}
	r.unclear, r.unseen = true, want
	return "no effect", false, &unseenError{call.Operation}
}
