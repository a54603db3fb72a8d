package scanner

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/cognilint/cognilint/internal/cognito"
	"github.com/cognilint/cognilint/snapshot"
)

const (
	// livePools is how many pools of one place are read at a time. The slowest
	// quota that counts lets 12 requests a second pass, and answers come within
	// a second, so that many keep it busy; more would only wait.
	livePools = 16
	// livePlaces and liveAccounts are how many places are read, and accounts
	// entered, at a time. Each has its own quotas; two cores are busy with the
	// answers of that many.
	livePlaces   = 128
	liveAccounts = 32
)

// LiveOptions says which pools to read. Empty fields leave the choice to the
// environment and the AWS configuration files.
type LiveOptions struct {
	Profile, EndpointURL string
	// Regions names the Regions to read in each account, or is ["all"]: those
	// that are enabled in the account. Empty is the Region of the environment.
	Regions []string
	// RoleARN names a role whose credentials are used instead of the caller's
	// own, ExternalID what its owner, and those of Role and Accounts, ask for.
	RoleARN, ExternalID string
	// Accounts are read, and Organization adds all active accounts of the
	// organization; without both, the account of the credentials is read. The
	// credentials are used for their own account, a role for the others.
	Organization bool
	Accounts     []LiveAccount
	// Known says how to read accounts of the organization, where that differs.
	Known []LiveAccount
	// Role is the name of the role to assume in an account that names none.
	Role string
	// Shard, from 0, is the one of Shards to read: accounts are dealt out by a hash
	// of their ids, so that each is in one shard and stays there. Shards up to 1
	// read everything.
	Shard, Shards int
	// IncludePool selects pools before anything of them is read, IncludeRead when
	// their section UserPool was read; nil selects all.
	IncludePool func(id, name string) bool
	IncludeRead func(*snapshot.Pool) bool
	// Rate is the share of the API's request quotas to use at most; 0 is 0.8.
	Rate float64
	// Timeout bounds one request; 0 is 30 seconds.
	Timeout time.Duration
	// Sections names the sections to read besides UserPool; nil is MfaConfig and
	// Clients. The pools lack the others, which are not listed as unknown.
	Sections []string
	// PlaceDone is called when all pools of a place were read, one call at a
	// time; nil is not called.
	PlaceDone func(Place)
}

// LiveAccount is an account to read. Empty fields stand for those of
// [LiveOptions].
type LiveAccount struct {
	// ID has 12 digits.
	ID string
	// Role is the name or the ARN of the role to assume.
	Role, ExternalID string
	// Profile is used instead of a role.
	Profile string
	Regions []string
}

// Live reads the user pools of accounts and Regions from the API: all of them
// with [Live.Pools], and single ones again with what [Live.Enter] and [Live.Find]
// return. Pools and Enter must not run at the same time.
type Live struct {
	opts    LiveOptions
	session *cognito.Session
	// assumed says that session has the credentials of RoleARN.
	assumed bool

	telling  sync.Mutex // of PlaceDone
	mu       sync.Mutex
	problems []Problem
	places   []*place
	// accounts counts those to enter, entered those that were, or could not be;
	// visited says that these are all.
	accounts, entered int
	visited           bool
}

// Problem is a read that failed, while the others went on.
type Problem struct {
	// Account and Region are empty where they are not known, Pool where the
	// problem is about more than one.
	Account, Region, Pool string
	// Operation is the API operation, and Code the API's error code; Code is
	// empty when the API gave none.
	Operation, Code string
	Message         string
}

// defaultSections are those that most rules need.
var defaultSections = []string{"MfaConfig", "Clients"}

// AllRegions is the only element of [LiveOptions.Regions] that names no Region.
const AllRegions = "all"

// firstRegion is sent the requests that are about no Region if nothing names
// one: it is enabled in every account of the standard partition.
const firstRegion = "us-east-1"

// OpenLive finds Region and credentials; it reads no pool yet.
func OpenLive(ctx context.Context, opts LiveOptions) (*Live, error) {
	if opts.Sections == nil {
		opts.Sections = defaultSections
	}
	for _, name := range opts.Sections {
		if _, ok := snapshot.SectionNamed(name); !ok {
			return nil, fmt.Errorf("%q is no section of a snapshot", name)
		}
	}
	l := &Live{opts: opts}
	options := l.sessionOptions(opts.Profile)
	switch {
	case len(opts.Regions) > 0 && opts.Regions[0] != AllRegions:
		options.Region = opts.Regions[0]
	case len(opts.Regions) > 0 || l.everyAccountHasRegions():
		options.DefaultRegion = firstRegion
	}
	var err error
	l.session, err = cognito.Open(ctx, options)
	return l, err
}

func (l *Live) sessionOptions(profile string) cognito.Options {
	return cognito.Options{Profile: profile, EndpointURL: l.opts.EndpointURL, Rate: l.opts.Rate, Timeout: l.opts.Timeout}
}

// everyAccountHasRegions tells whether no account falls back on the Region of
// the environment.
func (l *Live) everyAccountHasRegions() bool {
	return !l.opts.Organization && len(l.opts.Accounts) > 0 &&
		!slices.ContainsFunc(l.opts.Accounts, func(a LiveAccount) bool { return len(a.Regions) == 0 })
}

// Pools reads the pools and hands each to yield as soon as it is complete: in
// no fixed order, one call at a time, never two at once. Whatever cannot be
// read is a problem, and the rest is read all the same: an account or Region
// that cannot be entered has no pools then, a pool that cannot be described is
// not handed over, and whatever else of a pool cannot be read is unknown in it.
//
// The error is one that ends the reading: ctx ends, or yield returned it. The
// problems are sorted, and valid in any case.
func (l *Live) Pools(ctx context.Context, yield func(*snapshot.Pool) error) ([]Problem, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var reading errgroup.Group
	reading.SetLimit(livePlaces)
	l.visit(ctx, func(places []*place) {
		for _, p := range places {
			reading.Go(func() error { return l.read(ctx, p, stop, yield) })
		}
	})
	reading.Wait()

	l.nameOwnAccount(ctx)
	return l.sortedProblems(), context.Cause(ctx)
}

func (l *Live) sortedProblems() []Problem {
	l.mu.Lock()
	defer l.mu.Unlock()
	slices.SortFunc(l.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region),
			cmp.Compare(a.Pool, b.Pool), cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Message, b.Message))
	})
	return slices.Clone(l.problems)
}

// read reads the pools of one place.
func (l *Live) read(ctx context.Context, p *place, stop context.CancelCauseFunc, yield func(*snapshot.Pool) error) error {
	started := time.Now()
	refs, err := p.client.ListPools(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		l.listProblem(ctx, p, err)
	}
	if l.opts.IncludePool != nil {
		refs = slices.DeleteFunc(refs, func(r cognito.Ref) bool { return !l.opts.IncludePool(r.ID, r.Name) })
	}
	l.mu.Lock()
	p.listed, p.pools = true, len(refs)
	l.mu.Unlock()
	slots := make(chan struct{}, livePools)
	acls := &webACLs{client: p.client, pools: len(refs), slots: slots}
	var group errgroup.Group
	for _, ref := range refs {
		slots <- struct{}{}
		group.Go(func() error {
			defer func() { <-slots }()
			l.mu.Lock()
			p.started++
			l.mu.Unlock()
			r := liveReading{place: p, acls: acls, id: ref.ID}
			included := r.read(ctx, l.opts.Sections, l.opts.IncludeRead)
			l.mu.Lock()
			defer l.mu.Unlock()
			// A pool whose reads were cut short is not a pool with problems.
			if ctx.Err() != nil {
				return ctx.Err()
			}
			p.done++
			p.problems += len(r.problems)
			l.problems = append(l.problems, r.problems...)
			if r.pool == nil {
				return nil
			}
			p.told = cmp.Or(p.told, r.pool.Account)
			if !included {
				return nil
			}
			if err := yield(r.pool); err != nil {
				stop(err)
				return err
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	l.mu.Lock()
	p.finished = true
	l.mu.Unlock()
	if l.opts.PlaceDone != nil {
		// Whoever is told may have to wait for a terminal.
		l.telling.Lock()
		defer l.telling.Unlock()
		l.opts.PlaceDone(Place{Account: cmp.Or(p.account, p.told), Region: p.region, Pools: p.pools, Problems: p.problems, Elapsed: time.Since(started)})
	}
	return nil
}
