package cognito

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// latency is how long the stand-in takes for an answer in a bubble.
const latency = 100 * time.Millisecond

// paced calls f in a bubble with a client that has the default rate and waits
// for its answers, and with the stand-in behind the real quotas.
func paced(t *testing.T, pools []cognitotest.Pool, f func(*testing.T, *cognitotest.Server, *Client)) {
	t.Helper()
	server, client := openClient(t, pools...)
	synctest.Test(t, func(t *testing.T) {
		server.EnforceQuotas()
		client.pacer = newPacer(defaultRate)
		f(t, server, client.over(func(r *http.Request) (*http.Response, error) {
			time.Sleep(latency)
			return direct(server)(r)
		}))
	})
}

// crowd returns pools with clients.
func crowd(pools, clients int) []cognitotest.Pool {
	list := make([]cognitotest.Pool, pools)
	for i := range list {
		list[i].UserPool = fmt.Sprintf(`{"Id": "pool%d", "Name": "x", "Arn": "arn:%d"}`, i, i)
		for j := range clients {
			list[i].Clients = append(list[i].Clients, fmt.Sprintf(`{"ClientId": "client%d"}`, j))
		}
	}
	return list
}

// readPool makes the reads of a whole pool, but for the web ACL and elements of
// lists other than clients.
func readPool(ctx context.Context, c *Client, id string) error {
	_, err := c.DescribePool(ctx, id)
	_, mfa := c.MfaConfig(ctx, id)
	_, providers := c.ListIdentityProviders(ctx, id)
	_, groups := c.Groups(ctx, id)
	_, servers := c.ResourceServers(ctx, id)
	_, logs := c.LogDelivery(ctx, id)
	_, risk := c.PoolRisk(ctx, id)
	refs, clients := c.ListClients(ctx, id)
	errs := []error{err, mfa, providers, groups, servers, logs, risk, clients}
	for _, ref := range refs {
		_, err := c.DescribeClient(ctx, id, ref.ID)
		_, override := c.ClientRisk(ctx, id, ref.ID)
		errs = append(errs, err, override)
	}
	return errors.Join(errs...)
}

// floor is the least time that requests take at the default rate, given the
// burst with which they start.
func floor(requests []cognitotest.Request) time.Duration {
	count := map[quota]float64{}
	for _, r := range requests {
		count[operations[r.Operation].quota]++
	}
	var longest float64
	for q, n := range count {
		perSecond := q.rate * defaultRate
		longest = max(longest, (n-float64(burst(perSecond)))/perSecond)
	}
	return time.Duration(longest * float64(time.Second))
}

func TestPacedReadsAreNeverThrottled(t *testing.T) {
	paced(t, crowd(30, 3), func(t *testing.T, server *cognitotest.Server, client *Client) {
		started := time.Now()
		refs, err := client.ListPools(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		work := make(chan string)
		var group sync.WaitGroup
		for range 16 {
			group.Go(func() {
				for id := range work {
					if err := readPool(t.Context(), client, id); err != nil {
						t.Error(err)
					}
				}
			})
		}
		for _, ref := range refs {
			work <- ref.ID
		}
		close(work)
		group.Wait()

		took, least := time.Since(started), floor(server.Requests())
		t.Logf("%d requests took %v on the fake clock, at least %v", len(server.Requests()), took, least)
		if n := server.Throttled(); n != 0 {
			t.Errorf("%d throttled requests, want none", n)
		}
		if took < least || took > least*5/4 {
			t.Errorf("took %v, want %v to %v", took, least, least*5/4)
		}
	})
}

// Without pacing the same reads are throttled, so the test above tests
// something.
func TestQuotasOfTheStandIn(t *testing.T) {
	paced(t, crowd(30, 0), func(t *testing.T, server *cognitotest.Server, client *Client) {
		client.pacer = newPacer(unpaced)
		var group sync.WaitGroup
		for i := range 30 {
			group.Go(func() { client.DescribePool(t.Context(), fmt.Sprint("pool", i)) })
		}
		group.Wait()
		if n := server.Throttled(); n < 15 {
			t.Errorf("%d throttled requests, want at least 15 of 30", n)
		}
	})
}

func TestPaceOfOnePool(t *testing.T) {
	paced(t, crowd(1, 20), func(t *testing.T, server *cognitotest.Server, client *Client) {
		started := time.Now()
		for i := range 20 {
			if _, err := client.DescribeClient(t.Context(), "pool0", fmt.Sprint("client", i)); err != nil {
				t.Fatal(err)
			}
		}
		// Four at once and the others at four a second; 12 a second are free.
		if took, want := time.Since(started), 4*time.Second+latency; took.Round(time.Millisecond) != want || server.Throttled() != 0 {
			t.Errorf("took %v with %d throttled, want %v and none", took, server.Throttled(), want)
		}
	})
}

func TestPaceOfWAF(t *testing.T) {
	paced(t, crowd(5, 0), func(t *testing.T, server *cognitotest.Server, client *Client) {
		started := time.Now()
		for i := range 5 {
			if _, err := client.WebACLOfPool(t.Context(), fmt.Sprint("arn:", i)); err != nil {
				t.Fatal(err)
			}
		}
		if took, want := time.Since(started), 5*time.Second+latency; took.Round(time.Millisecond) != want || server.Throttled() != 0 {
			t.Errorf("took %v with %d throttled, want %v and none", took, server.Throttled(), want)
		}
	})
}

func TestRetriesArePaced(t *testing.T) {
	server, client := openClient(t, examplePool)
	synctest.Test(t, func(t *testing.T) {
		server.Fail(cognitotest.Fault{Kind: cognitotest.ServerError, Operation: "DescribeUserPool", Call: 1})
		server.Fail(cognitotest.Fault{Kind: cognitotest.ServerError, Operation: "DescribeUserPool", Call: 2})
		client.pacer = newPacer(1.0 / 15) // one request a second
		var at []time.Duration
		started := time.Now()
		slow := client.over(func(r *http.Request) (*http.Response, error) {
			at = append(at, time.Since(started).Round(time.Millisecond))
			return direct(server)(r)
		})
		if _, err := slow.DescribePool(t.Context(), "eu-west-1_A"); err != nil {
			t.Fatal(err)
		}
		if got, want := fmt.Sprint(at), "[0s 1s 2s]"; got != want {
			t.Errorf("attempts at %s, want %s", got, want)
		}
	})
}

func TestThrottledReadsSlowDown(t *testing.T) {
	server, client := openClient(t, examplePool)
	synctest.Test(t, func(t *testing.T) {
		client.pacer = newPacer(defaultRate)
		server.Fail(cognitotest.Fault{Kind: cognitotest.Throttle, Operation: "DescribeUserPool", Call: 1})
		if _, err := client.over(direct(server)).DescribePool(t.Context(), "eu-west-1_A"); err != nil {
			t.Fatal(err)
		}
		for q, want := range map[quota]float64{userPoolRead: 6, userPoolClientRead: 12, userPoolResourceRead: 16} {
			// The retry may have come after a step up.
			if got := client.pacer.buckets[q].rate; got < want || got > want*1.5 || q != userPoolRead && got != want {
				t.Errorf("%s: %v requests a second, want %v", q.name, got, want)
			}
		}
	})
}

func TestBucketHalvesAndRecovers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBucket(16)
		for i, step := range []struct {
			after    time.Duration
			throttle bool
			want     float64
		}{
			{0, false, 16},
			{0, true, 8},
			{time.Second / 2, true, 8}, // sent before the first halving
			{time.Second / 2, true, 4.5},
			{time.Second, false, 5.5},
			{1500 * time.Millisecond, false, 6.5},
			{time.Second / 2, false, 7.5},
			{time.Minute, false, 16},
			{time.Hour, true, 8},
			{2 * time.Second, false, 10},
		} {
			time.Sleep(step.after)
			b.reserve().Cancel()
			if step.throttle {
				b.throttled()
			}
			if b.rate != step.want || float64(b.limiter.Limit()) != step.want || b.limiter.Burst() != int(step.want) {
				t.Errorf("step %d: %v requests a second, at once %d, want %v", i, b.rate, b.limiter.Burst(), step.want)
			}
		}
		for range 50 {
			time.Sleep(recoverEvery)
			b.throttled()
		}
		if b.rate != 1 {
			t.Errorf("throttled all the time: %v requests a second, want 1", b.rate)
		}
	})
}

func TestPaceEndsWithContext(t *testing.T) {
	paced(t, []cognitotest.Pool{examplePool}, func(t *testing.T, server *cognitotest.Server, client *Client) {
		if _, err := client.WebACLOfPool(t.Context(), "arn:A"); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second/2, cancel)
		started := time.Now()
		if _, err := client.WebACLOfPool(ctx, "arn:A"); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want context.Canceled", err)
		}
		if took := time.Since(started); took != time.Second/2 || len(server.Requests()) != 1 {
			t.Errorf("took %v with %d requests, want 0.5 s and 1", took, len(server.Requests()))
		}
		// The token of the request that was not sent is free again.
		if _, err := client.WebACLOfPool(t.Context(), "arn:A"); err != nil || time.Since(started) > 3*time.Second {
			t.Errorf("%v after %v", err, time.Since(started))
		}
	})
}

func TestIdleLimitersAreDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(defaultRate)
		most := 0
		for i := range 5000 {
			if err := p.wait(t.Context(), "ListGroups", fmt.Sprint("pool", i)); err != nil {
				t.Fatal(err)
			}
			most = max(most, len(p.perPool))
		}
		if most > 600 {
			t.Errorf("%d limiters, want only those of the pools read last", most)
		}
	})
}

// Whatever the package calls must have a quota.
func TestEveryReadIsPaced(t *testing.T) {
	server, client := openClient(t, examplePool)
	ctx := t.Context()
	err := readPool(ctx, client, "eu-west-1_A")
	_, pools := client.ListPools(ctx)
	_, provider := client.DescribeIdentityProvider(ctx, "eu-west-1_A", "okta")
	_, domain := client.DescribeDomain(ctx, "shop")
	_, acl := client.WebACLOfPool(ctx, "arn:A")
	_, acls := client.ListWebACLs(ctx)
	ref := WebACLRef{ARN: "arn:acl", ID: "1", Name: "acl"}
	_, protected := client.PoolsOfWebACL(ctx, ref)
	_, described := client.DescribeWebACL(ctx, ref)
	if err := errors.Join(err, pools, provider, domain, acl, acls, protected, described); err != nil {
		t.Fatal(err)
	}
	client.ImportRunning(ctx, "eu-west-1_A") // whatever the answer is
	called := map[string]bool{}
	for _, r := range server.Requests() {
		called[r.Operation] = true
		q := operations[r.Operation].quota
		if q.rate == 0 {
			t.Fatalf("%s has no quota", r.Operation)
		}
		if left := client.pacer.buckets[q].limiter.Tokens(); left > math.Floor(q.rate*unpaced)+1 {
			t.Errorf("%s took no token", r.Operation)
		}
	}
	for name, o := range operations {
		if o.quota.rate > 0 && !called[name] && senders[name] == nil {
			t.Errorf("%s has a quota, but no read calls it", name)
		}
	}
	for name := range called {
		if !strings.HasPrefix(name, "List") && !strings.HasPrefix(name, "Describe") && !strings.HasPrefix(name, "Get") {
			t.Errorf("%s does not look like a read", name)
		}
	}
}
