package cognito

import (
	"context"
	"maps"
	"sync"
	"time"

	"github.com/aws/smithy-go/middleware"
	"golang.org/x/time/rate"
)

const (
	// defaultRate leaves a part of each quota to the account's own automation.
	defaultRate = 0.8
	// recoverEvery is the time between the steps in which a throttled bucket
	// goes back to its full rate, and the shortest time between two halvings:
	// requests that were under way together are throttled together.
	recoverEvery = time.Second
	// recoverSteps is the number of steps from nothing to the full rate. A
	// bucket never gets slower than one step.
	recoverSteps = 16
)

// pacer holds every request back until the quotas have room for it.
type pacer struct {
	share   float64
	buckets map[quota]*bucket

	mu      sync.Mutex
	perPool map[poolOperation]*rate.Limiter
	sweepAt int // the size of perPool at which to look for idle limiters
}

type poolOperation struct{ operation, poolID string }

// newPacer makes a pacer that uses a share of each quota.
func newPacer(share float64) *pacer {
	p := &pacer{share: share, buckets: map[quota]*bucket{}, perPool: map[poolOperation]*rate.Limiter{}}
	for _, o := range operations {
		if p.buckets[o.quota] == nil && o.quota.rate > 0 {
			p.buckets[o.quota] = newBucket(o.quota.rate * share)
		}
	}
	return p
}

// pace lets an operation wait before each attempt; poolID is empty for
// operations that are not about a pool.
func (p *pacer) pace(operation, poolID string) func(*middleware.Stack) error {
	pace := func(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (out middleware.FinalizeOutput, metadata middleware.Metadata, err error) {
		if err := p.wait(ctx, operation, poolID); err != nil {
			return out, metadata, err
		}
		p.buckets[operations[operation].quota].sent()
		out, metadata, err = next.HandleFinalize(ctx, in)
		if err != nil && throttled.IsErrorThrottle(err).Bool() {
			p.buckets[operations[operation].quota].throttled()
		}
		return out, metadata, err
	}
	return func(stack *middleware.Stack) error {
		// Inside the loop of attempts, and before the signature takes the time.
		return stack.Finalize.Insert(middleware.FinalizeMiddlewareFunc("Pace", pace), "Retry", middleware.After)
	}
}

// wait takes the token of the pool first: the wait for the shared one may be
// long, and what follows it is the request.
func (p *pacer) wait(ctx context.Context, operation, poolID string) error {
	q := operations[operation].quota
	if q.perPool > 0 && poolID != "" {
		if err := sleep(ctx, p.ofPool(poolOperation{operation, poolID}, q.perPool*p.share).Reserve()); err != nil {
			return err
		}
	}
	return sleep(ctx, p.buckets[q].reserve())
}

// ofPool returns the limiter of an operation on a pool. Limiters that have been
// idle are as good as new ones, so they are dropped.
func (p *pacer) ofPool(key poolOperation, perSecond float64) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	limiter := p.perPool[key]
	if limiter == nil {
		if len(p.perPool) >= p.sweepAt {
			maps.DeleteFunc(p.perPool, func(_ poolOperation, l *rate.Limiter) bool { return l.Tokens() >= float64(l.Burst()) })
			p.sweepAt = 2*len(p.perPool) + 256
		}
		limiter = rate.NewLimiter(rate.Limit(perSecond), burst(perSecond))
		p.perPool[key] = limiter
	}
	return limiter
}

// bucket is the token bucket of a quota.
type bucket struct {
	full float64

	mu      sync.Mutex
	limiter *rate.Limiter
	rate    float64
	halved  time.Time
	stepped time.Time // when rate was halved or made its last step up
	calls   int
}

func newBucket(perSecond float64) *bucket {
	return &bucket{full: perSecond, rate: perSecond, limiter: rate.NewLimiter(rate.Limit(perSecond), burst(perSecond))}
}

// burst is what comes together in a second.
func burst(perSecond float64) int { return max(1, int(perSecond)) }

func (b *bucket) reserve() *rate.Reservation {
	b.mu.Lock()
	defer b.mu.Unlock()
	if steps := int(time.Since(b.stepped) / recoverEvery); b.rate < b.full && steps > 0 {
		b.stepped = b.stepped.Add(time.Duration(steps) * recoverEvery)
		b.setRate(min(b.full, b.rate+float64(steps)*b.full/recoverSteps))
	}
	return b.limiter.Reserve()
}

func (b *bucket) sent() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls++
}

// throttled halves the rate: somebody else uses the quota too.
func (b *bucket) throttled() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if time.Since(b.halved) < recoverEvery {
		return
	}
	b.halved = time.Now()
	b.stepped = b.halved
	b.setRate(max(b.full/recoverSteps, b.rate/2))
}

func (b *bucket) setRate(perSecond float64) {
	b.rate = perSecond
	b.limiter.SetLimit(rate.Limit(perSecond))
	b.limiter.SetBurst(burst(perSecond))
}

// Usage is what a client has used of a quota.
type Usage struct {
	// Calls counts requests, attempts included.
	Calls int
	// Rate is how many requests a second may follow.
	Rate float64
}

// Usage returns what the client has used of each quota, in no order.
func (c *Client) Usage() []Usage {
	var usage []Usage
	for _, b := range c.pacer.buckets {
		b.mu.Lock()
		usage = append(usage, Usage{b.calls, b.rate})
		b.mu.Unlock()
	}
	return usage
}

// sleep waits until it is a reservation's turn.
func sleep(ctx context.Context, r *rate.Reservation) error {
	timer := time.NewTimer(r.Delay())
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		r.Cancel()
		return ctx.Err()
	}
}
