package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/remediate"
)

// TestCutJournals: a journal of a run that was killed leads back, wherever it
// ends, and from every state that the pool can have been left in.
func TestCutJournals(t *testing.T) {
	setEnv(t)
	for i, e := range errands() {
		modes := cognitotest.Omissions()
		if randomRepairsWanted(t) < 1000 {
			modes = modes[i%len(modes):][:1]
		}
		for _, mode := range modes {
			t.Run(e.name+" "+string(mode), func(t *testing.T) {
				states, lines := e.steps(t, mode)
				calls := 0
				for n, line := range lines {
					if n > 0 && strings.Contains(line, `{"record":"call"`) {
						calls++
					}
					// Between the record of a call and that of its result nobody knows
					// whether it was made.
					possible := states[max(0, calls-1) : calls+1]
					if strings.Contains(line, `{"record":"result"`) || strings.Contains(line, `{"record":"end"`) {
						possible = states[calls : calls+1]
					}
					for _, state := range possible {
						whole := strings.Join(lines[:n+1], "")
						goBackFrom(t, e.pool, state, mode, whole)
						if n+1 < len(lines) {
							goBackFrom(t, e.pool, state, mode, whole+lines[n+1][:len(lines[n+1])/2])
						}
					}
					for at := range len(states) {
						if at > calls {
							refuseFrom(t, states[at], mode, strings.Join(lines[:n+1], ""))
						}
					}
				}
			})
		}
	}
}

// steps carries an errand out; it returns the pool as it was before, after each
// call and at the end, and the lines of the journal.
func (e errand) steps(t *testing.T, mode cognitotest.Omission) (states []cognitotest.Pool, lines []string) {
	r := newRig(t, e.pool, mode, 0)
	defer r.server.Close()
	plan := e.plan(t, r.read())
	states = append(states, r.state())
	r.server.After(cognitotest.Writes, 0, func(cognitotest.Request) { states = append(states, r.state()) })
	w := r.work()
	defer w.Journal.Close()
	result, err := remediate.Apply(context.Background(), w, plan, nil)
	if err != nil || result.State != remediate.Applied || len(states) != len(plan.Calls)+1 {
		t.Fatal(len(states), result, err)
	}
	text, err := os.ReadFile(w.Journal.Path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		lines = append(lines, string(line))
	}
	return states, lines
}

// rollBack rolls back from a state with the text of a journal.
func rollBack(t *testing.T, state cognitotest.Pool, mode cognitotest.Omission, journal string) (remediate.Result, cognitotest.Pool) {
	r := newRig(t, state, mode, 0)
	defer r.server.Close()
	path := filepath.Join(r.folder, "cut.ndjson")
	if err := os.WriteFile(path, []byte(journal), 0o600); err != nil {
		t.Fatal(err)
	}
	result, _ := r.rollback(path)
	return result, r.state()
}

func goBackFrom(t *testing.T, before, state cognitotest.Pool, mode cognitotest.Omission, journal string) {
	t.Helper()
	result, now := rollBack(t, state, mode, journal)
	if left := notAsBefore(before, now); left != "" {
		t.Errorf("after %d lines: %s: %s; left: %s", strings.Count(journal, "\n"), result.State, result.Message, left)
	}
}

// refuseFrom makes sure that a rollback does nothing in a state that the journal
// does not tell of.
func refuseFrom(t *testing.T, state cognitotest.Pool, mode cognitotest.Omission, journal string) {
	t.Helper()
	result, now := rollBack(t, state, mode, journal)
	if result.State != remediate.Unchanged || notTheSame(state, now) != "" {
		t.Errorf("after %d lines, in a later state: %s: %s", strings.Count(journal, "\n"), result.State, result.Message)
	}
}
