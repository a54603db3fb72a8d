package cognitotest

import "time"

// The real quotas per second of an account and Region, for all pools together and for each operation and
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
		"DescribeRiskConfiguration", "GetLogDeliveryConfiguration", "DescribeUserPoolDomain", "ListUserImportJobs",
	}},
	{15, 0, []string{"UpdateUserPool", "AddCustomAttributes"}},
	{15, 0, []string{"UpdateUserPoolClient"}},
	{15, 0, []string{
		"SetUserPoolMfaConfig", "SetRiskConfiguration", "SetLogDeliveryConfiguration", "TagResource", "UntagResource",
	}},
	// https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
	{5, 0, []string{"ListWebACLs"}},
	{5, 0, []string{"GetWebACL"}},
	{1, 0, []string{"ListResourcesForWebACL"}},
	{1, 0, []string{"GetWebACLForResource"}},
}

// limits are token buckets that hold what comes in a second.
type limits struct {
	category  map[string]int // by operation, an index of categories
	shared    map[shared]*tokens
	perPool   map[Request]*tokens
	throttled int
}

// shared names the bucket of a category.
type shared struct {
	category        int
	account, region string
}

type tokens struct {
	rate, left float64
	at         time.Time
}

// EnforceQuotas makes the server throttle requests over the real quotas, from
// now on. A server made by New has one account and Region for all requests.
func (s *Server) EnforceQuotas() {
	l := &limits{category: map[string]int{}, shared: map[shared]*tokens{}, perPool: map[Request]*tokens{}}
	for i, c := range categories {
		for _, operation := range c.operations {
			l.category[operation] = i
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
	i, limited := l.category[request.Operation]
	if !limited {
		return false
	}
	now := time.Now()
	request.Body = ""
	buckets := []*tokens{bucket(l.shared, shared{i, request.Account, request.Region}, categories[i].rate, now)}
	if rate := categories[i].perPool; rate > 0 && request.PoolID != "" {
		buckets = append(buckets, bucket(l.perPool, request, rate, now))
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

// bucket returns the bucket with a key, a full one if there is none yet.
func bucket[K comparable](buckets map[K]*tokens, key K, rate float64, now time.Time) *tokens {
	if buckets[key] == nil {
		buckets[key] = &tokens{rate: rate, left: rate, at: now}
	}
	return buckets[key]
}
