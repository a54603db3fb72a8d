package cognito

import (
	"cmp"
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
)

// Accounts lists the ids of the organization's active accounts. With an error
// the list is what was read until then.
func (s *Session) Accounts(ctx context.Context) ([]string, error) {
	client := organizations.NewFromConfig(s.config, func(o *organizations.Options) { o.BaseEndpoint = cmp.Or(s.endpoint, o.BaseEndpoint) })
	const operation = "ListAccounts"
	var ids []string
	pages := organizations.NewListAccountsPaginator(client, &organizations.ListAccountsInput{})
	seen := map[string]bool{}
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx, func(o *organizations.Options) { o.Retryer = newRetryer() })
		if err != nil {
			return ids, newReadError(operation, err, s.timeout)
		}
		for _, account := range page.Accounts {
			if active(account) {
				ids = append(ids, aws.ToString(account.Id))
			}
		}
		if next := aws.ToString(page.NextToken); next != "" && (seen[next] || len(seen) == maxPages) {
			return ids, unexpected(operation, endlessPages(nextToken))
		} else {
			seen[next] = true
		}
	}
	return ids, nil
}

// active looks at State, which takes the place of Status.
// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
func active(account types.Account) bool {
	if account.State != "" {
		return account.State == types.AccountStateActive
	}
	return account.Status == types.AccountStatusActive
}

// Regions lists the Regions that are enabled in the account, sorted.
func (s *Session) Regions(ctx context.Context) ([]string, error) {
	client := ec2.NewFromConfig(s.config, func(o *ec2.Options) { o.BaseEndpoint = cmp.Or(s.endpoint, o.BaseEndpoint) })
	out, err := client.DescribeRegions(ctx, &ec2.DescribeRegionsInput{}, func(o *ec2.Options) { o.Retryer = newRetryer() })
	if err != nil {
		return nil, newReadError("DescribeRegions", err, s.timeout)
	}
	var names []string
	for _, region := range out.Regions {
		if aws.ToString(region.OptInStatus) != "not-opted-in" {
			names = append(names, aws.ToString(region.RegionName))
		}
	}
	// An answer that is not XML at all looks like an empty list to the SDK.
	if len(names) == 0 {
		return nil, unexpected("DescribeRegions", "no Region is enabled")
	}
	slices.Sort(names)
	return names, nil
}
