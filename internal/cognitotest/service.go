package cognitotest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// service is one of the APIs that the server plays.
type service struct {
	// name is the one in the credential scope.
	name string
	// target is the prefix of X-Amz-Target; it is empty where version tells
	// services apart, in the query protocols.
	target, version string
	// next is the member of lists that holds the token of the next page.
	next string
	// The service's codes of errors that all have.
	throttled, denied, expired, failed, unknownKey, invalid string
}

var (
	cognito = &service{
		name: "cognito-idp", target: "AWSCognitoIdentityProviderService.", next: "NextToken",
		throttled: "TooManyRequestsException", denied: "AccessDeniedException", expired: "ExpiredTokenException",
		failed: "InternalErrorException", unknownKey: "UnrecognizedClientException", invalid: "InvalidParameterException",
	}
	waf = &service{
		name: "wafv2", target: "AWSWAF_20190729.", next: "NextMarker",
		throttled: "ThrottlingException", denied: "AccessDeniedException", expired: "ExpiredTokenException",
		failed: "WAFInternalErrorException", unknownKey: "UnrecognizedClientException", invalid: "WAFInvalidParameterException",
	}
	organizations = &service{
		name: "organizations", target: "AWSOrganizationsV20161128.", next: "NextToken",
		throttled: "TooManyRequestsException", denied: "AccessDeniedException", expired: "ExpiredTokenException",
		failed: "ServiceException", unknownKey: "UnrecognizedClientException", invalid: "InvalidInputException",
	}
	// https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
	sts = &service{
		name: "sts", version: "2011-06-15",
		throttled: "Throttling", denied: "AccessDenied", expired: "ExpiredToken",
		failed: "InternalFailure", unknownKey: "InvalidClientTokenId", invalid: "ValidationError",
	}
	// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
	ec2 = &service{
		name: "ec2", version: "2016-11-15",
		throttled: "RequestLimitExceeded", denied: "UnauthorizedOperation", expired: "RequestExpired",
		failed: "InternalError", unknownKey: "AuthFailure", invalid: "InvalidParameterValue",
	}
	services = []*service{cognito, waf, organizations, sts, ec2}
)

// statuses holds the HTTP statuses of errors that are not 400.
var statuses = map[string]int{
	"AccessDenied": 403, "ExpiredToken": 403, "InvalidClientTokenId": 403, "UnauthorizedOperation": 403, "AuthFailure": 401,
	"InternalErrorException": 500, "WAFInternalErrorException": 500, "ServiceException": 500, "InternalFailure": 500, "InternalError": 500,
	"RequestLimitExceeded": 503,
}

// apiError is an error of the API.
type apiError struct{ Code, Message string }

// call is one request.
type call struct {
	service   *service
	operation string
	in        input      // of the JSON protocol
	body      string     // of writes, as it was sent
	request   object     // the same without nulls
	fault     Fault      // the one that the request meets
	mode      Omission   // of the server when the request came
	form      url.Values // of the query protocols
	caller    caller
	place     *place // nil if the caller's account has none there
	pool      *pool  // nil if the request is about none
	largest   int    // elements of a page, 0 for what AWS allows
}

func (c *call) invalid(message string) *apiError { return &apiError{c.service.invalid, message} }

// input holds the members of all requests of the JSON protocol. Unknown members
// are refused.
type input struct {
	UserPoolId, ClientId, ProviderName, Domain, ResourceArn, NextToken, PaginationToken string
	ARN, Id, Name, Scope, WebACLArn, ResourceType, NextMarker                           string
	MaxResults, Limit                                                                   *int
}

// parse tells which operation a request is for; the service is never nil.
func (s *Server) parse(r *http.Request) (call, *apiError) {
	if r.Header.Get("X-Amz-Target") == "" && strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return parseQuery(r)
	}
	target := r.Header.Get("X-Amz-Target")
	c := call{service: cognito, operation: target[strings.Index(target, ".")+1:]}
	i := slices.IndexFunc(services, func(s *service) bool { return s.target != "" && s.target+c.operation == target })
	if r.Method != http.MethodPost || i < 0 || r.Header.Get("Content-Type") != "application/x-amz-json-1.1" {
		return c, &apiError{"UnknownOperationException", "not a request of the JSON 1.1 protocol"}
	}
	c.service = services[i]
	if err := signed(r); err != nil {
		return c, err
	}
	if c.isWrite() {
		return c, c.parseWrite(r)
	}
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&c.in); err != nil {
		return c, &apiError{"SerializationException", err.Error()}
	}
	return c, nil
}

// parseQuery reads a request of the query protocol, which EC2 shares for
// operations as simple as those here.
func parseQuery(r *http.Request) (call, *apiError) {
	c := call{service: sts}
	if err := r.ParseForm(); err != nil || r.Method != http.MethodPost {
		return c, &apiError{"MalformedQueryString", "not a request of the query protocol"}
	}
	c.form, c.operation = r.PostForm, r.PostForm.Get("Action")
	i := slices.IndexFunc(services, func(s *service) bool { return s.version != "" && s.version == r.PostForm.Get("Version") })
	if i < 0 {
		return c, &apiError{"InvalidAction", "Could not find operation " + c.operation + " for version " + r.PostForm.Get("Version")}
	}
	c.service = services[i]
	return c, signed(r)
}

func signed(r *http.Request) *apiError {
	if strings.HasPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 ") {
		return nil
	}
	return &apiError{"MissingAuthenticationTokenException", "Missing Authentication Token"}
}

func (v *service) contentType() string {
	if v.version != "" {
		return "text/xml"
	}
	return "application/x-amz-json-1.1"
}

func (v *service) refuse(w http.ResponseWriter, err *apiError) {
	w.Header().Set("Content-Type", v.contentType())
	status := statuses[err.Code]
	if status == 0 {
		status = http.StatusBadRequest
	}
	w.WriteHeader(status)
	if v.version != "" {
		io.WriteString(w, v.xmlError(err, status))
		return
	}
	json.NewEncoder(w).Encode(map[string]string{"__type": err.Code, "message": err.Message})
}

// send answers with body, or with half of it: net/http closes the connection
// when a handler writes less than it announced.
func (v *service) send(w http.ResponseWriter, body string, cut bool) {
	w.Header().Set("Content-Type", v.contentType())
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if cut {
		body = body[:len(body)/2]
	}
	io.WriteString(w, body)
}
