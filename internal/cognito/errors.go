package cognito

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// ReadError is a read that failed after all attempts. Its text quotes nothing
// of a pool, so it holds no secret.
type ReadError struct {
	// Operation is the API operation, such as DescribeUserPool.
	Operation string
	// Code is the API's error code, such as AccessDeniedException; it is empty
	// when the API gave none.
	Code string
	// Message is one sentence for people.
	Message string
	// Permission is the IAM action that is missing, such as
	// cognito-idp:DescribeUserPool; it is empty for other reasons.
	Permission string
	// Err is the cause, for [errors.Is]; it may be nil.
	Err error
}

// Error implements error.
func (e *ReadError) Error() string {
	if e.Code == "" {
		return e.Operation + ": " + e.Message
	}
	return e.Operation + ": " + e.Code + ": " + e.Message
}

// Advice is the message, and the next step where there is one.
func (e *ReadError) Advice() string {
	if e.Permission != "" {
		return e.Message + " (allow " + e.Permission + ")"
	}
	return e.Message
}

// Unwrap returns the cause.
func (e *ReadError) Unwrap() error { return e.Err }

func newReadError(operation string, err error, timeout time.Duration) *ReadError {
	e := &ReadError{Operation: operation, Err: err}
	e.Code, e.Message = reason(err, timeout)
	if slices.Contains(deniedCodes, e.Code) {
		e.Permission = permission(operation)
	}
	return e
}

// reason returns the API's error code, if it gave one, and the message.
func reason(err error, timeout time.Duration) (code, text string) {
	// The SDK's word for an answer without a code says nothing.
	if api, ok := errors.AsType[smithy.APIError](err); ok && api.ErrorCode() != "UnknownError" {
		return api.ErrorCode(), api.ErrorMessage()
	}
	return "", message(err, timeout)
}

// deniedCodes are how the services say that a permission is missing.
var deniedCodes = []string{"AccessDeniedException", "NotAuthorizedException", "AccessDenied", "UnauthorizedOperation", "WAFAccessDeniedException"}

// message cuts an error of the SDK down to its cause: the SDK repeats the
// operation, the request and the number of attempts around it.
func message(err error, timeout time.Duration) string {
	if hung(err) {
		return fmt.Sprintf("no answer within %s", timeout)
	}
	if body, ok := errors.AsType[*bodyError](err); ok {
		return body.Error()
	}
	if request, ok := errors.AsType[*url.Error](err); ok {
		return request.Err.Error()
	}
	if canceled, ok := errors.AsType[*smithy.CanceledError](err); ok {
		return canceled.Err.Error()
	}
	if response, ok := errors.AsType[*smithyhttp.ResponseError](err); ok && response.HTTPStatusCode() != 0 {
		status := response.HTTPStatusCode()
		if status < 300 {
			return "the answer cannot be read"
		}
		return fmt.Sprintf("HTTP %d %s without an error code of the API", status, http.StatusText(status))
	}
	if operation, ok := errors.AsType[*smithy.OperationError](err); ok {
		return operation.Err.Error()
	}
	return err.Error()
}
