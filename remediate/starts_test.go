package remediate

import (
	"context"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// twoFaced is a pool whose single settings never look as the whole does.
type twoFaced struct{ unsteady }

func (f *twoFaced) Read(context.Context) (*snapshot.Pool, error) { return f.pool, nil }

func (f *twoFaced) ReadPart(_ context.Context, part Part) (map[string]any, error) {
	f.looks++
	return snapshot.With(tree(f.pool, part), "/Future", 1), nil
}

func TestApplyStartsAFewTimesOnly(t *testing.T) {
	before := &snapshot.Pool{Sections: map[string]any{"UserPool": map[string]any{"Id": "eu-west-1_A"}}}
	change := Change{Part: userPoolPart, Path: "/DeletionProtection", New: "ACTIVE", Risk: finding.FixSafe}
	plan := &Plan{Before: before, Calls: []Call{{Operation: updateUserPool, Part: userPoolPart, Changes: []Change{change}}}}
	journal, err := OpenJournal(t.TempDir(), "eu-west-1_A")
	if err != nil {
		t.Fatal(err)
	}
	defer journal.Close()
	api := &twoFaced{unsteady{pool: before}}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	result, err := Apply(ctx, Work{API: &limited{api, cancel}, Journal: journal}, plan, nil)
	if err != nil || result.State != Unchanged || api.looks > 10 {
		t.Errorf("state %s after %d looks, error %v", result.State, api.looks, err)
	}
}

// limited ends a run that goes on forever.
type limited struct {
	*twoFaced
	cancel func()
}

func (l *limited) ReadPart(ctx context.Context, part Part) (map[string]any, error) {
	if l.looks > 100 {
		l.cancel()
	}
	return l.twoFaced.ReadPart(ctx, part)
}
