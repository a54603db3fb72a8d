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
	// select nothing at a server made by New. The operation [Writes] selects all
	// writes.
	Operation, PoolID, Account, Region string
	// Call selects the nth of these requests, and From the nth and all after it,
	// counted from 1 since the fault was injected. Both 0 select all; set one.
	Call, From int
	// Reads is how many reads of each document that a Delayed write changed still
	// see what was before. If it is 0, For counts: how long they do, by default
	// 300 ms.
	Reads int
	For   time.Duration
	// Section and ID are the document that Collateral changes with Alter. Without
	// a section it is the pool's own, and without Alter that loses its triggers.
	Section Section
	ID      string
	Alter   func(tree map[string]any)

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

	// Nothing is changed by these.
	ConcurrentModification FaultKind = "concurrent"   // ConcurrentModificationException
	RoleMissing            FaultKind = "role missing" // InvalidSmsRoleTrustRelationshipException
	RoleDenied             FaultKind = "role denied"  // InvalidSmsRoleAccessPolicyException
	Drop                   FaultKind = "drop"         // the connection closes without an answer

	// These apply the write, if it is one that is not refused.
	FailAfter  FaultKind = "fail after" // InternalErrorException, HTTP 500
	DropAfter  FaultKind = "drop after" // the connection closes without an answer
	Delayed    FaultKind = "delayed"    // reads see it later: Reads, For
	Collateral FaultKind = "collateral" // more changes than was asked for: Section, ID, Alter
)

// Writes selects all writes where an operation is asked for.
const Writes = "writes"

const (
	slowness = 50 * time.Millisecond
	lateness = 300 * time.Millisecond
)

// selects tells whether an operation is the one of a fault or a hook, "" for
// all.
func selects(selector, operation string) bool {
	return selector == "" || selector == operation || selector == Writes && writes[operation] != nil
}

// Fail injects a fault. Of several that select a request the first counts.
func (s *Server) Fail(fault Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &fault)
}

// meets counts a request that the fault selects, and tells whether it is one of
// the calls that go wrong.
func (f *Fault) meets(r Request) bool {
	if !selects(f.Operation, r.Operation) {
		return false
	}
	for _, pair := range [][2]string{{f.PoolID, r.PoolID}, {f.Account, r.Account}, {f.Region, r.Region}} {
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

// record notes a request, sets the fault that it meets, and returns the hooks
// that it runs; a request over its quota meets Throttle.
func (s *Server) record(c *call) (before, after []func()) {
	request := Request{Operation: c.operation, PoolID: c.in.UserPoolId, Body: c.body}
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
	c.largest, c.mode = s.largest, cmp.Or(s.mode, ResetAll)
	s.requests = append(s.requests, request)
	for _, f := range s.faults {
		if f.meets(request) && c.fault.Kind == "" {
			c.fault = *f
		}
	}
	if s.limits.overQuota(request) {
		c.fault = Fault{Kind: Throttle}
	}
	for _, h := range s.hooks {
		switch {
		case !h.meets(request):
		case h.after:
			after = append(after, func() { h.do(request) })
		default:
			before = append(before, func() { h.do(request) })
		}
	}
	return before, after
}

// replaces says whether serve is the whole answer.
func (k FaultKind) replaces() bool {
	switch k {
	case "", Slow, CutBody, FailAfter, DropAfter, Delayed, Collateral:
		return false
	}
	return true
}

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
	case ConcurrentModification:
		v.refuse(w, c.concurrent())
	case RoleMissing:
		v.refuse(w, &apiError{"InvalidSmsRoleTrustRelationshipException", "Role does not have a trust relationship allowing Cognito to assume the role"})
	case RoleDenied:
		v.refuse(w, &apiError{"InvalidSmsRoleAccessPolicyException", "Role does not have permission to publish with SNS"})
	case Drop:
		hangUp(w)
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

// concurrent says that another request is at the same resource.
func (c *call) concurrent() *apiError {
	message := "Only one request to update this UserPool can be processed at a time"
	if c.operation == "UpdateUserPoolClient" {
		message = "Only one request to update user pool client can be processed at a time."
	}
	return &apiError{"ConcurrentModificationException", message}
}

// hangUp closes the connection of a request. Where there is none, because a test
// calls the handler itself, it aborts the handler in the way of net/http: no
// answer must not look like an empty one.
func hangUp(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	connection.Close()
}

// collateral changes what nobody asked for.
func (p *Pool) collateral(f Fault) error {
	alter := f.Alter
	if alter == nil {
		alter = func(tree map[string]any) { delete(tree, "LambdaConfig") }
	}
	return p.change(cmp.Or(f.Section, UserPool), f.ID, alter)
}

func (v *service) expiredToken() *apiError {
	return &apiError{v.expired, "The security token included in the request is expired"}
}

// denied says that the caller may not do something.
func (c *call) denied(what string) *apiError {
	return &apiError{c.service.denied, "User: " + c.caller.arn() + " is not authorized to " + what}
}
