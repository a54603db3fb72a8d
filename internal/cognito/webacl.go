package cognito

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/wafv2"
)

const webACLOperation = "GetWebACLForResource"

// WebACL reads the section WebACL of the pool with an ARN: an object, or nil if
// no web ACL protects the pool.
func (c *Client) WebACL(ctx context.Context, poolARN string) (any, error) {
	var answer map[string]any
	_, err := c.waf.GetWebACLForResource(ctx, &wafv2.GetWebACLForResourceInput{ResourceArn: &poolARN}, func(o *wafv2.Options) {
		o.Retryer = newRetryer()
		o.APIOptions = append(o.APIOptions, keepBody(&answer), c.pacer.pace(webACLOperation, ""))
	})
	if err != nil {
		return nil, newReadError(webACLOperation, err)
	}
	acl, err := element(webACLOperation, "WebACL", answer["WebACL"], "", "")
	if acl == nil {
		return nil, err
	}
	return acl, nil
}
