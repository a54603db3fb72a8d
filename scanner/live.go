package scanner

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/cognilint/cognilint/internal/cognito"
	"github.com/cognilint/cognilint/snapshot"
)

// livePools is how many pools are read at a time.
const livePools = 8

// LiveOptions says which pools to read. Empty Region, Profile and EndpointURL
// leave the choice to the environment and the AWS configuration files.
type LiveOptions struct {
	Region, Profile, EndpointURL string
	// IncludePool selects pools before anything of them is read; nil selects
	// all.
	IncludePool func(id, name string) bool
}

// Live reads the user pools of one account in one Region from the API.
type Live struct {
	client  *cognito.Client
	include func(id, name string) bool
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

// OpenLive finds Region and credentials; it reads no pool yet.
func OpenLive(ctx context.Context, opts LiveOptions) (*Live, error) {
	client, err := cognito.Open(ctx, cognito.Options{Region: opts.Region, Profile: opts.Profile, EndpointURL: opts.EndpointURL})
	if err != nil {
		return nil, err
	}
	return &Live{client: client, include: opts.IncludePool}, nil
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
			r.read(ctx)
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

// liveReading is the reading of one pool.
type liveReading struct {
	client   *cognito.Client
	id       string
	pool     *snapshot.Pool // nil if it could not be described
	problems []Problem
}

func (r *liveReading) read(ctx context.Context) {
	userPool, err := r.client.DescribePool(ctx, r.id)
	if err != nil {
		r.problem("", err)
		return
	}
	r.pool = &snapshot.Pool{
		Region:      r.client.Region(),
		CollectedAt: time.Now().UTC(),
		Source:      snapshot.SourceLive,
		Sections:    map[string]any{"UserPool": userPool},
	}
	r.pool.Account = accountOf(r.pool.ARN())

	if config, err := r.client.MfaConfig(ctx, r.id); err != nil {
		r.unknown(snapshot.Pointer("MfaConfig"), "", err)
	} else {
		r.pool.Sections["MfaConfig"] = config
	}
	r.readClients(ctx)
}

func (r *liveReading) readClients(ctx context.Context) {
	refs, err := r.client.ListClients(ctx, r.id)
	if err != nil {
		r.unknown(snapshot.Pointer("Clients"), "", err)
		return
	}
	clients := make([]any, len(refs))
	for i, ref := range refs {
		client, err := r.client.DescribeClient(ctx, r.id, ref.ID)
		if err != nil {
			// What the list tells is enough to name the client.
			client = map[string]any{"ClientId": ref.ID, "ClientName": ref.Name}
			r.unknown(snapshot.Pointer("Clients", i), "client "+ref.ID+": ", err)
		}
		clients[i] = client
	}
	r.pool.Sections["Clients"] = clients
}

// unknown records a part of the pool that could not be read. About says which
// part the problem is about where operation and pool do not.
func (r *liveReading) unknown(path, about string, err error) {
	read := r.problem(about, err)
	u := snapshot.Unknown{Path: path, Reason: read.Error(), Operation: read.Operation, Code: read.Code}
	if read.Permission != "" {
		u.Hint = "allow " + read.Permission
	}
	r.pool.AddUnknown(u)
}

func (r *liveReading) problem(about string, err error) *cognito.ReadError {
	read, ok := errors.AsType[*cognito.ReadError](err)
	if !ok {
		read = &cognito.ReadError{Message: err.Error()}
	}
	p := Problem{Region: r.client.Region(), Pool: r.id, Operation: read.Operation, Code: read.Code, Message: about + read.Message}
	if read.Permission != "" {
		p.Message += " (allow " + read.Permission + ")"
	}
	if r.pool != nil {
		p.Account = r.pool.Account
	}
	r.problems = append(r.problems, p)
	return read
}

// accountOf returns the account that an ARN names; emulators make ARNs without
// a real one.
func accountOf(arn string) string {
	parts := strings.Split(arn, ":")
	if len(parts) < 5 || len(parts[4]) != 12 || strings.Trim(parts[4], "0123456789") != "" {
		return ""
	}
	return parts[4]
}
