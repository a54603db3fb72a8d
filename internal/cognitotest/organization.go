package cognitotest

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Account is one account of an organization.
type Account struct {
	ID   string // 12 digits
	Name string
	// State is the one that Organizations tells; empty is ACTIVE. Roles of
	// accounts in other states cannot be assumed.
	State string
	// Regions holds the enabled Regions and their pools. Those of one account
	// are of one partition.
	Regions map[string][]Pool
	// Role is the name of the role that can be assumed, without a path; empty is
	// none.
	Role string
	// ExternalID is what the role requires; empty is nothing.
	ExternalID string
}

// NewOrganization starts a server for an organization. The first account is the
// management account and the caller's own, which the credentials of [Env] belong
// to. Which account and Region a request is for is taken from the credential
// scope of its signature.
func NewOrganization(accounts ...Account) *Server {
	s := &Server{}
	s.start(accounts...)
	return s
}

type account struct {
	Account
	places map[string]*place // by Region
}

func newAccount(a Account) *account {
	a.State = cmp.Or(a.State, "ACTIVE")
	known := &account{a, map[string]*place{}}
	for region, pools := range a.Regions {
		known.places[region] = newPlace(pools)
	}
	return known
}

// ownKey is the access key id of the caller's own credentials.
const ownKey = "AKIDEXAMPLE"

// session is what AssumeRole handed out.
type session struct {
	account *account
	name    string
	token   string
	expires time.Time
}

// caller is who sent a request, and the Region that it is for.
type caller struct {
	account *account // nil if the access key is unknown
	session string   // of the account's role; empty for the caller's own credentials
	region  string
}

func (c caller) arn() string {
	switch {
	case c.account == nil:
		return "anonymous"
	case c.session != "":
		return fmt.Sprintf("arn:%s:sts::%s:assumed-role/%s/%s", partition(c.region), c.account.ID, c.account.Role, c.session)
	}
	return fmt.Sprintf("arn:%s:iam::%s:user/test", partition(c.region), c.account.ID)
}

func (c caller) userID() string {
	if c.session != "" {
		return "AROAEXAMPLE:" + c.session
	}
	return "AIDAEXAMPLE"
}

// partition is the part of AWS that a Region belongs to.
func partition(region string) string {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	}
	return "aws"
}

// identify sets the caller of a request and the place that it is for. An error
// is what AWS answers to credentials that it does not accept there.
func (s *Server) identify(c *call, r *http.Request) *apiError {
	_, credential, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
	credential, _, _ = strings.Cut(credential, ",")
	scope := strings.Split(credential, "/") // key, date, Region, service, aws4_request
	if len(scope) == 5 {
		c.caller.region = scope[2]
	}
	if s.everywhere != nil {
		c.caller.account, c.place = s.accounts[0], s.everywhere
		return nil
	}
	if len(scope) != 5 || scope[3] != c.service.name || scope[4] != "aws4_request" {
		return &apiError{"InvalidSignatureException", fmt.Sprintf("Credential should be scoped to correct service: '%s'.", c.service.name)}
	}
	if err := s.authenticate(c, scope[0], r.Header.Get("X-Amz-Security-Token")); err != nil {
		return err
	}
	c.place = c.caller.account.places[c.caller.region]
	if c.place == nil && (c.service == cognito || c.service == waf) {
		return c.service.unknownClient()
	}
	return nil
}

// authenticate sets the account of an access key.
func (s *Server) authenticate(c *call, key, token string) *apiError {
	if key == ownKey && token == "" {
		c.caller.account = s.accounts[0]
		return nil
	}
	s.mu.Lock()
	known := s.sessions[key]
	s.mu.Unlock()
	if known == nil || known.token != token {
		return c.service.unknownClient()
	}
	c.caller.account, c.caller.session = known.account, known.name
	if !time.Now().Before(known.expires) {
		return c.service.expiredToken()
	}
	return nil
}

func (v *service) unknownClient() *apiError {
	if v == ec2 {
		return &apiError{v.unknownKey, "AWS was not able to validate the provided access credentials"}
	}
	return &apiError{v.unknownKey, "The security token included in the request is invalid."}
}

func (s *Server) answerOrganizations(c *call) (string, *apiError) {
	switch {
	case c.operation != "ListAccounts":
		return "", errUnknownOperation
	case s.everywhere != nil:
		return "", &apiError{"AWSOrganizationsNotInUseException", "Your account is not a member of an organization."}
	case c.caller.account != s.accounts[0]:
		return "", &apiError{c.service.denied, "You don't have permissions to access this resource."}
	}
	return page(c, "Accounts", s.accounts, func(a *account) any {
		member := map[string]string{
			"Id": a.ID, "Name": a.Name, "Email": a.ID + "@example.com", "State": a.State,
			"Arn": fmt.Sprintf("arn:%s:organizations::%s:account/o-example/%s", partition(c.caller.region), s.accounts[0].ID, a.ID),
		}
		// Status, which State replaces, does not know all states.
		switch a.State {
		case "ACTIVE", "SUSPENDED", "PENDING_CLOSURE":
			member["Status"] = a.State
		}
		return member
	}, 20, c.in.MaxResults)
}
