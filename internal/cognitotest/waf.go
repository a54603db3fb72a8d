package cognitotest

import (
	"fmt"
	"strings"
)

// lockToken is the one of every web ACL: nothing here changes them.
const lockToken = "00000000-0000-0000-0000-000000000000"

// webACL is a web ACL that has an ARN.
type webACL struct {
	arn, id, name string
	document      string
	pools         []string // ARNs of the pools that it protects
}

func newWebACL(document string) *webACL {
	n := namesIn(document)
	return &webACL{arn: n.Arn, id: n.Id, name: n.Name, document: document}
}

// findWebACLs gathers the web ACLs of the pools, by ARN.
func (p *place) findWebACLs() {
	// Many pools may share a document: each is parsed once.
	parsed, known := map[string]*webACL{}, map[string]*webACL{}
	for _, pool := range p.pools {
		document := pool.current.Load().WebACL
		acl := parsed[document]
		if acl == nil {
			acl = newWebACL(document)
			parsed[document] = acl
		}
		if acl.arn == "" {
			continue
		}
		if known[acl.arn] == nil {
			known[acl.arn] = acl
			p.acls = append(p.acls, acl)
		}
		known[acl.arn].pools = append(known[acl.arn].pools, pool.arn)
	}
}

// AddWebACLs adds web ACLs that protect no pool, after those of the pools. A
// document is the member WebACL of GetWebACL. The Region must be one of the
// account; at a server made by New both are ignored.
func (s *Server) AddWebACLs(account, region string, documents ...string) {
	p := s.everywhere
	if p == nil {
		p = s.byID[account].places[region]
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range documents {
		p.acls = append(p.acls, newWebACL(d))
	}
}

var errNoWebACL = &apiError{"WAFNonexistentItemException", "AWS WAF couldn't perform the operation because your resource doesn't exist."}

func (s *Server) answerWAF(c *call) (string, *apiError) {
	if c.operation == "GetWebACLForResource" {
		if c.pool == nil {
			return "", errNoWebACL
		}
		if document := c.pool.current.Load().WebACL; document != "" {
			return member("WebACL", document), nil
		}
		return "{}", nil
	}
	s.mu.Lock()
	acls := c.place.acls
	s.mu.Unlock()
	switch c.operation {
	case "ListWebACLs":
		return listWebACLs(c, acls)
	case "GetWebACL":
		return getWebACL(c, acls)
	case "ListResourcesForWebACL":
		return listResources(c, acls)
	}
	return "", errUnknownOperation
}

// regional refuses the scope of CloudFront, which protects no pool.
func (c *call) regional() *apiError {
	if c.in.Scope != "REGIONAL" {
		return c.invalid(fmt.Sprintf("Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: %s", c.in.Scope))
	}
	return nil
}

func listWebACLs(c *call, acls []*webACL) (string, *apiError) {
	if err := c.regional(); err != nil {
		return "", err
	}
	return page(c, "WebACLs", acls, func(a *webACL) any {
		return map[string]string{"ARN": a.arn, "Id": a.id, "Name": a.name, "Description": "", "LockToken": lockToken}
	}, 100, c.in.Limit)
}

func getWebACL(c *call, acls []*webACL) (string, *apiError) {
	if c.in.ARN == "" {
		if err := c.regional(); err != nil {
			return "", err
		}
		if c.in.Id == "" || c.in.Name == "" {
			return "", c.invalid("Error reason: Id and Name are required without an ARN")
		}
	}
	for _, a := range acls {
		if c.in.ARN != "" && a.arn == c.in.ARN || c.in.ARN == "" && a.id == c.in.Id && a.name == c.in.Name {
			return `{"LockToken": "` + lockToken + `", "WebACL": ` + a.document + `}`, nil
		}
	}
	return "", errNoWebACL
}

func listResources(c *call, acls []*webACL) (string, *apiError) {
	// Other types are real, but a reader of pools has no use for them.
	if c.in.ResourceType != "COGNITO_USER_POOL" {
		return "", c.invalid("Error reason: The resource type is not valid., field: RESOURCE_TYPE, parameter: " + c.in.ResourceType)
	}
	if !strings.HasPrefix(c.in.WebACLArn, "arn:") {
		return "", c.invalid("Error reason: The ARN isn't valid., field: RESOURCE_ARN, parameter: " + c.in.WebACLArn)
	}
	for _, a := range acls {
		if a.arn == c.in.WebACLArn {
			return marshal(map[string]any{"ResourceArns": append([]string{}, a.pools...)})
		}
	}
	return "", errNoWebACL
}
