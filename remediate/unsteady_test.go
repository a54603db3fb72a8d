package remediate

import (
	"context"
	"testing"
	"time"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// unsteady is a pool that has another setting at every look once it was written.
type unsteady struct {
	pool  *snapshot.Pool
	wrote bool
	looks int
	// takes says that writes have an effect.
	takes bool
}

func (u *unsteady) Read(context.Context) (*snapshot.Pool, error) {
	if u.wrote {
		u.looks++
		u.pool = withTree(u.pool, userPoolPart, snapshot.With(tree(u.pool, userPoolPart), "/Future", u.looks))
	}
	return u.pool, nil
}

func (u *unsteady) ReadPart(ctx context.Context, part Part) (map[string]any, error) {
	pool, err := u.Read(ctx)
	return tree(pool, part), err
}

func (u *unsteady) Request(_ string, _ Part, _, state map[string]any) (map[string]any, error) {
	return state, nil
}

func (u *unsteady) Write(_ context.Context, _ string, request map[string]any) (string, error) {
	u.wrote = true
	if u.takes {
		u.pool = withTree(u.pool, userPoolPart, request)
	}
	return "", nil
}

func TestApplyGivesAnUnsteadyPoolUp(t *testing.T) {
	for _, takes := range []bool{false, true} {
		before := &snapshot.Pool{Sections: map[string]any{"UserPool": map[string]any{"Id": "eu-west-1_A"}}}
		change := Change{Part: userPoolPart, Path: "/DeletionProtection", New: "ACTIVE", Risk: finding.FixSafe}
		plan := &Plan{Before: before, Calls: []Call{{Operation: updateUserPool, Part: userPoolPart, Changes: []Change{change}}}}
		journal, err := OpenJournal(t.TempDir(), "eu-west-1_A")
		if err != nil {
			t.Fatal(err)
		}
		defer journal.Close()
		var waited time.Duration
		work := Work{API: &unsteady{pool: before, takes: takes}, Journal: journal, Wait: func(_ context.Context, d time.Duration) error {
			if waited += d; waited > time.Hour {
				t.Fatal("waits for hours")
			}
			return nil
		}}
		result, err := Apply(t.Context(), work, plan, nil)
		if err != nil || result.State == Applied || result.State == Unchanged {
			t.Errorf("state %s, error %v, want a state that tells of the trouble", result.State, err)
		}
		// What was planned is no damage, and not taken back.
		if len(result.Unexpected) != 1 || result.Unexpected[0].Path != "/Future" {
			t.Errorf("unexpected %v, want /Future alone", result.Unexpected)
		}
		if now := tree(result.Pool, userPoolPart); takes != (now["DeletionProtection"] == "ACTIVE") {
			t.Errorf("the pool is %v", now)
		}
		t.Logf("%s after %s: %s", result.State, waited, result.Message)
	}
}
