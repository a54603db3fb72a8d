package cognito

import (
	"errors"
	"net"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
)

const (
	// throttledAttempts is how often a request is sent in all while the API
	// throttles: the quota is shared, so waiting helps.
	throttledAttempts = 8
	// failedAttempts is how often a request is sent in all when it fails in
	// another way, as on an emulator that lacks the operation: waiting long
	// does not help, and every pool would wait.
	failedAttempts = 3
	// hungAttempts is how often a request is sent in all when no answer comes.
	hungAttempts = 2
	// failedDelay comes before the second attempt and doubles after it.
	failedDelay = 100 * time.Millisecond
)

var throttled = retry.IsErrorThrottles(retry.DefaultThrottles)

// retryer is the SDK's standard retryer without the retry quota (which gives
// up on requests because others failed), and with fewer and faster attempts
// after failures that are no throttling. It serves one request.
type retryer struct {
	*retry.Standard
	failures int
}

func newRetryer() *retryer {
	return &retryer{Standard: retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts = throttledAttempts
		o.RateLimiter = ratelimit.None
	})}
}

// IsErrorRetryable also tries again after an answer that cannot be read.
func (r *retryer) IsErrorRetryable(err error) bool {
	var broken *smithy.DeserializationError
	return errors.As(err, &broken) || r.Standard.IsErrorRetryable(err)
}

// RetryDelay ends the attempts by returning an error, the only way in which the
// SDK lets the kind of failure decide.
func (r *retryer) RetryDelay(attempt int, err error) (time.Duration, error) {
	if throttled.IsErrorThrottle(err).Bool() {
		return r.Standard.RetryDelay(attempt, err)
	}
	r.failures++
	if r.failures == failedAttempts || hung(err) && r.failures == hungAttempts {
		return 0, err
	}
	return failedDelay << (r.failures - 1), nil
}

// hung tells whether no answer came in time.
func hung(err error) bool {
	network, ok := errors.AsType[net.Error](err)
	return ok && network.Timeout()
}
