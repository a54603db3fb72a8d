package cognitotest

import (
	"encoding/xml"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The namespaces of the answers.
const (
	stsNamespace = "https://sts.amazonaws.com/doc/2011-06-15/"
	ec2Namespace = "http://ec2.amazonaws.com/doc/2016-11-15/"
	requestID    = "00000000-0000-0000-0000-000000000000"
)

// node is an element of XML with text or children.
type node struct {
	XMLName   xml.Name
	Namespace string `xml:"xmlns,attr,omitempty"`
	Text      string `xml:",chardata"`
	Children  []node `xml:",any"`
}

func leaf(name, text string) node { return node{XMLName: xml.Name{Local: name}, Text: text} }

func tree(name string, children ...node) node {
	return node{XMLName: xml.Name{Local: name}, Children: children}
}

func (n node) in(namespace string) (string, *apiError) {
	n.Namespace = namespace
	text, err := xml.Marshal(n)
	if err != nil {
		return "", &apiError{"InternalFailure", err.Error()}
	}
	return string(text), nil
}

// xmlError is the body of an error in the service's format.
func (v *service) xmlError(err *apiError, status int) string {
	if v == ec2 {
		text, _ := tree("Response",
			tree("Errors", tree("Error", leaf("Code", err.Code), leaf("Message", err.Message))),
			leaf("RequestID", requestID)).in("")
		return text
	}
	sender := "Sender"
	if status >= 500 {
		sender = "Receiver"
	}
	text, _ := tree("ErrorResponse",
		tree("Error", leaf("Type", sender), leaf("Code", err.Code), leaf("Message", err.Message)),
		leaf("RequestId", requestID)).in(stsNamespace)
	return text
}

// knows returns an error for parameters beside these. AWS ignores them, but
// here they would be a mistake.
func (c *call) knows(parameters ...string) *apiError {
	for _, name := range slices.Sorted(maps.Keys(c.form)) {
		if name != "Action" && name != "Version" && !slices.Contains(parameters, name) {
			return &apiError{"UnknownParameter", fmt.Sprintf("The parameter %s is not recognized", name)}
		}
	}
	return nil
}

func (s *Server) answerSTS(c *call) (string, *apiError) {
	switch c.operation {
	case "GetCallerIdentity":
		if err := c.knows(); err != nil {
			return "", err
		}
		return stsAnswer(c,
			leaf("Arn", c.caller.arn()), leaf("UserId", c.caller.userID()), leaf("Account", c.caller.account.ID))
	case "AssumeRole":
		return s.assumeRole(c)
	}
	return "", &apiError{"InvalidAction", "Could not find operation " + c.operation + " for version " + c.service.version}
}

func stsAnswer(c *call, result ...node) (string, *apiError) {
	return tree(c.operation+"Response",
		tree(c.operation+"Result", result...),
		tree("ResponseMetadata", leaf("RequestId", requestID))).in(stsNamespace)
}

var (
	roleARN     = regexp.MustCompile(`^arn:([a-z-]+):iam::([0-9]{12}):role/(?:[^/]+/)*([\w+=,.@-]+)$`)
	sessionName = regexp.MustCompile(`^[\w+=,.@-]{2,64}$`)
)

// assumeRole hands out credentials of the account's role that name the account.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
func (s *Server) assumeRole(c *call) (string, *apiError) {
	if err := c.knows("RoleArn", "RoleSessionName", "ExternalId", "DurationSeconds"); err != nil {
		return "", err
	}
	arn, name := c.form.Get("RoleArn"), c.form.Get("RoleSessionName")
	parts := roleARN.FindStringSubmatch(arn)
	if parts == nil {
		return "", c.invalid(arn + " is invalid")
	}
	if !sessionName.MatchString(name) {
		return "", c.invalid(fmt.Sprintf("1 validation error detected: Value '%s' at 'roleSessionName' failed to satisfy constraint", name))
	}
	seconds := 3600
	if text := c.form.Get("DurationSeconds"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 900 || n > seconds {
			return "", c.invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
		}
		seconds = n
	}
	target := s.byID[parts[2]]
	if target == nil || target.Role == "" || target.Role != parts[3] || target.State != "ACTIVE" ||
		parts[1] != partition(c.caller.region) || target.ExternalID != "" && target.ExternalID != c.form.Get("ExternalId") {
		return "", c.denied("perform: sts:AssumeRole on resource: " + arn)
	}

	expires := time.Now().Add(time.Duration(seconds) * time.Second)
	s.mu.Lock()
	key := fmt.Sprintf("ASIA%s%04d", target.ID, len(s.sessions)+1)
	granted := &session{target, name, "token-of-" + key, expires}
	s.sessions[key] = granted
	s.mu.Unlock()
	assumed := caller{account: target, session: name, region: c.caller.region}
	return stsAnswer(c,
		tree("AssumedRoleUser", leaf("AssumedRoleId", assumed.userID()), leaf("Arn", assumed.arn())),
		tree("Credentials", leaf("AccessKeyId", key), leaf("SecretAccessKey", "SECRETEXAMPLE"),
			leaf("SessionToken", granted.token), leaf("Expiration", expires.UTC().Format(time.RFC3339))))
}

// defaultRegions are those that need no opting in.
// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
const defaultRegions = " us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 " +
	"eu-central-1 eu-west-1 eu-west-2 eu-west-3 eu-north-1 " +
	"ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2 "

// answerEC2 lists the enabled Regions of the caller's account and, with
// AllRegions, those that only other accounts have enabled.
func (s *Server) answerEC2(c *call) (string, *apiError) {
	if c.operation != "DescribeRegions" {
		return "", &apiError{"InvalidAction", "The action " + c.operation + " is not valid for this web service."}
	}
	if err := c.knows("AllRegions"); err != nil {
		return "", err
	}
	enabled, all := s.knownRegions(c.caller.account)
	names := enabled
	if c.form.Get("AllRegions") == "true" {
		names = all
	}
	home, suffix := partition(c.caller.region), ".amazonaws.com"
	if home == "aws-cn" {
		suffix += ".cn"
	}
	var items []node
	for _, name := range names {
		if partition(name) != home {
			continue
		}
		status := "opt-in-not-required"
		switch {
		case !slices.Contains(enabled, name):
			status = "not-opted-in"
		case home == "aws" && !strings.Contains(defaultRegions, " "+name+" "):
			status = "opted-in"
		}
		items = append(items, tree("item",
			leaf("regionName", name), leaf("regionEndpoint", "ec2."+name+suffix), leaf("optInStatus", status)))
	}
	return tree("DescribeRegionsResponse", leaf("requestId", requestID), tree("regionInfo", items...)).in(ec2Namespace)
}

// knownRegions returns the Regions of an account and those of all accounts,
// each sorted.
func (s *Server) knownRegions(a *account) (enabled, all []string) {
	if s.everywhere != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		enabled = slices.Sorted(slices.Values(s.regions))
		return enabled, enabled
	}
	union := map[string]bool{}
	for _, other := range s.accounts {
		for region := range other.places {
			union[region] = true
		}
	}
	return slices.Sorted(maps.Keys(a.places)), slices.Sorted(maps.Keys(union))
}
