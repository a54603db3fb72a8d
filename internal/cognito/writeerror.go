package cognito

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// Outcome says what is known about a write that failed.
type Outcome string

// The outcomes.
const (
	// Refused: nothing was changed, and the same request fails again.
	Refused Outcome = "refused"
	// Throttled: nothing was changed, and the API wants to be asked later.
	Throttled Outcome = "throttled"
	// Concurrent: nothing was changed, because somebody else changes the pool.
	Concurrent Outcome = "concurrent"
	// Unclear: the pool was changed or not, as after a lost answer.
	Unclear Outcome = "unclear"
)

// WriteError is a write that failed at its only attempt. Its text quotes nothing
// of a pool but what the API's own message says, and no secret.
type WriteError struct {
	// Operation is the API operation, such as UpdateUserPool.
	Operation string
	Outcome   Outcome
	// Code is the API's error code; it is empty when the API gave none.
	Code string
	// Message is one sentence for people, with the next step where one is known.
	Message string
	// Permission is the IAM action that is missing, such as iam:PassRole; it is
	// empty for other reasons.
	Permission string
	// RequestID is how AWS names the request; it is empty without an answer.
	RequestID string
	// Err is the cause, for [errors.Is]; it may be nil.
	Err error
}

// Error implements error.
func (e *WriteError) Error() string {
	if e.Code == "" {
		return e.Operation + ": " + e.Message
	}
	return e.Operation + ": " + e.Code + ": " + e.Message
}

// Advice is the message, and the next step where there is one.
func (e *WriteError) Advice() string {
	if e.Permission != "" {
		return e.Message + " (allow " + e.Permission + ")"
	}
	return e.Message
}

// Unwrap returns the cause.
func (e *WriteError) Unwrap() error { return e.Err }

// newWriteError judges an error by how far the request came.
func (c *Client) newWriteError(operation string, err error, x *exchange) *WriteError {
	e := &WriteError{Operation: operation, RequestID: x.requestID, Err: err}
	e.Code, e.Message = reason(err, c.timeout)
	e.Outcome = x.outcome(e.Code)
	if slices.Contains(deniedCodes, e.Code) {
		e.Permission = permission(operation)
		if other := deniedAction.FindStringSubmatch(e.Message); other != nil {
			e.Permission = other[1]
		}
	}
	if step := nextStep(e.Code, e.Message); step != "" {
		e.Message = strings.TrimSuffix(e.Message, ".") + "; " + step
	}
	return e
}

// deniedAction is what a denied request was not allowed to do on behalf of the
// caller: with UpdateUserPool, iam:PassRole may be missing.
var deniedAction = regexp.MustCompile(`not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)`)

// maybeChanged are codes of failures within the API, whatever their status.
var maybeChanged = []string{
	"InternalErrorException", "InternalFailure", "InternalServerError", "InternalServerException",
	"RequestTimeout", "RequestTimeoutException", "ServiceUnavailable", "ServiceUnavailableException",
}

// outcome is careful: what is not certain is unclear.
func (x *exchange) outcome(code string) Outcome {
	_, throttle := retry.DefaultThrottleErrorCodes[code]
	switch {
	case !x.handed, x.status == 0 && x.asked.Load() && !x.connected.Load():
		return Refused // nothing of it has left
	case x.status < 300:
		return Unclear // no answer, or none that can be read
	// To the SDK the quota on what a pool may hold is one of requests.
	case throttle && code != "LimitExceededException", code == "" && x.status == http.StatusTooManyRequests:
		return Throttled
	case code == "ConcurrentModificationException":
		return Concurrent
	// An answer without a code may be that of something in between.
	case code == "" || x.status < 400 || x.status >= 500 || slices.Contains(maybeChanged, code):
		return Unclear
	}
	return Refused
}

// nextSteps has what to do about refusals, by their code or a part of their
// message.
var nextSteps = []struct{ code, message, step string }{
	{"InvalidSmsRoleTrustRelationshipException", "", "let cognito-idp.amazonaws.com assume the role in SmsConfiguration, or name another role there: as long as this one is in the pool, Cognito refuses every update of it"},
	{"InvalidSmsRoleAccessPolicyException", "", "allow sns:Publish to the role in SmsConfiguration"},
	{"UserImportInProgressException", "", "try again when the import of users has ended"},
	{"UserPoolAddOnNotEnabledException", "", "turn threat protection on in UserPoolAddOns first"},
	{"", "Cannot turn MFA functionality ON", "use SetUserPoolMfaConfig"},
	{"", "SMS configuration is required when phone_number is selected", "give the pool an SmsConfiguration, or take phone_number out of AutoVerifiedAttributes"},
	{"", "SMS_OTP can not be configured", "give the pool an SmsConfiguration first"},
	{"", "Only PASSWORD and WEB_AUTHN", "take EMAIL_OTP and SMS_OTP out of SignInPolicy first"},
	{"", "Cannot set WebAuthn factor configuration to SINGLE_FACTOR", "set FactorConfiguration in WebAuthnConfiguration to MULTI_FACTOR_WITH_USER_VERIFICATION"},
	{"", "EmailSendingAccount of COGNITO_DEFAULT", "let the pool send e-mail through Amazon SES first"},
	{"", "must exist in AutoVerifiedAttributes", "add them to AutoVerifiedAttributes"},
	{"", "cannot use verified_phone_number as a recovery mechanism", "let users recover their accounts by e-mail first"},
	{"", "features need to be disabled for the", "turn them off, or choose a UserPoolTier that has them"},
	{"", "REFRESH_TOKEN_AUTH should always be allowed", "add ALLOW_REFRESH_TOKEN_AUTH to ExplicitAuthFlows, or enable refresh token rotation"},
}

func nextStep(code, message string) string {
	for _, s := range nextSteps {
		if s.code != "" && s.code == code || s.message != "" && strings.Contains(message, s.message) {
			return s.step
		}
	}
	return ""
}

// refuse is the error for a request that is not sent.
func refuse(operation, why string) *WriteError {
	return &WriteError{Operation: operation, Outcome: Refused, Message: why}
}
