package cognitotest

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
)

// Fault makes the server answer some requests wrongly.
type Fault struct {
	Kind FaultKind
	// Operation and PoolID select requests; an empty PoolID selects all pools.
	Operation, PoolID string
	// Call selects the nth of these requests, counted from 1 since the fault
	// was injected; 0 selects all.
	Call int

	calls int
}

// FaultKind says what goes wrong.
type FaultKind string

// The kinds of fault.
const (
	Throttle    FaultKind = "throttle" // TooManyRequestsException
	Deny        FaultKind = "deny"     // AccessDeniedException
	NotFound    FaultKind = "vanished" // ResourceNotFoundException, as if the pool were deleted
	ServerError FaultKind = "500"      // HTTP 500 with HTML, as moto answers operations it lacks
	Hang        FaultKind = "hang"     // no answer until the client or the server gives up
	CutBody     FaultKind = "cut"      // the connection closes in the middle of the body
	NotJSON     FaultKind = "not JSON" // HTTP 200 with HTML
)

// Fail injects a fault. Of several that select a request the first counts.
func (s *Server) Fail(fault Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &fault)
}

// record notes a request and returns the fault that it meets, "" for none;
// a request over its quota meets Throttle.
func (s *Server) record(request Request) FaultKind {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, request)
	var kind FaultKind
	for _, f := range s.faults {
		if f.Operation != request.Operation || f.PoolID != "" && f.PoolID != request.PoolID {
			continue
		}
		f.calls++
		if kind == "" && (f.Call == 0 || f.Call == f.calls) {
			kind = f.Kind
		}
	}
	if s.limits.overQuota(request) {
		return Throttle
	}
	return kind
}

func (k FaultKind) serve(w http.ResponseWriter, r *http.Request, in input) {
	switch k {
	case Throttle:
		refuse(w, &apiError{"TooManyRequestsException", "Rate exceeded"})
	case Deny:
		refuse(w, &apiError{"AccessDeniedException", "User: arn:aws:iam::123456789012:user/test is not authorized to perform this action"})
	case NotFound:
		refuse(w, noPool(in.UserPoolId))
	case Hang:
		<-r.Context().Done()
	case ServerError:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusInternalServerError)
		io.WriteString(w, "<!doctype html>\n<title>500 Internal Server Error</title>\n")
	case NotJSON:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, "<!doctype html>\n<title>Please sign in to the network</title>\n")
	}
}

// apiError is an error of the API.
type apiError struct{ Code, Message string }

func refuse(w http.ResponseWriter, err *apiError) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	w.WriteHeader(http.StatusBadRequest)
	json.NewEncoder(w).Encode(map[string]string{"__type": err.Code, "message": err.Message})
}

// send answers with body, or with half of it: net/http closes the connection
// when a handler writes less than it announced.
func send(w http.ResponseWriter, body string, cut bool) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if cut {
		body = body[:len(body)/2]
	}
	io.WriteString(w, body)
}
