package remediate

// Outcome says what is known about a call that failed.
type Outcome string

// The outcomes.
const (
	// Refused: the API did not change anything, and the same call fails again.
	Refused Outcome = "refused"
	// Throttled: the API did not change anything and wants to be asked later.
	Throttled Outcome = "throttled"
	// Concurrent: the API did not change anything because somebody else changes
	// the pool.
	Concurrent Outcome = "concurrent"
	// Unclear: the API may have changed the pool or not, as after a lost answer.
	Unclear Outcome = "unclear"
)

// WriteError is a call that failed.
type WriteError struct {
	Outcome Outcome
	// Code is the API's error code, empty when it gave none.
	Code string
	// Message is one sentence for people, with the next step where there is one.
	Message string
	// RequestID is how AWS names the request; it may be empty.
	RequestID string
}

// Error implements error.
func (e *WriteError) Error() string {
	if e.Code == "" {
		return e.Message
	}
	return e.Code + ": " + e.Message
}
