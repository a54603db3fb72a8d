package scanner

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/cognilint/cognilint/internal/cognito"
	"github.com/cognilint/cognilint/snapshot"
)

// Entrance is an account and a Region that were entered: the way to single pools
// there. It is safe for concurrent use, also while [Live.Pools] reads.
type Entrance struct {
	live  *Live
	place *place
}

// Enter enters the accounts and Regions without looking for pools, unless
// [Live.Pools] or Enter did that before. Whatever cannot be entered is a problem,
// as it is for Pools; whether a Region has any pools shows when one is read. The
// entrances are sorted by account and Region. The error says that ctx ended.
func (l *Live) Enter(ctx context.Context) ([]*Entrance, []Problem, error) {
	l.visit(ctx, func([]*place) {})
	if ctx.Err() != nil {
		return nil, l.sortedProblems(), context.Cause(ctx)
	}
	entrances := l.entrances()
	accounts := map[*Entrance]string{}
	for _, e := range entrances {
		accounts[e] = e.Account(ctx)
	}
	slices.SortFunc(entrances, func(a, b *Entrance) int {
		return cmp.Or(cmp.Compare(accounts[a], accounts[b]), cmp.Compare(a.Region(), b.Region()))
	})
	return entrances, l.sortedProblems(), context.Cause(ctx)
}

// Find returns the entrance to an account and a Region that [Live.Pools] or
// [Live.Enter] entered; false if they did not. An account is known by the id that
// pools have in [snapshot.Pool], so it may be empty where that is.
func (l *Live) Find(ctx context.Context, account, region string) (*Entrance, bool) {
	entrances := slices.DeleteFunc(l.entrances(), func(e *Entrance) bool { return e.Region() != region })
	// What pools tell comes second: emulators let all of them tell the same.
	for _, tells := range []func(*Entrance) string{
		func(e *Entrance) string { return e.place.account },
		(*Entrance).told,
		func(e *Entrance) string { return e.Account(ctx) },
	} {
		for _, e := range entrances {
			if known := tells(e); known == account && known != "" {
				return e, true
			}
		}
	}
	if account != "" {
		return nil, false
	}
	i := slices.IndexFunc(entrances, func(e *Entrance) bool { return e.place.account == "" && e.told() == "" })
	if i < 0 {
		return nil, false
	}
	return entrances[i], true
}

func (l *Live) entrances() []*Entrance {
	l.mu.Lock()
	defer l.mu.Unlock()
	entrances := make([]*Entrance, len(l.places))
	for i, p := range l.places {
		entrances[i] = &Entrance{l, p}
	}
	return entrances
}

// Account returns the id of the account: the one that was asked for, or else the
// one that its pools or its credentials tell. It is empty if none of them does.
func (e *Entrance) Account(ctx context.Context) string {
	if known := cmp.Or(e.place.account, e.told()); known != "" {
		return known
	}
	return e.place.owner.identity(ctx).Account
}

// told is the account that the pools told so far.
func (e *Entrance) told() string {
	e.live.mu.Lock()
	defer e.live.mu.Unlock()
	return e.place.told
}

// Region returns the Region.
func (e *Entrance) Region() string { return e.place.region }

// Client returns the client that the reads use, with its pace.
func (e *Entrance) Client() *cognito.Client { return e.place.client }

// Caller returns the ARN of the user, or of the session of a role, whose
// credentials are used there; it is empty if it cannot be found out.
func (e *Entrance) Caller(ctx context.Context) string { return e.place.owner.identity(ctx).ARN }

// Read reads one pool, as [Live.Pools] does, with all sections of the options.
// The pool is nil if it cannot be described, or if ctx ended meanwhile; whatever
// else cannot be read is unknown in it. Each is a problem.
func (e *Entrance) Read(ctx context.Context, poolID string) (*snapshot.Pool, []Problem) {
	slots := make(chan struct{}, 1)
	slots <- struct{}{} // its own, which it gives away and takes back
	r := liveReading{place: e.place, acls: &webACLs{client: e.place.client, pools: 1, slots: slots}, id: poolID}
	r.read(ctx, e.live.opts.Sections, nil)
	if ctx.Err() != nil {
		return nil, r.problems
	}
	if r.pool != nil {
		e.live.mu.Lock()
		defer e.live.mu.Unlock()
		e.place.told = cmp.Or(e.place.told, r.pool.Account)
		return r.pool, r.problems
	}
	for i := range r.problems {
		r.problems[i].Account = e.Account(ctx)
	}
	return nil, r.problems
}

// owner is a session, and whose it is once somebody asked.
type owner struct {
	session *cognito.Session

	mu    sync.Mutex
	asked bool
	is    cognito.Identity // empty if it could not be found out
}

// identity asks once: where nobody answers, every pool would wait.
func (o *owner) identity(ctx context.Context) cognito.Identity {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.asked {
		return o.is
	}
	is, err := o.session.Identity(ctx)
	if err != nil && ctx.Err() != nil {
		return cognito.Identity{}
	}
	o.asked, o.is = true, is
	return is
}
