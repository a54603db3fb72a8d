package cognito

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	cip "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
)

// What one page of a list may hold at most, and one of ListResourceServers.
const (
	pageSize               = 60
	resourceServerPageSize = 50
)

// nextToken is the member of a list that leads to its next page.
const nextToken = "NextToken"

// Ref names a user pool, an app client or an identity provider in a list. Name
// is empty for the latter.
type Ref struct{ ID, Name string }

// ListPools lists all user pools of the Region. With an error the list is what
// was read until then.
func (c *Client) ListPools(ctx context.Context) ([]Ref, error) {
	const operation = "ListUserPools"
	pools, err := list(operation, "UserPools", "Id", nextToken, func(token *string) (map[string]any, error) {
		return read(ctx, c, operation, "", c.api.ListUserPools, &cip.ListUserPoolsInput{MaxResults: aws.Int32(pageSize), NextToken: token})
	})
	return refs(pools, "Id", "Name"), err
}

// DescribePool reads the section UserPool.
func (c *Client) DescribePool(ctx context.Context, poolID string) (map[string]any, error) {
	const operation = "DescribeUserPool"
	answer, err := read(ctx, c, operation, poolID, c.api.DescribeUserPool, &cip.DescribeUserPoolInput{UserPoolId: &poolID})
	if err != nil {
		return nil, err
	}
	return element(operation, "UserPool", answer["UserPool"], "Id", poolID)
}

// MfaConfig reads the section MfaConfig.
func (c *Client) MfaConfig(ctx context.Context, poolID string) (map[string]any, error) {
	const operation = "GetUserPoolMfaConfig"
	answer, err := read(ctx, c, operation, poolID, c.api.GetUserPoolMfaConfig, &cip.GetUserPoolMfaConfigInput{UserPoolId: &poolID})
	if err != nil {
		return nil, err
	}
	return element(operation, "MfaConfig", answer, "", "")
}

// ListClients lists all app clients of a pool.
func (c *Client) ListClients(ctx context.Context, poolID string) ([]Ref, error) {
	const operation = "ListUserPoolClients"
	clients, err := list(operation, "UserPoolClients", "ClientId", nextToken, func(token *string) (map[string]any, error) {
		return read(ctx, c, operation, poolID, c.api.ListUserPoolClients, &cip.ListUserPoolClientsInput{UserPoolId: &poolID, MaxResults: aws.Int32(pageSize), NextToken: token})
	})
	return refs(clients, "ClientId", "ClientName"), err
}

// DescribeClient reads one element of the section Clients.
func (c *Client) DescribeClient(ctx context.Context, poolID, clientID string) (map[string]any, error) {
	const operation = "DescribeUserPoolClient"
	answer, err := read(ctx, c, operation, poolID, c.api.DescribeUserPoolClient, &cip.DescribeUserPoolClientInput{UserPoolId: &poolID, ClientId: &clientID})
	if err != nil {
		return nil, err
	}
	return element(operation, "Clients", answer["UserPoolClient"], "ClientId", clientID)
}

// ListIdentityProviders lists all identity providers of a pool.
func (c *Client) ListIdentityProviders(ctx context.Context, poolID string) ([]Ref, error) {
	const operation = "ListIdentityProviders"
	providers, err := list(operation, "Providers", "ProviderName", nextToken, func(token *string) (map[string]any, error) {
		return read(ctx, c, operation, poolID, c.api.ListIdentityProviders, &cip.ListIdentityProvidersInput{UserPoolId: &poolID, MaxResults: aws.Int32(pageSize), NextToken: token})
	})
	return refs(providers, "ProviderName", ""), err
}

// DescribeIdentityProvider reads one element of the section IdentityProviders.
func (c *Client) DescribeIdentityProvider(ctx context.Context, poolID, name string) (map[string]any, error) {
	const operation = "DescribeIdentityProvider"
	answer, err := read(ctx, c, operation, poolID, c.api.DescribeIdentityProvider, &cip.DescribeIdentityProviderInput{UserPoolId: &poolID, ProviderName: &name})
	if err != nil {
		return nil, err
	}
	return element(operation, "IdentityProviders", answer["IdentityProvider"], "ProviderName", name)
}

// Groups reads the section Groups.
func (c *Client) Groups(ctx context.Context, poolID string) ([]any, error) {
	const operation = "ListGroups"
	groups, err := list(operation, "Groups", "GroupName", nextToken, func(token *string) (map[string]any, error) {
		return read(ctx, c, operation, poolID, c.api.ListGroups, &cip.ListGroupsInput{UserPoolId: &poolID, Limit: aws.Int32(pageSize), NextToken: token})
	})
	if err != nil {
		return nil, err
	}
	return elements(operation, "Groups", groups)
}

// ResourceServers reads the section ResourceServers.
func (c *Client) ResourceServers(ctx context.Context, poolID string) ([]any, error) {
	const operation = "ListResourceServers"
	servers, err := list(operation, "ResourceServers", "Identifier", nextToken, func(token *string) (map[string]any, error) {
		return read(ctx, c, operation, poolID, c.api.ListResourceServers, &cip.ListResourceServersInput{UserPoolId: &poolID, MaxResults: aws.Int32(resourceServerPageSize), NextToken: token})
	})
	if err != nil {
		return nil, err
	}
	return elements(operation, "ResourceServers", servers)
}

// LogDelivery reads the section LogDeliveryConfiguration.
func (c *Client) LogDelivery(ctx context.Context, poolID string) (map[string]any, error) {
	const operation = "GetLogDeliveryConfiguration"
	answer, err := read(ctx, c, operation, poolID, c.api.GetLogDeliveryConfiguration, &cip.GetLogDeliveryConfigurationInput{UserPoolId: &poolID})
	if err != nil {
		return nil, err
	}
	return element(operation, "LogDeliveryConfiguration", answer["LogDeliveryConfiguration"], "", "")
}

// DescribeDomain reads one element of the section Domains.
func (c *Client) DescribeDomain(ctx context.Context, domain string) (map[string]any, error) {
	const operation = "DescribeUserPoolDomain"
	answer, err := read(ctx, c, operation, "", c.api.DescribeUserPoolDomain, &cip.DescribeUserPoolDomainInput{Domain: &domain})
	if err != nil {
		return nil, err
	}
	return element(operation, "Domains", answer["DomainDescription"], "Domain", domain)
}

// runningImports are the states of an import that writes users, or is about to.
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserImportJobType.html
var runningImports = []string{"Pending", "InProgress", "Stopping"}

// ImportRunning tells whether users are being imported into a pool: some
// settings cannot be changed meanwhile.
func (c *Client) ImportRunning(ctx context.Context, poolID string) (bool, error) {
	const operation, member = "ListUserImportJobs", "UserImportJobs"
	jobs, err := list(operation, member, "JobId", "PaginationToken", func(token *string) (map[string]any, error) {
		answer, err := read(ctx, c, operation, poolID, c.api.ListUserImportJobs, &cip.ListUserImportJobsInput{UserPoolId: &poolID, MaxResults: aws.Int32(pageSize), PaginationToken: token})
		// By its model the API has no list that is empty.
		if err == nil && answer[member] == nil {
			answer[member] = []any{}
		}
		return answer, err
	})
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(jobs, func(job map[string]any) bool {
		status, _ := job["Status"].(string)
		return slices.Contains(runningImports, status)
	}), nil
}
