// Package cognito is the only room that talks to AWS. It reads and writes user
// pools as the API words them: each read keeps the raw answer instead of the
// SDK's typed one, and each write sends raw members, so that those which this
// build of the SDK does not know survive. Secrets are taken out before anything
// leaves the package. Requests are paced so that the quotas of the API are not
// exceeded.
//
// Start with [Open]; a [Session] leads to other accounts and to a [Client] for
// each Region. [Request] makes what [Client.Write] sends. [CheckShape] and
// [Redact] are also for trees that come from files.
package cognito

import (
	"cmp"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cip "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/wafv2"
	"github.com/aws/smithy-go/middleware"
)

// Client reads and writes the user pools of one account in one Region. It is
// safe for concurrent use. Every error of its reads is a *[ReadError]; the trees
// that they return are made of map[string]any, []any, string, bool, json.Number
// and nil, hold no secret and have passed [CheckShape].
type Client struct {
	api     *cip.Client
	waf     *wafv2.Client
	pacer   *pacer
	region  string
	timeout time.Duration

	patience patience
}

// Client returns a client for a Region. Clients of one account and Region each
// use the quotas as if they were alone, so there should be one.
func (s *Session) Client(region string) *Client {
	api := cip.NewFromConfig(s.config, func(o *cip.Options) {
		o.Region = region
		o.BaseEndpoint = cmp.Or(s.endpoint, o.BaseEndpoint)
	})
	waf := wafv2.NewFromConfig(s.config, func(o *wafv2.Options) {
		o.Region = region
		o.BaseEndpoint = cmp.Or(s.endpoint, o.BaseEndpoint)
	})
	return &Client{api: api, waf: waf, pacer: newPacer(s.rate), region: region, timeout: s.timeout}
}

// Region returns the Region that the client reads.
func (c *Client) Region() string { return c.region }

// call is how one request is sent: how often, how fast, and where its raw
// answer goes. PoolID is empty if the operation is not about a pool.
func (c *Client) call(operation, poolID string, answer *map[string]any) (aws.Retryer, []func(*middleware.Stack) error) {
	return newRetryer(), []func(*middleware.Stack) error{keepBody(answer), c.pacer.pace(operation, poolID)}
}
