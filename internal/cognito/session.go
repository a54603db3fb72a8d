package cognito

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/logging"
)

// DefaultTimeout bounds one request, answer included: a server that hangs must
// not hold up an unattended scan. The API answers within a second.
const DefaultTimeout = 30 * time.Second

// Options overrides what the environment and the AWS configuration files say.
// Empty fields override nothing.
type Options struct {
	Profile string
	// Region is used for requests that are about no Region, and DefaultRegion
	// where nothing else names one.
	Region, DefaultRegion string
	// EndpointURL is sent the requests instead of the Region's own endpoint.
	// AWS_ENDPOINT_URL does the same.
	EndpointURL string
	// Rate is the share of each request quota of AWS to use at most, at any
	// endpoint; 0 is 0.8. More than 1 is for servers without quotas.
	Rate float64
	// Timeout bounds one request; 0 is [DefaultTimeout].
	Timeout time.Duration
}

// Session is the credentials of one account. It is safe for concurrent use.
// Errors of its requests are *[ReadError].
type Session struct {
	config   aws.Config
	endpoint *string // nil: the Region's own
	rate     float64
	timeout  time.Duration
}

// Open finds Region and credentials the way the AWS CLI does. It retrieves the
// credentials at once, so that their absence is one clear error and not one per
// read.
func Open(ctx context.Context, opts Options) (*Session, error) {
	if u, err := url.Parse(opts.EndpointURL); opts.EndpointURL != "" &&
		(err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("endpoint URL %q is not a URL such as http://127.0.0.1:5000", opts.EndpointURL)
	}
	if !(opts.Rate >= 0) {
		return nil, fmt.Errorf("rate %v is not a share of the request quotas such as 0.8", opts.Rate)
	}
	s := &Session{rate: cmp.Or(opts.Rate, defaultRate), timeout: cmp.Or(opts.Timeout, DefaultTimeout)}
	if opts.EndpointURL != "" {
		s.endpoint = &opts.EndpointURL
	}
	var err error
	s.config, err = config.LoadDefaultConfig(ctx,
		config.WithAssumeRoleCredentialOptions(func(o *stscreds.AssumeRoleOptions) { sendTo(cmp.Or(opts.EndpointURL, endpointOfSTS()), o) }),
		config.WithRegion(opts.Region),
		config.WithSharedConfigProfile(opts.Profile),
		config.WithHTTPClient(httpClient(s.timeout)),
		// By default the SDK writes its warnings to stderr.
		config.WithLogger(logging.Nop{}),
	)
	if err != nil {
		return nil, fmt.Errorf("load the AWS configuration: %w", err)
	}
	if s.config.Region = cmp.Or(s.config.Region, opts.DefaultRegion); s.config.Region == "" {
		return nil, errors.New("no AWS Region is set: use --region, the variable AWS_REGION, or a profile that has one")
	}
	// The last resort of the search is the metadata service of EC2, whose
	// absence the SDK notices within five seconds.
	if _, err := s.config.Credentials.Retrieve(ctx); err != nil {
		return nil, fmt.Errorf("no usable AWS credentials: use --profile, \"aws sso login\", or the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: %w", err)
	}
	return s, nil
}

// endpointOfSTS is where the environment sends the requests of STS. The SDK
// forgets it when it assumes the role of a profile.
func endpointOfSTS() string {
	if strings.EqualFold(os.Getenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true") {
		return ""
	}
	return cmp.Or(os.Getenv("AWS_ENDPOINT_URL_STS"), os.Getenv("AWS_ENDPOINT_URL"))
}

// sendTo makes a provider assume its role at an endpoint, unless that is empty.
func sendTo(endpoint string, o *stscreds.AssumeRoleOptions) {
	if client, ok := o.Client.(*sts.Client); ok && endpoint != "" {
		o.Client = assumer{sts.New(client.Options(), func(o *sts.Options) { o.BaseEndpoint = &endpoint })}
	}
}

// httpClient keeps connections for many accounts that are read side by side at
// the same host.
func httpClient(timeout time.Duration) aws.HTTPClient {
	return awshttp.NewBuildableClient().WithTimeout(timeout).WithTransportOptions(func(t *http.Transport) {
		t.MaxIdleConns, t.MaxIdleConnsPerHost = 0, 256
	})
}

// Region returns the Region that Open settled on.
func (s *Session) Region() string { return s.config.Region }

// sts returns a client for the Region of the session: its tokens are valid in
// Regions that an account has to enable, those of the global endpoint are not.
func (s *Session) sts() *sts.Client {
	return sts.NewFromConfig(s.config, func(o *sts.Options) { o.BaseEndpoint = cmp.Or(s.endpoint, o.BaseEndpoint) })
}

// Identity is whose credentials a session has.
type Identity struct {
	// Account has 12 digits.
	Account string
	// Partition is aws, aws-cn, aws-us-gov or another separate part of AWS.
	Partition string
	// ARN is that of the user, or of the session of a role.
	ARN string
}

// Identity asks whose credentials the session has. No permission is needed.
func (s *Session) Identity(ctx context.Context) (Identity, error) {
	out, err := s.sts().GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{}, func(o *sts.Options) { o.Retryer = newRetryer() })
	if err != nil {
		return Identity{}, newReadError("GetCallerIdentity", err, s.timeout)
	}
	arn := strings.Split(aws.ToString(out.Arn), ":")
	if aws.ToString(out.Account) == "" || len(arn) < 2 {
		return Identity{}, unexpected("GetCallerIdentity", "Account or Arn is absent")
	}
	return Identity{Account: *out.Account, Partition: arn[1], ARN: *out.Arn}, nil
}

// Assume returns a session with the credentials of a role; externalID may be
// empty. It asks for them at once, and again before they expire.
func (s *Session) Assume(ctx context.Context, roleARN, externalID string) (*Session, error) {
	provider := stscreds.NewAssumeRoleProvider(assumer{s.sts()}, roleARN, func(o *stscreds.AssumeRoleOptions) {
		o.RoleSessionName = "cognilint"
		if externalID != "" {
			o.ExternalID = &externalID
		}
	})
	assumed := *s
	assumed.config = s.config.Copy()
	assumed.config.Credentials = aws.NewCredentialsCache(provider, func(o *aws.CredentialsCacheOptions) {
		o.ExpiryWindow = 5 * time.Minute
	})
	if _, err := assumed.config.Credentials.Retrieve(ctx); err != nil {
		return nil, newReadError("AssumeRole", err, s.timeout)
	}
	return &assumed, nil
}

// assumer gives each request a retryer of its own.
type assumer struct{ api *sts.Client }

// AssumeRole implements [stscreds.AssumeRoleAPIClient].
func (a assumer) AssumeRole(ctx context.Context, in *sts.AssumeRoleInput, options ...func(*sts.Options)) (*sts.AssumeRoleOutput, error) {
	return a.api.AssumeRole(ctx, in, append(options, func(o *sts.Options) { o.Retryer = newRetryer() })...)
}
