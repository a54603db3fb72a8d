package scanner

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/cognilint/cognilint/internal/cognito"
	"github.com/cognilint/cognilint/snapshot"
)

// livePools is how many pools are read at a time. The slowest quota that counts
// lets 12 requests a second pass, and answers come within a second, so that many
// keep it busy; more would only wait.
const livePools = 16

// LiveOptions says which pools to read. Empty Region, Profile and EndpointURL
// leave the choice to the environment and the AWS configuration files.
type LiveOptions struct {
	Region, Profile, EndpointURL string
	// IncludePool selects pools before anything of them is read; nil selects
	// all.
	IncludePool func(id, name string) bool
	// Rate is the share of the API's request quotas to use at most; 0 is 0.8.
	Rate float64
	// Sections names the sections to read besides UserPool; nil is MfaConfig and
	// Clients. The pools lack the others, which are not listed as unknown.
	Sections []string
}

// Live reads the user pools of one account in one Region from the API.
type Live struct {
	client   *cognito.Client
	include  func(id, name string) bool
	sections []string
}

// Problem is a read that failed, while the others went on.
type Problem struct {
	// Account is empty when not even the pool could be read.
	Account, Region, Pool string
	// Operation is the API operation, and Code the API's error code; Code is
	// empty when the API gave none.
	Operation, Code string
	Message         string
}

// defaultSections are those that most rules need.
var defaultSections = []string{"MfaConfig", "Clients"}

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
	client, err := cognito.Open(ctx, cognito.Options{Region: opts.Region, Profile: opts.Profile, EndpointURL: opts.EndpointURL, Rate: opts.Rate})
	if err != nil {
		return nil, err
	}
	return &Live{client: client, include: opts.IncludePool, sections: opts.Sections}, nil
}

// Pools reads the pools and hands each to yield as soon as it is complete: in
// no fixed order, one call at a time, never two at once. A pool that cannot be
// described is a problem and not handed over; whatever else of a pool cannot be
// read is a problem, and unknown in the pool. A list of pools that cannot be
// read is the only problem then.
//
// The error is one that ends the reading: ctx ends, or yield returned it. The
// problems are sorted, and valid in any case.
func (l *Live) Pools(ctx context.Context, yield func(*snapshot.Pool) error) ([]Problem, error) {
	refs, err := l.client.ListPools(ctx)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		r := liveReading{client: l.client}
		r.problem("", err)
		return r.problems, nil
	}
	var mu sync.Mutex
	var problems []Problem
	var group errgroup.Group
	group.SetLimit(livePools)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	for _, ref := range refs {
		if l.include != nil && !l.include(ref.ID, ref.Name) {
			continue
		}
		group.Go(func() error {
			r := liveReading{client: l.client, id: ref.ID}
			r.read(ctx, l.sections)
			mu.Lock()
			defer mu.Unlock()
			// A pool whose reads were cut short is not a pool with problems.
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			problems = append(problems, r.problems...)
			if r.pool == nil {
				return nil
			}
			if err := yield(r.pool); err != nil {
				stop(err)
				return err
			}
			return nil
		})
	}
	err = group.Wait()
	slices.SortFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Pool, b.Pool), cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Message, b.Message))
	})
	return problems, err
}
