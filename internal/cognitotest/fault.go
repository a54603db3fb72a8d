package cognitotest

import (
	"cmp"
	"io"
	"net/http"
	"time"
)

// Fault makes the server answer some requests wrongly.
type Fault struct {
	Kind FaultKind
	// Operation, PoolID, Account and Region select requests by what [Request]
	// tells about them; those that are empty select all. Account and Region
	// select nothing at a server made by New.
	Operation, PoolID, Account, Region string
	// Call selects the nth of these requests, and From the nth and all after it,
	// counted from 1 since the fault was injected. Both 0 select all; set one.
	Call, From int

	calls int
}

// FaultKind says what goes wrong. Errors are answered under the code that the
// service has for them; the codes here are those of Cognito.
type FaultKind string

// The kinds of fault.
const (
	Throttle      FaultKind = "throttle" // TooManyRequestsException
	Deny          FaultKind = "deny"     // AccessDeniedException
	NotFound      FaultKind = "vanished" // ResourceNotFoundException, as if the pool were deleted
	ExpiredToken  FaultKind = "expired"  // ExpiredTokenException
	InternalError FaultKind = "internal" // InternalErrorException, HTTP 500
	ServerError   FaultKind = "500"      // HTTP 500 with HTML, as moto answers operations it lacks
	Hang          FaultKind = "hang"     // no answer until the client or the server gives up
	Slow          FaultKind = "slow"     // the answer comes after 50 ms
	CutBody       FaultKind = "cut"      // the connection closes in the middle of the body
	NotJSON       FaultKind = "not JSON" // HTTP 200 with HTML
)

const slowness = 50 * time.Millisecond

// Fail injects a fault. Of several that select a request the first counts.
func (s *Server) Fail(fault Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &fault)
}

// meets counts a request that the fault selects, and tells whether it is one of
// the calls that go wrong.
func (f *Fault) meets(r Request) bool {
	for _, pair := range [][2]string{{f.Operation, r.Operation}, {f.PoolID, r.PoolID}, {f.Account, r.Account}, {f.Region, r.Region}} {
		if pair[0] != "" && pair[0] != pair[1] {
			return false
		}
	}
	f.calls++
	if f.From > 0 {
		return f.calls >= f.From
	}
	return f.Call == 0 || f.Call == f.calls
}

// record notes a request and returns the fault that it meets, "" for none;
// a request over its quota meets Throttle.
func (s *Server) record(c *call) FaultKind {
	request := Request{Operation: c.operation, PoolID: c.in.UserPoolId}
	if c.pool != nil {
		request.PoolID = cmp.Or(request.PoolID, c.pool.id)
	}
	if s.everywhere == nil {
		request.Region = c.caller.region
		if c.caller.account != nil {
			request.Account = c.caller.account.ID
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c.largest = s.largest
	s.requests = append(s.requests, request)
	var kind FaultKind
	for _, f := range s.faults {
		if f.meets(request) && kind == "" {
			kind = f.Kind
		}
	}
	if s.limits.overQuota(request) {
		return Throttle
	}
	return kind
}

// replaces says whether serve is the whole answer.
func (k FaultKind) replaces() bool { return k != "" && k != Slow && k != CutBody }

// serve does what of the fault comes before the answer, or in its place.
func (k FaultKind) serve(w http.ResponseWriter, r *http.Request, c *call) {
	v := c.service
	switch k {
	case Throttle:
		v.refuse(w, &apiError{v.throttled, "Rate exceeded"})
	case Deny:
		v.refuse(w, c.denied("perform this action"))
	case NotFound:
		v.refuse(w, noPool(c.in.UserPoolId))
	case ExpiredToken:
		v.refuse(w, v.expiredToken())
	case InternalError:
		v.refuse(w, &apiError{v.failed, "An internal error occurred."})
	case Hang:
		<-r.Context().Done()
	case Slow:
		select {
		case <-time.After(slowness):
		case <-r.Context().Done():
		}
	case ServerError:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusInternalServerError)
		io.WriteString(w, "<!doctype html>\n<title>500 Internal Server Error</title>\n")
	case NotJSON:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, "<!doctype html>\n<title>Please sign in to the network</title>\n")
	}
}

func (v *service) expiredToken() *apiError {
	return &apiError{v.expired, "The security token included in the request is expired"}
}

// denied says that the caller may not do something.
func (c *call) denied(what string) *apiError {
	return &apiError{c.service.denied, "User: " + c.caller.arn() + " is not authorized to " + what}
}
