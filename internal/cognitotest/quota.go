package cognitotest

import "time"

// The real quotas per second, for all pools together and for each operation and
// pool (0: none), and what counts against them.
// https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html#category_operations
var categories = []struct {
	rate, perPool float64
	operations    []string
}{
	{15, 0, []string{"ListUserPools", "DescribeUserPool"}},
	{15, 5, []string{"ListUserPoolClients", "DescribeUserPoolClient"}},
	{20, 5, []string{
		"GetUserPoolMfaConfig", "ListIdentityProviders", "DescribeIdentityProvider", "ListGroups", "ListResourceServers",
		"DescribeRiskConfiguration", "GetLogDeliveryConfiguration", "DescribeUserPoolDomain",
	}},
	{1, 0, []string{"GetWebACLForResource"}},
}

// limits are token buckets that hold what comes in a second.
type limits struct {
	shared    map[string]*tokens // by operation
	perPool   map[Request]*tokens
	poolRates map[string]float64
	throttled int
}

type tokens struct {
	rate, left float64
	at         time.Time
}

// EnforceQuotas makes the server answer TooManyRequestsException to requests
// over the real quotas, from now on.
func (s *Server) EnforceQuotas() {
	l := &limits{shared: map[string]*tokens{}, perPool: map[Request]*tokens{}, poolRates: map[string]float64{}}
	for _, c := range categories {
		bucket := &tokens{rate: c.rate, left: c.rate, at: time.Now()}
		for _, operation := range c.operations {
			l.shared[operation], l.poolRates[operation] = bucket, c.perPool
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limits = l
}

// Throttled returns how many requests were over the quotas.
func (s *Server) Throttled() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.limits == nil {
		return 0
	}
	return s.limits.throttled
}

// overQuota takes the tokens of a request; true says that they are not there.
func (l *limits) overQuota(request Request) bool {
	if l == nil {
		return false
	}
	now := time.Now()
	var buckets []*tokens
	if shared := l.shared[request.Operation]; shared != nil {
		buckets = append(buckets, shared)
	}
	if rate := l.poolRates[request.Operation]; rate > 0 && request.PoolID != "" {
		if l.perPool[request] == nil {
			l.perPool[request] = &tokens{rate: rate, left: rate, at: now}
		}
		buckets = append(buckets, l.perPool[request])
	}
	for _, b := range buckets {
		b.left = min(b.rate, b.left+b.rate*now.Sub(b.at).Seconds())
		b.at = now
		if b.left < 1-1e-9 {
			l.throttled++
			return true
		}
	}
	for _, b := range buckets {
		b.left--
	}
	return false
}
