// Package cognito is the only room that talks to AWS. It reads user pools as
// the API words them: each read keeps the raw answer instead of the SDK's typed
// one, so that members which this build of the SDK does not know survive.
// Secrets are taken out before anything leaves the package. Requests are paced so
// that the quotas of the API are not exceeded.
//
// Start with [Open], then see the reads of [Client]. [CheckShape] and [Redact]
// are also for trees that come from files.
package cognito

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	cip "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/wafv2"
	"github.com/aws/smithy-go/logging"
)

// requestTimeout bounds one HTTP request, answer included: a server that hangs
// must not hold up an unattended scan. The API answers within a second.
const requestTimeout = 30 * time.Second

// Options overrides what the environment and the AWS configuration files say.
// Empty fields override nothing.
type Options struct {
	Region  string
	Profile string
	// EndpointURL is sent the requests instead of the Region's own endpoint.
	// AWS_ENDPOINT_URL does the same.
	EndpointURL string
	// Rate is the share of each request quota of AWS to use at most, at any
	// endpoint; 0 is 0.8. More than 1 is for servers without quotas.
	Rate float64
}

// Client reads the user pools of one account in one Region. It is safe for
// concurrent use. Every error of its reads is a *[ReadError]; the trees that
// they return are made of map[string]any, []any, string, bool, json.Number and
// nil, hold no secret and have passed [CheckShape].
type Client struct {
	api    *cip.Client
	waf    *wafv2.Client
	pacer  *pacer
	region string
}

// Open finds Region and credentials the way the AWS CLI does. It retrieves the
// credentials at once, so that their absence is one clear error and not one per
// read.
func Open(ctx context.Context, opts Options) (*Client, error) {
	if u, err := url.Parse(opts.EndpointURL); opts.EndpointURL != "" &&
		(err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("endpoint URL %q is not a URL such as http://127.0.0.1:5000", opts.EndpointURL)
	}
	if !(opts.Rate >= 0) {
		return nil, fmt.Errorf("rate %v is not a share of the request quotas such as 0.8", opts.Rate)
	}
	cfg, err := config.LoadDefaultConfig(ctx,
		config.WithRegion(opts.Region),
		config.WithSharedConfigProfile(opts.Profile),
		config.WithHTTPClient(awshttp.NewBuildableClient().WithTimeout(requestTimeout)),
		// By default the SDK writes its warnings to stderr.
		config.WithLogger(logging.Nop{}),
	)
	if err != nil {
		return nil, fmt.Errorf("load the AWS configuration: %w", err)
	}
	if cfg.Region == "" {
		return nil, errors.New("no AWS Region is set: use --region, the variable AWS_REGION, or a profile that has one")
	}
	// The last resort of the search is the metadata service of EC2, whose
	// absence the SDK notices within five seconds.
	if _, err := cfg.Credentials.Retrieve(ctx); err != nil {
		return nil, fmt.Errorf("no usable AWS credentials: use --profile, \"aws sso login\", or the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: %w", err)
	}
	api := cip.NewFromConfig(cfg, func(o *cip.Options) {
		if opts.EndpointURL != "" {
			o.BaseEndpoint = &opts.EndpointURL
		}
	})
	waf := wafv2.NewFromConfig(cfg, func(o *wafv2.Options) {
		if opts.EndpointURL != "" {
			o.BaseEndpoint = &opts.EndpointURL
		}
	})
	return &Client{api: api, waf: waf, pacer: newPacer(cmp.Or(opts.Rate, defaultRate)), region: cfg.Region}, nil
}

// Region returns the Region that Open settled on.
func (c *Client) Region() string { return c.region }
