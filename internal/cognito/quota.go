package cognito

// quota is a request quota per account and Region, in requests per second.
type quota struct {
	name string
	rate float64
	// perPool holds for each operation and pool beside rate; 0 is no limit.
	perPool float64
}

// The quotas of the operations that this package calls. None can be raised.
// https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html#category_operations
// https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
var (
	userPoolRead         = quota{"UserPoolRead", 15, 0}
	userPoolClientRead   = quota{"UserPoolClientRead", 15, 5}
	userPoolResourceRead = quota{"UserPoolResourceRead", 20, 5}
	wafAssociationRead   = quota{"WAF", 1, 0}
)

// quotas is which operation counts against which quota.
var quotas = map[string]quota{
	"ListUserPools":    userPoolRead,
	"DescribeUserPool": userPoolRead,

	"ListUserPoolClients":    userPoolClientRead,
	"DescribeUserPoolClient": userPoolClientRead,

	"ListIdentityProviders":    userPoolResourceRead,
	"DescribeIdentityProvider": userPoolResourceRead,
	"ListGroups":               userPoolResourceRead,
	"ListResourceServers":      userPoolResourceRead,
	"DescribeUserPoolDomain":   userPoolResourceRead,
	// AWS does not say where these count; they are about a pool's resources.
	"GetUserPoolMfaConfig":        userPoolResourceRead,
	"DescribeRiskConfiguration":   userPoolResourceRead,
	"GetLogDeliveryConfiguration": userPoolResourceRead,

	"GetWebACLForResource": wafAssociationRead,
}
