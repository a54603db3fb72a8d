package cognitotest

import (
	"cmp"
	"encoding/json"
	"fmt"
)

// errUnknownOperation is answered as moto answers it, not as AWS.
var errUnknownOperation = &apiError{"UnknownOperationException", ""}

func answerCognito(c *call) (string, *apiError) {
	switch c.operation {
	case "ListUserPools":
		if c.in.MaxResults == nil {
			return "", c.invalid("1 validation error detected: Value null at 'maxResults' failed to satisfy constraint: Member must not be null")
		}
		return page(c, "UserPools", c.place.pools, func(p *pool) any { return names{Id: p.id, Name: p.current.Load().name} }, 60, c.in.MaxResults)
	case "DescribeUserPoolDomain":
		// A domain that is nobody's is described without members.
		var description string
		if c.pool != nil {
			description = c.pool.current.Load().indexed().domains[c.in.Domain]
		}
		return member("DomainDescription", cmp.Or(description, "{}")), nil
	}
	read := reads[c.operation]
	if c.isWrite() {
		if err := c.wellFormed(); err != nil {
			return "", err
		}
	} else if read == nil {
		return "", errUnknownOperation
	}
	if c.pool == nil {
		return "", noPool(cmp.Or(c.in.UserPoolId, c.in.ResourceArn))
	}
	if c.isWrite() {
		return c.pool.write(c)
	}
	return read(c, c.pool.seenBy(c).indexed())
}

// reads are the operations about one pool.
var reads = map[string]func(*call, *state) (string, *apiError){
	"DescribeUserPool": func(_ *call, s *state) (string, *apiError) { return member("UserPool", s.UserPool), nil },
	"GetUserPoolMfaConfig": func(_ *call, s *state) (string, *apiError) {
		return cmp.Or(s.MfaConfig, `{"MfaConfiguration": "OFF"}`), nil
	},
	"ListUserPoolClients": func(c *call, s *state) (string, *apiError) {
		return page(c, "UserPoolClients", s.Clients, func(client string) any {
			n := namesIn(client)
			return names{ClientId: n.ClientId, ClientName: n.ClientName, UserPoolId: c.in.UserPoolId}
		}, 60, c.in.MaxResults)
	},
	"DescribeUserPoolClient": func(c *call, s *state) (string, *apiError) {
		client := s.clients[c.in.ClientId]
		if client == "" {
			return "", &apiError{"ResourceNotFoundException", fmt.Sprintf("User pool client %s does not exist.", c.in.ClientId)}
		}
		return member("UserPoolClient", client), nil
	},
	"ListIdentityProviders": func(c *call, s *state) (string, *apiError) {
		return page(c, "Providers", s.IdentityProviders, func(provider string) any {
			n := namesIn(provider)
			return names{ProviderName: n.ProviderName, ProviderType: n.ProviderType}
		}, 60, c.in.MaxResults)
	},
	"DescribeIdentityProvider": func(c *call, s *state) (string, *apiError) {
		provider := s.providers[c.in.ProviderName]
		if provider == "" {
			return "", &apiError{"ResourceNotFoundException", fmt.Sprintf("Identity provider %s does not exist.", c.in.ProviderName)}
		}
		return member("IdentityProvider", provider), nil
	},
	"ListGroups": func(c *call, s *state) (string, *apiError) {
		return page(c, "Groups", s.Groups, document, 60, c.in.Limit)
	},
	"ListResourceServers": func(c *call, s *state) (string, *apiError) {
		return page(c, "ResourceServers", s.ResourceServers, document, 50, c.in.MaxResults)
	},
	"ListUserImportJobs": func(c *call, s *state) (string, *apiError) {
		if c.in.MaxResults == nil {
			return "", c.invalid("1 validation error detected: Value null at 'maxResults' failed to satisfy constraint: Member must not be null")
		}
		return page(c, "UserImportJobs", s.ImportJobs, document, 60, c.in.MaxResults)
	},
	"DescribeRiskConfiguration": func(c *call, s *state) (string, *apiError) {
		return member("RiskConfiguration", cmp.Or(s.risks[c.in.ClientId], s.risks[""], fmt.Sprintf(`{"UserPoolId": %q}`, c.in.UserPoolId))), nil
	},
	"GetLogDeliveryConfiguration": func(c *call, s *state) (string, *apiError) {
		return member("LogDeliveryConfiguration", cmp.Or(s.LogDelivery, fmt.Sprintf(`{"UserPoolId": %q, "LogConfigurations": []}`, c.in.UserPoolId))), nil
	},
}

// document is a list's element that is the whole document.
func document(text string) any { return json.RawMessage(text) }

// member wraps a document without touching its bytes.
func member(name, document string) string { return `{"` + name + `": ` + document + `}` }

func noPool(id string) *apiError {
	return &apiError{"ResourceNotFoundException", fmt.Sprintf("User pool %s does not exist.", id)}
}
