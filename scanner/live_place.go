package scanner

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/cognilint/cognilint/internal/cognito"
)

// Place is an account and a Region of which all pools were read.
type Place struct {
	// Account is empty if nothing told it: the caller's own, without pools.
	Account, Region string
	Pools, Problems int
	Elapsed         time.Duration
}

// place is an account and a Region whose pools are read.
type place struct {
	account, region string
	client          *cognito.Client
	// owner is whose credentials the client uses.
	owner *owner
	// every tells that nobody named the Region: all Regions were asked for.
	every bool

	// Below, what [Live.mu] guards. Told is the account that the pools named,
	// pools the number of pools to read, known once they are listed.
	told                           string
	listed, finished               bool
	pools, started, done, problems int
}

// entry is an account and how to enter it.
type entry struct {
	account string // empty: the caller's own, whichever it is
	regions []string
	enter   func(context.Context) (*cognito.Session, error)
}

// entries finds out which accounts to read.
func (l *Live) entries(ctx context.Context) []entry {
	base := func(context.Context) (*cognito.Session, error) { return l.session, nil }
	if l.opts.RoleARN != "" && !l.assumed {
		session, err := l.session.Assume(ctx, l.opts.RoleARN, l.opts.ExternalID)
		if err != nil {
			l.problem(ctx, Problem{Account: accountOf(l.opts.RoleARN)}, err, "")
			return nil
		}
		l.session, l.assumed = session, true
	}
	if !l.opts.Organization && len(l.opts.Accounts) == 0 && l.opts.Shards <= 1 {
		l.expect(1)
		return []entry{{account: accountOf(l.opts.RoleARN), regions: l.opts.Regions, enter: base}}
	}

	own, err := l.session.Identity(ctx)
	if err != nil {
		l.problem(ctx, Problem{}, err, "")
		return nil
	}
	accounts := slices.Clone(l.opts.Accounts)
	if !l.opts.Organization && len(accounts) == 0 {
		accounts = append(accounts, LiveAccount{ID: own.Account})
	}
	if l.opts.Organization {
		ids, err := l.session.Accounts(ctx)
		if err != nil {
			l.problem(ctx, Problem{Account: own.Account}, err, "")
			// The caller's own account is in the organization in any case.
			ids = append(ids, own.Account)
		}
		for _, id := range ids {
			account := LiveAccount{ID: id}
			if i := slices.IndexFunc(l.opts.Known, func(a LiveAccount) bool { return a.ID == id }); i >= 0 {
				account = l.opts.Known[i]
			}
			accounts = append(accounts, account)
		}
	}
	var entries []entry
	seen := map[string]bool{}
	for _, a := range accounts {
		if seen[a.ID] || !l.inShard(a.ID) {
			continue
		}
		seen[a.ID] = true
		e := entry{account: a.ID, regions: a.Regions, enter: base}
		if e.regions == nil {
			e.regions = l.opts.Regions
		}
		switch {
		case a.Profile != "":
			e.enter = func(ctx context.Context) (*cognito.Session, error) { return l.profile(ctx, a) }
		case a.ID != own.Account || a.Role != "":
			e.enter = func(ctx context.Context) (*cognito.Session, error) { return l.assume(ctx, a, own.Partition) }
		}
		entries = append(entries, e)
	}
	l.expect(len(entries))
	return entries
}

// inShard tells whether an account is one to read.
func (l *Live) inShard(account string) bool {
	if l.opts.Shards <= 1 {
		return true
	}
	h := fnv.New32a()
	h.Write([]byte(account))
	return int(h.Sum32()%uint32(l.opts.Shards)) == l.opts.Shard
}

func (l *Live) assume(ctx context.Context, a LiveAccount, partition string) (*cognito.Session, error) {
	role, externalID := a.Role, a.ExternalID
	if role == "" {
		role = l.opts.Role
	}
	if role == "" {
		return nil, fmt.Errorf("no role is named to enter the account with; use --org-role, or role in the configuration file")
	}
	if externalID == "" {
		externalID = l.opts.ExternalID
	}
	if !strings.HasPrefix(role, "arn:") {
		role = fmt.Sprintf("arn:%s:iam::%s:role/%s", partition, a.ID, strings.TrimPrefix(role, "/"))
	}
	return l.session.Assume(ctx, role, externalID)
}

// profile makes sure that the profile leads to the account whose name the
// results will bear.
func (l *Live) profile(ctx context.Context, a LiveAccount) (*cognito.Session, error) {
	options := l.sessionOptions(a.Profile)
	options.DefaultRegion = l.session.Region()
	session, err := cognito.Open(ctx, options)
	if err != nil {
		return nil, err
	}
	is, err := session.Identity(ctx)
	if err != nil {
		return nil, err
	}
	if is.Account != a.ID {
		return nil, fmt.Errorf("profile %s belongs to account %s", a.Profile, is.Account)
	}
	return session, nil
}

// visit enters the accounts and hands over the places of each as soon as they
// are known, from several goroutines; or all at once, if it was done before.
func (l *Live) visit(ctx context.Context, found func([]*place)) {
	l.mu.Lock()
	visited, places := l.visited, l.places
	if !visited {
		l.places, l.entered, l.problems = nil, 0, nil
	}
	l.mu.Unlock()
	if visited {
		found(places)
		return
	}
	var entering errgroup.Group
	entering.SetLimit(liveAccounts)
	for _, e := range l.entries(ctx) {
		entering.Go(func() error {
			found(l.enter(ctx, e))
			return nil
		})
	}
	entering.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.visited = ctx.Err() == nil
}

// enter returns the places of an account, none if it cannot be entered.
func (l *Live) enter(ctx context.Context, e entry) []*place {
	places := l.placesOf(ctx, e)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entered++
	l.places = append(l.places, places...)
	return places
}

func (l *Live) placesOf(ctx context.Context, e entry) []*place {
	session, err := e.enter(ctx)
	if err != nil {
		l.problem(ctx, Problem{Account: e.account}, err, "")
		return nil
	}
	regions, every := e.regions, false
	switch {
	case len(regions) == 0:
		regions = []string{session.Region()}
	case regions[0] == AllRegions:
		every = true
		if regions, err = session.Regions(ctx); err != nil {
			l.problem(ctx, Problem{Account: e.account}, err, "; or name the Regions with --region")
			return nil
		}
	}
	var places []*place
	owner := &owner{session: session}
	for _, region := range slices.Compact(slices.Sorted(slices.Values(regions))) {
		places = append(places, &place{account: e.account, region: region, client: session.Client(region), owner: owner, every: every})
	}
	return places
}

func (l *Live) expect(accounts int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.accounts = accounts
}

// problem records that something about more than one pool failed.
func (l *Live) problem(ctx context.Context, p Problem, err error, advice string) {
	if ctx.Err() != nil {
		return // it failed because the reading ends
	}
	read := readError(err)
	p.Operation, p.Code, p.Message = read.Operation, read.Code, read.Advice()+advice
	l.mu.Lock()
	defer l.mu.Unlock()
	l.problems = append(l.problems, p)
}

// listProblem records that the pools of a place could not be listed to the end.
func (l *Live) listProblem(ctx context.Context, p *place, err error) {
	if p.every && cognito.NotOffered(p.region, err) {
		return
	}
	advice := ""
	if slices.Contains(notEnabled, readError(err).Code) {
		advice = "; the Region may not be enabled in the account"
	}
	l.problem(ctx, Problem{Account: p.account, Region: p.region}, err, advice)
	l.mu.Lock()
	defer l.mu.Unlock()
	p.problems++
}

// notEnabled are the codes of the answers that credentials get in a Region that
// their account has not enabled.
// https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
var notEnabled = []string{"UnrecognizedClientException", "InvalidClientTokenId", "AuthFailure"}

// nameOwnAccount says whose the problems of the caller's own account are, which
// no pool may have told.
func (l *Live) nameOwnAccount(ctx context.Context) {
	own := func(p Problem) bool { return p.Account == "" && p.Region != "" }
	if ctx.Err() != nil || !slices.ContainsFunc(l.problems, own) {
		return
	}
	id, err := l.session.Identity(ctx)
	if err != nil {
		return
	}
	for i, p := range l.problems {
		if own(p) {
			l.problems[i].Account = id.Account
		}
	}
}
