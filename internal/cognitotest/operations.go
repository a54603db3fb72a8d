package cognitotest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
)

// errUnknownOperation is answered as moto answers it, not as AWS.
var errUnknownOperation = &apiError{"UnknownOperationException", ""}

// names are the members by which documents are found, and which lists repeat.
type names struct {
	Id, Name, Arn              string `json:",omitempty"`
	ClientId, ClientName       string `json:",omitempty"`
	ProviderName, ProviderType string `json:",omitempty"`
	Domain, UserPoolId         string `json:",omitempty"`
}

// namesIn reads the names in a document; one that is not JSON has none.
func namesIn(document string) names {
	var n names
	if json.Unmarshal([]byte(document), &n) != nil {
		return names{}
	}
	return n
}

// indexOf finds pools by their id, their ARN and their domains.
func indexOf(pools []Pool) map[string]int {
	index := map[string]int{}
	for i, p := range pools {
		n := namesIn(p.UserPool)
		index["id "+n.Id], index["arn "+n.Arn] = i, i
		for _, d := range p.Domains {
			index["domain "+namesIn(d).Domain] = i
		}
	}
	return index
}

// find returns the pool that a request is about.
func (s *Server) find(in input) (pool Pool, found bool) {
	var i int
	switch {
	case in.UserPoolId != "":
		i, found = s.index["id "+in.UserPoolId]
	case in.ResourceArn != "":
		i, found = s.index["arn "+in.ResourceArn]
	case in.Domain != "":
		i, found = s.index["domain "+in.Domain]
	}
	if !found {
		return Pool{}, false
	}
	return s.pools[i], true
}

func (s *Server) answer(operation string, pool Pool, found bool, in input) (string, *apiError) {
	switch operation {
	case "ListUserPools":
		if in.MaxResults == nil {
			return "", invalid("1 validation error detected: Value null at 'maxResults' failed to satisfy constraint: Member must not be null")
		}
		return page("UserPools", s.pools, func(p Pool) any {
			n := namesIn(p.UserPool)
			return names{Id: n.Id, Name: n.Name}
		}, 60, in.MaxResults, in.NextToken)
	case "DescribeUserPoolDomain":
		// A domain that is nobody's is described without members.
		return member("DomainDescription", cmp.Or(find(pool.Domains, func(n names) bool { return n.Domain == in.Domain }), "{}")), nil
	case "GetWebACLForResource":
		if !found {
			return "", &apiError{"WAFNonexistentItemException", "AWS WAF couldn't perform the operation because your resource doesn't exist."}
		}
		if pool.WebACL == "" {
			return "{}", nil
		}
		return member("WebACL", pool.WebACL), nil
	}
	read := reads[operation]
	if read == nil {
		return "", errUnknownOperation
	}
	if !found {
		return "", noPool(in.UserPoolId)
	}
	return read(pool, in)
}

// reads are the operations about one pool.
var reads = map[string]func(Pool, input) (string, *apiError){
	"DescribeUserPool": func(p Pool, _ input) (string, *apiError) { return member("UserPool", p.UserPool), nil },
	"GetUserPoolMfaConfig": func(p Pool, _ input) (string, *apiError) {
		return cmp.Or(p.MfaConfig, `{"MfaConfiguration": "OFF"}`), nil
	},
	"ListUserPoolClients": func(p Pool, in input) (string, *apiError) {
		return page("UserPoolClients", p.Clients, func(c string) any {
			n := namesIn(c)
			return names{ClientId: n.ClientId, ClientName: n.ClientName, UserPoolId: in.UserPoolId}
		}, 60, in.MaxResults, in.NextToken)
	},
	"DescribeUserPoolClient": func(p Pool, in input) (string, *apiError) {
		client := find(p.Clients, func(n names) bool { return n.ClientId == in.ClientId })
		if client == "" {
			return "", &apiError{"ResourceNotFoundException", fmt.Sprintf("User pool client %s does not exist.", in.ClientId)}
		}
		return member("UserPoolClient", client), nil
	},
	"ListIdentityProviders": func(p Pool, in input) (string, *apiError) {
		return page("Providers", p.IdentityProviders, func(provider string) any {
			n := namesIn(provider)
			return names{ProviderName: n.ProviderName, ProviderType: n.ProviderType}
		}, 60, in.MaxResults, in.NextToken)
	},
	"DescribeIdentityProvider": func(p Pool, in input) (string, *apiError) {
		provider := find(p.IdentityProviders, func(n names) bool { return n.ProviderName == in.ProviderName })
		if provider == "" {
			return "", &apiError{"ResourceNotFoundException", fmt.Sprintf("Identity provider %s does not exist.", in.ProviderName)}
		}
		return member("IdentityProvider", provider), nil
	},
	"ListGroups": func(p Pool, in input) (string, *apiError) {
		return page("Groups", p.Groups, document, 60, in.Limit, in.NextToken)
	},
	"ListResourceServers": func(p Pool, in input) (string, *apiError) {
		return page("ResourceServers", p.ResourceServers, document, 50, in.MaxResults, in.NextToken)
	},
	"DescribeRiskConfiguration": func(p Pool, in input) (string, *apiError) {
		ofPool := find(p.RiskConfigurations, func(n names) bool { return n.ClientId == "" })
		own := find(p.RiskConfigurations, func(n names) bool { return n.ClientId == in.ClientId })
		return member("RiskConfiguration", cmp.Or(own, ofPool, fmt.Sprintf(`{"UserPoolId": %q}`, in.UserPoolId))), nil
	},
	"GetLogDeliveryConfiguration": func(p Pool, in input) (string, *apiError) {
		return member("LogDeliveryConfiguration", cmp.Or(p.LogDelivery, fmt.Sprintf(`{"UserPoolId": %q, "LogConfigurations": []}`, in.UserPoolId))), nil
	},
}

// find returns the first document whose names fit, "" if none does.
func find(documents []string, fits func(names) bool) string {
	i := slices.IndexFunc(documents, func(d string) bool { return fits(namesIn(d)) })
	if i < 0 {
		return ""
	}
	return documents[i]
}

// document is a list's element that is the whole document.
func document(text string) any { return json.RawMessage(text) }

// member wraps a document without touching its bytes.
func member(name, document string) string { return `{"` + name + `": ` + document + `}` }

func noPool(id string) *apiError {
	return &apiError{"ResourceNotFoundException", fmt.Sprintf("User pool %s does not exist.", id)}
}

func invalid(message string) *apiError { return &apiError{"InvalidParameterException", message} }
