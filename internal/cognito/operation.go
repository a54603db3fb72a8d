package cognito

// operation is what has to be known about an API operation that this package
// calls.
type operation struct {
	// service is the IAM prefix: "cognito-idp".
	service string
	// quota is what the operation counts against; the zero quota is not paced.
	quota quota
	// also are further IAM actions that the operation needs.
	also []string
}

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
	userPoolRead           = quota{"UserPoolRead", 15, 0}
	userPoolUpdate         = quota{"UserPoolUpdate", 15, 0}
	userPoolClientRead     = quota{"UserPoolClientRead", 15, 5}
	userPoolClientUpdate   = quota{"UserPoolClientUpdate", 15, 5}
	userPoolResourceRead   = quota{"UserPoolResourceRead", 20, 5}
	userPoolResourceUpdate = quota{"UserPoolResourceUpdate", 15, 5}
	webACLOfResource       = quota{"GetWebACLForResource", 1, 0}
	resourcesOfWebACL      = quota{"ListResourcesForWebACL", 1, 0}
	listWebACLs            = quota{"ListWebACLs", 5, 0}
	getWebACL              = quota{"GetWebACL", 5, 0}
)

// operations is every operation that this package calls.
var operations = map[string]operation{
	"ListUserPools":    {service: "cognito-idp", quota: userPoolRead},
	"DescribeUserPool": {service: "cognito-idp", quota: userPoolRead},

	"ListUserPoolClients":    {service: "cognito-idp", quota: userPoolClientRead},
	"DescribeUserPoolClient": {service: "cognito-idp", quota: userPoolClientRead},

	"ListIdentityProviders":     {service: "cognito-idp", quota: userPoolResourceRead},
	"DescribeIdentityProvider":  {service: "cognito-idp", quota: userPoolResourceRead},
	"ListGroups":                {service: "cognito-idp", quota: userPoolResourceRead},
	"ListResourceServers":       {service: "cognito-idp", quota: userPoolResourceRead},
	"DescribeUserPoolDomain":    {service: "cognito-idp", quota: userPoolResourceRead},
	"GetUserPoolMfaConfig":      {service: "cognito-idp", quota: userPoolResourceRead},
	"DescribeRiskConfiguration": {service: "cognito-idp", quota: userPoolResourceRead},
	"ListUserImportJobs":        {service: "cognito-idp", quota: userPoolResourceRead},
	// AWS does not say where these two count; they are about a pool's resources.
	"GetLogDeliveryConfiguration": {service: "cognito-idp", quota: userPoolResourceRead},
	"SetLogDeliveryConfiguration": {service: "cognito-idp", quota: userPoolResourceUpdate},

	"UpdateUserPool":       {service: "cognito-idp", quota: userPoolUpdate},
	"UpdateUserPoolClient": {service: "cognito-idp", quota: userPoolClientUpdate},
	"SetUserPoolMfaConfig": {service: "cognito-idp", quota: userPoolResourceUpdate},
	"SetRiskConfiguration": {service: "cognito-idp", quota: userPoolResourceUpdate},
	"AddCustomAttributes":  {service: "cognito-idp", quota: userPoolResourceUpdate},
	"TagResource":          {service: "cognito-idp", quota: userPoolResourceUpdate},
	"UntagResource":        {service: "cognito-idp", quota: userPoolResourceUpdate},

	"ListWebACLs": {service: "wafv2", quota: listWebACLs},
	"GetWebACL":   {service: "wafv2", quota: getWebACL},
	// The service of the protected resource wants to be asked, too.
	// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html
	"ListResourcesForWebACL": {service: "wafv2", quota: resourcesOfWebACL, also: []string{"cognito-idp:ListResourcesForWebACL"}},
	"GetWebACLForResource":   {service: "wafv2", quota: webACLOfResource, also: []string{"cognito-idp:GetWebACLForResource", "wafv2:GetWebACL"}},

	"GetCallerIdentity": {service: "sts"},
	"AssumeRole":        {service: "sts"},
	"ListAccounts":      {service: "organizations"},
	"DescribeRegions":   {service: "ec2"},
}

// permission is the IAM action that allows an operation.
func permission(name string) string { return operations[name].service + ":" + name }
