package cognito

import (
	"maps"
	"slices"

	"github.com/cognilint/cognilint/snapshot"
)

// Run is what the permissions of a run depend on.
type Run struct {
	// Sections names the sections of a snapshot that are read besides UserPool.
	Sections []string
	// Repair says that pools are repaired, too. All sections are read then:
	// every rule is evaluated on a pool as it would be.
	Repair bool
	// AllRegions says that each account is asked which Regions it has enabled.
	AllRegions bool
	// Organization says that the accounts of the organization are listed.
	Organization bool
	// FirstRole is the ARN of the role that the caller assumes before all else,
	// empty for none. AccountRoles are the ARNs of the roles that are assumed to
	// enter accounts. They may hold wildcards.
	FirstRole    string
	AccountRoles []string
}

// Policy is an identity-based policy of IAM; its JSON is the policy document.
type Policy struct {
	Version   string
	Statement []Statement
}

// Statement allows actions. Actions are sorted, and none holds a wildcard.
type Statement struct {
	Sid, Effect      string
	Action, Resource []string
	Condition        map[string]map[string]string `json:",omitempty"`
}

// Resources of statements. A wildcard may stand for the partition, so that a
// policy serves all of them, but not for the service.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
const (
	everything = "*"
	userPools  = "arn:*:cognito-idp:*:*:userpool/*"
	// webACLs leaves out those of CloudFront, which protect no pool.
	webACLs = "arn:*:wafv2:*:*:regional/webacl/*/*"
	roles   = "arn:*:iam::*:role/*"
	// emailRole lets Cognito send e-mail through Amazon SES.
	// https://docs.aws.amazon.com/cognito/latest/developerguide/using-service-linked-roles.html
	emailRole = "arn:*:iam::*:role/aws-service-role/" + emailService + "/AWSServiceRoleForAmazonCognitoIdpEmailService*"

	userPoolService = "cognito-idp.amazonaws.com"
	emailService    = "email.cognito-idp.amazonaws.com"
)

// sectionReads are the statements that allow reading pools, with the operations
// that each section takes. The resources are as narrow as the actions support.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html
var sectionReads = []struct {
	sid        string
	resources  []string
	operations map[string][]string
}{
	// What lists comes before there is a resource to name.
	{"CognilintListPools", []string{everything}, map[string][]string{"UserPool": {"ListUserPools"}}},
	{"CognilintReadPools", []string{userPools}, map[string][]string{
		"UserPool":                 {"DescribeUserPool"},
		"MfaConfig":                {"GetUserPoolMfaConfig"},
		"Clients":                  {"ListUserPoolClients", "DescribeUserPoolClient"},
		"IdentityProviders":        {"ListIdentityProviders", "DescribeIdentityProvider"},
		"Groups":                   {"ListGroups"},
		"ResourceServers":          {"ListResourceServers"},
		"RiskConfigurations":       {"DescribeRiskConfiguration", "ListUserPoolClients"},
		"LogDeliveryConfiguration": {"GetLogDeliveryConfiguration"},
	}},
	// The request names a domain and no pool.
	{"CognilintReadDomains", []string{everything}, map[string][]string{"Domains": {"DescribeUserPoolDomain"}}},
	{"CognilintListWebACLs", []string{everything}, map[string][]string{"WebACL": {"ListWebACLs"}}},
	// Both kinds of resources may be looked at for one action.
	{"CognilintReadWebACLs", []string{userPools, webACLs}, map[string][]string{
		"WebACL": {"GetWebACL", "GetWebACLForResource", "ListResourcesForWebACL"},
	}},
}

// repairDependents are the statements that allow what the operations that write
// do on behalf of the caller. Settings that stay as they are go out with those
// that change, so what they need is needed, too.
var repairDependents = []Statement{
	{
		// The role that sends SMS, and a client's role for analytics.
		Sid: "CognilintPassRoles", Action: []string{"iam:PassRole"}, Resource: []string{roles},
		Condition: map[string]map[string]string{"StringEquals": {"iam:PassedToService": userPoolService}},
	},
	{
		Sid: "CognilintCreateEmailRole", Action: []string{"iam:CreateServiceLinkedRole"}, Resource: []string{emailRole},
		Condition: map[string]map[string]string{"StringEquals": {"iam:AWSServiceName": emailService}},
	},
	{
		// What SetLogDeliveryConfiguration needs for a log group. A bucket or a
		// stream needs more, which is too much to allow for all buckets.
		// https://docs.aws.amazon.com/cognito/latest/developerguide/exporting-quotas-and-usage.html
		Sid: "CognilintDeliverLogs", Resource: []string{everything},
		Action: []string{
			"logs:CreateLogDelivery",
			"logs:DeleteLogDelivery",
			"logs:DescribeLogGroups",
			"logs:DescribeResourcePolicies",
			"logs:GetLogDelivery",
			"logs:ListLogDeliveries",
			"logs:PutResourcePolicy",
			"logs:UpdateLogDelivery",
		},
	},
}

// Permissions returns the least policy that a run needs: first what the role
// needs that reads the pools, then what leads there.
func Permissions(run Run) Policy {
	p := Policy{Version: "2012-10-17"}
	for _, reads := range sectionReads {
		var names []string
		for _, section := range snapshot.Sections {
			if section.Name == "UserPool" || run.Repair || slices.Contains(run.Sections, section.Name) {
				names = append(names, reads.operations[section.Name]...)
			}
		}
		p.allow(reads.sid, reads.resources, names...)
	}
	if run.AllRegions {
		p.allow("CognilintListRegions", []string{everything}, "DescribeRegions")
	}
	if run.Repair {
		p.allow("CognilintRepairPools", []string{userPools}, append(slices.Collect(maps.Keys(senders)), "ListUserImportJobs")...)
		for _, s := range repairDependents {
			s.Effect = "Allow"
			p.Statement = append(p.Statement, s)
		}
	}
	if run.FirstRole != "" {
		p.allow("CognilintAssumeRole", []string{run.FirstRole}, "AssumeRole")
	}
	if run.Organization {
		p.allow("CognilintListAccounts", []string{everything}, "ListAccounts")
	}
	if len(run.AccountRoles) > 0 {
		p.allow("CognilintEnterAccounts", slices.Compact(slices.Sorted(slices.Values(run.AccountRoles))), "AssumeRole")
	}
	return p
}

// allow adds a statement for operations, if there are any.
func (p *Policy) allow(sid string, resources []string, names ...string) {
	if len(names) == 0 {
		return
	}
	var actions []string
	for _, name := range names {
		actions = append(append(actions, permission(name)), operations[name].also...)
	}
	slices.Sort(actions)
	p.Statement = append(p.Statement, Statement{Sid: sid, Effect: "Allow", Action: slices.Compact(actions), Resource: resources})
}
