package cognito

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http/httptrace"
	"strings"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/aws"
	cip "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Write sends a request that [Request] built, once: whoever tries again has to
// look at the pool first. Nothing of the answer is kept but AWS's name of the
// request, which may be empty. Every error is a *[WriteError].
func (c *Client) Write(ctx context.Context, operation, poolID string, request map[string]any) (requestID string, err error) {
	send := senders[operation]
	if send == nil {
		return "", refuse(operation, "it is not an operation that writes")
	}
	if !isAbout(request, poolID) {
		return "", refuse(operation, "the request is not about the pool")
	}
	if err := exact(request); err != nil {
		return "", refuse(operation, err.Error())
	}
	body, err := encode(request)
	if err != nil {
		// The cause would quote a value.
		return "", refuse(operation, "the request cannot be written as JSON")
	}
	x := &exchange{}
	err = send(ctx, c.api, &poolID, func(o *cip.Options) {
		o.Retryer = aws.NopRetryer{}
		o.APIOptions = append(o.APIOptions, sendBody(body), x.watch, c.pacer.pace(operation, poolID))
	})
	if err != nil {
		return "", c.newWriteError(operation, err, x)
	}
	return x.requestID, nil
}

// isAbout tells whether a request names the pool.
func isAbout(request map[string]any, poolID string) bool {
	arn, _ := request["ResourceArn"].(string)
	return request["UserPoolId"] == poolID || strings.HasSuffix(arn, "/"+poolID)
}

// senders has every operation of [builders]. The typed input has only what
// the SDK insists on: it is not what goes out.
var senders = map[string]func(ctx context.Context, api *cip.Client, id *string, option func(*cip.Options)) error{
	"UpdateUserPool": func(ctx context.Context, api *cip.Client, id *string, option func(*cip.Options)) error {
		_, err := api.UpdateUserPool(ctx, &cip.UpdateUserPoolInput{UserPoolId: id}, option)
		return err
	},
	"SetUserPoolMfaConfig": func(ctx context.Context, api *cip.Client, id *string, option func(*cip.Options)) error {
		_, err := api.SetUserPoolMfaConfig(ctx, &cip.SetUserPoolMfaConfigInput{UserPoolId: id}, option)
		return err
	},
	"UpdateUserPoolClient": func(ctx context.Context, api *cip.Client, id *string, option func(*cip.Options)) error {
		_, err := api.UpdateUserPoolClient(ctx, &cip.UpdateUserPoolClientInput{UserPoolId: id, ClientId: id}, option)
		return err
	},
	"SetRiskConfiguration": func(ctx context.Context, api *cip.Client, id *string, option func(*cip.Options)) error {
		_, err := api.SetRiskConfiguration(ctx, &cip.SetRiskConfigurationInput{UserPoolId: id}, option)
		return err
	},
	"SetLogDeliveryConfiguration": func(ctx context.Context, api *cip.Client, id *string, option func(*cip.Options)) error {
		_, err := api.SetLogDeliveryConfiguration(ctx, &cip.SetLogDeliveryConfigurationInput{UserPoolId: id, LogConfigurations: []types.LogConfigurationType{}}, option)
		return err
	},
	"AddCustomAttributes": func(ctx context.Context, api *cip.Client, id *string, option func(*cip.Options)) error {
		_, err := api.AddCustomAttributes(ctx, &cip.AddCustomAttributesInput{UserPoolId: id, CustomAttributes: []types.SchemaAttributeType{}}, option)
		return err
	},
	"TagResource": func(ctx context.Context, api *cip.Client, id *string, option func(*cip.Options)) error {
		_, err := api.TagResource(ctx, &cip.TagResourceInput{ResourceArn: id, Tags: map[string]string{}}, option)
		return err
	},
	"UntagResource": func(ctx context.Context, api *cip.Client, id *string, option func(*cip.Options)) error {
		_, err := api.UntagResource(ctx, &cip.UntagResourceInput{ResourceArn: id, TagKeys: []string{}}, option)
		return err
	},
}

// encode writes a request as JSON: numbers with the digits they came with, and
// every other value so that it is read as the same one.
func encode(request map[string]any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(request)
	return bytes.TrimSpace(text.Bytes()), err
}

// sendBody puts a body in the place of the one that the SDK made from its types,
// before it is measured and signed.
func sendBody(body []byte) func(*middleware.Stack) error {
	replace := func(ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler) (out middleware.SerializeOutput, metadata middleware.Metadata, err error) {
		request, ok := in.Request.(*smithyhttp.Request)
		if !ok {
			return out, metadata, fmt.Errorf("the SDK makes requests of type %T", in.Request)
		}
		if in.Request, err = request.SetStream(bytes.NewReader(body)); err != nil {
			return out, metadata, err
		}
		return next.HandleSerialize(ctx, in)
	}
	return func(stack *middleware.Stack) error {
		return stack.Serialize.Insert(middleware.SerializeMiddlewareFunc("SendBody", replace), "OperationSerializer", middleware.After)
	}
}

// exchange is how far a request came.
type exchange struct {
	// handed says that the SDK handed the request to the network, asked that a
	// connection for it was looked for, and connected that there was one.
	handed           bool
	asked, connected atomic.Bool
	// status is that of the answer, 0 without one.
	status    int
	requestID string
}

func (x *exchange) trace(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { x.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { x.connected.Store(true) },
	})
}

// watch notes how far the request came, and drops the body of a successful
// answer once it is known to be whole: it may hold the secret of a client.
func (x *exchange) watch(stack *middleware.Stack) error {
	watch := func(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (out middleware.DeserializeOutput, metadata middleware.Metadata, err error) {
		x.handed = true
		// Not earlier: looking for credentials takes connections, too.
		out, metadata, err = next.HandleDeserialize(x.trace(ctx), in)
		response, ok := out.RawResponse.(*smithyhttp.Response)
		if !ok || response == nil || response.Response == nil {
			return out, metadata, err
		}
		x.status = response.StatusCode
		x.requestID = response.Header.Get("X-Amzn-Requestid")
		if err != nil || x.status < 200 || x.status > 299 {
			return out, metadata, err
		}
		err = skipAnswer(response.Body)
		response.Body.Close()
		response.Body = io.NopCloser(strings.NewReader("{}"))
		return out, metadata, err
	}
	return stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("Watch", watch), middleware.After)
}

// skipAnswer reads an answer to its end. Servers that are not AWS may have
// nothing to say.
func skipAnswer(body io.Reader) error {
	var first [1]byte
	n, err := io.ReadFull(body, first[:])
	if n == 0 && err == io.EOF {
		return nil
	}
	_, err = decode(io.MultiReader(bytes.NewReader(first[:n]), body))
	return err
}
