package cognitotest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// errUnknownOperation is answered as moto answers it, not as AWS.
var errUnknownOperation = &apiError{"UnknownOperationException", ""}

// maxPage is the largest page of every list.
const maxPage = 60

// names are the members that lists repeat from a document.
type names struct {
	Id, Name             string `json:",omitempty"`
	ClientId, ClientName string `json:",omitempty"`
	UserPoolId           string `json:",omitempty"`
}

// namesIn reads the names in a document; one that is not JSON has none.
func namesIn(document string) names {
	var n names
	if json.Unmarshal([]byte(document), &n) != nil {
		return names{}
	}
	return n
}

func (s *Server) answer(operation string, in input) (string, *apiError) {
	if operation == "ListUserPools" {
		if in.MaxResults == nil {
			return "", invalid("1 validation error detected: Value null at 'maxResults' failed to satisfy constraint: Member must not be null")
		}
		var list []names
		for _, p := range s.pools {
			n := namesIn(p.UserPool)
			list = append(list, names{Id: n.Id, Name: n.Name})
		}
		return page("UserPools", list, in)
	}
	pool, err := s.pool(in.UserPoolId)
	switch operation {
	case "DescribeUserPool":
		return member("UserPool", pool.UserPool), err
	case "GetUserPoolMfaConfig":
		return cmp.Or(pool.MfaConfig, `{"MfaConfiguration": "OFF"}`), err
	case "ListUserPoolClients":
		if err != nil {
			return "", err
		}
		var list []names
		for _, c := range pool.Clients {
			n := namesIn(c)
			list = append(list, names{ClientId: n.ClientId, ClientName: n.ClientName, UserPoolId: in.UserPoolId})
		}
		return page("UserPoolClients", list, in)
	case "DescribeUserPoolClient":
		if err != nil {
			return "", err
		}
		for _, c := range pool.Clients {
			if namesIn(c).ClientId == in.ClientId {
				return member("UserPoolClient", c), nil
			}
		}
		return "", &apiError{"ResourceNotFoundException", fmt.Sprintf("User pool client %s does not exist.", in.ClientId)}
	}
	return "", errUnknownOperation
}

func (s *Server) pool(id string) (Pool, *apiError) {
	for _, p := range s.pools {
		if id != "" && namesIn(p.UserPool).Id == id {
			return p, nil
		}
	}
	return Pool{}, noPool(id)
}

// page answers with the elements that MaxResults and NextToken select. The
// token is opaque to clients; here it holds the index of the next element.
func page(name string, list []names, in input) (string, *apiError) {
	size, from := maxPage, 0
	if in.MaxResults != nil {
		size = *in.MaxResults
	}
	if size < 1 || size > maxPage {
		return "", invalid(fmt.Sprintf("1 validation error detected: Value '%d' at 'maxResults' failed to satisfy constraint: Member must have value between 1 and %d", size, maxPage))
	}
	if in.NextToken != "" {
		offset, ok := strings.CutPrefix(in.NextToken, "from-")
		n, err := strconv.Atoi(offset)
		if !ok || err != nil || n < 0 || n > len(list) {
			return "", invalid("Invalid NextToken")
		}
		from = n
	}
	to := min(from+size, len(list))
	answer := map[string]any{name: append([]names{}, list[from:to]...)}
	if to < len(list) {
		answer["NextToken"] = "from-" + strconv.Itoa(to)
	}
	body, err := json.Marshal(answer)
	if err != nil {
		return "", &apiError{"InternalErrorException", err.Error()}
	}
	return string(body), nil
}

// member wraps a document without touching its bytes.
func member(name, document string) string { return `{"` + name + `": ` + document + `}` }

func noPool(id string) *apiError {
	return &apiError{"ResourceNotFoundException", fmt.Sprintf("User pool %s does not exist.", id)}
}

func invalid(message string) *apiError { return &apiError{"InvalidParameterException", message} }
