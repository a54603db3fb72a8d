package scanner

import (
	"context"
	"errors"
	"sync"

	"github.com/cognilint/cognilint/internal/cognito"
)

// webACLs tells which web ACL protects a pool of one place. AWS lets it ask
// once a second about a pool, or once a second which pools a web ACL protects,
// so it takes the way that costs fewer calls, and the other one where that is
// barred.
type webACLs struct {
	client *cognito.Client
	// pools is how many pools will be asked for, slots what holds the number of
	// pools down that are read at a time.
	pools int
	slots chan struct{}

	// choose makes the first list of web ACLs, and insist the list that was too
	// expensive at first.
	choose, insist sync.Once
	refs           []cognito.WebACLRef
	listErr        error

	mu sync.Mutex
	// byPool has the web ACLs of the pools that have one, by the pool's ARN; nil
	// if it is not known.
	byPool map[string]*webACL
	// denied counts pools that could not be asked for; barred is set when there
	// is no point in asking for more.
	denied int
	barred error
}

// webACL is a web ACL that is read when it is asked for.
type webACL struct {
	ref  cognito.WebACLRef
	once sync.Once
	acl  map[string]any
	err  error
}

// deniedPools is after how many pools in a row a way counts as barred.
const deniedPools = 3

// of returns the section WebACL of a pool. It gives its slot away while it
// waits for the list of web ACLs, which may take a second for each.
func (w *webACLs) of(ctx context.Context, poolARN string) (any, error) {
	<-w.slots
	w.choose.Do(func() { w.list(ctx, false) })
	w.slots <- struct{}{}
	if acl, known := w.listed(ctx, poolARN); known {
		return acl, nil
	}
	acl, err := w.ask(ctx, poolARN)
	if err == nil || ctx.Err() != nil {
		return acl, err
	}
	w.insist.Do(func() { w.list(ctx, true) })
	if acl, known := w.listed(ctx, poolARN); known {
		return acl, nil
	}
	if read := readError(err); read.Permission != "" {
		either := *read
		either.Permission += ", or wafv2:ListWebACLs, wafv2:ListResourcesForWebACL and wafv2:GetWebACL"
		return nil, &either
	}
	return nil, err
}

// list finds out which pools the web ACLs protect, unless that costs more calls
// than asking for each pool.
func (w *webACLs) list(ctx context.Context, atAnyCost bool) {
	if w.listErr != nil || w.known() || w.pools == 1 && !atAnyCost {
		return
	}
	if w.refs == nil {
		if w.refs, w.listErr = w.client.ListWebACLs(ctx); w.listErr != nil {
			return
		}
	}
	// Each web ACL that protects a pool has to be read, too.
	if n := len(w.refs); n+min(n, w.pools) > w.pools && !atAnyCost {
		return
	}
	byPool := map[string]*webACL{}
	for _, ref := range w.refs {
		arns, err := w.client.PoolsOfWebACL(ctx, ref)
		if err != nil {
			w.listErr = err
			return
		}
		acl := &webACL{ref: ref}
		for _, arn := range arns {
			byPool[arn] = acl
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.byPool = byPool
}

func (w *webACLs) known() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.byPool != nil
}

// listed tells what the list of web ACLs says about a pool; known is false if
// there is no list, or the web ACL in it cannot be read.
func (w *webACLs) listed(ctx context.Context, poolARN string) (acl any, known bool) {
	w.mu.Lock()
	byPool := w.byPool
	w.mu.Unlock()
	found := byPool[poolARN]
	if found == nil {
		return nil, byPool != nil
	}
	found.once.Do(func() { found.acl, found.err = w.client.DescribeWebACL(ctx, found.ref) })
	if found.err != nil {
		return nil, false
	}
	return found.acl, true
}

// ask asks for one pool.
func (w *webACLs) ask(ctx context.Context, poolARN string) (any, error) {
	w.mu.Lock()
	barred := w.barred
	w.mu.Unlock()
	if barred != nil {
		return nil, barred
	}
	acl, err := w.client.WebACLOfPool(ctx, poolARN)
	w.mu.Lock()
	defer w.mu.Unlock()
	if read, ok := errors.AsType[*cognito.ReadError](err); ok && read.Permission != "" {
		if w.denied++; w.denied == deniedPools {
			w.barred = err
		}
	} else {
		w.denied = 0
	}
	return acl, err
}
