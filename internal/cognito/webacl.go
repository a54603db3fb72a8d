package cognito

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/wafv2"
	"github.com/aws/aws-sdk-go-v2/service/wafv2/types"
)

// webACLPageSize is what one page of ListWebACLs may hold at most.
const webACLPageSize = 100

// WebACLRef names a web ACL in a list.
type WebACLRef struct{ ARN, ID, Name string }

// WebACLOfPool reads the section WebACL of the pool with an ARN: an object, or
// nil if no web ACL protects the pool. AWS answers one such request a second.
func (c *Client) WebACLOfPool(ctx context.Context, poolARN string) (any, error) {
	const operation = "GetWebACLForResource"
	answer, err := readWAF(ctx, c, operation, c.waf.GetWebACLForResource, &wafv2.GetWebACLForResourceInput{ResourceArn: &poolARN})
	if err != nil {
		return nil, err
	}
	acl, err := element(operation, "WebACL", answer["WebACL"], "", "")
	if acl == nil {
		return nil, err
	}
	return acl, nil
}

// ListWebACLs lists all web ACLs of the Region.
func (c *Client) ListWebACLs(ctx context.Context) ([]WebACLRef, error) {
	const operation = "ListWebACLs"
	acls, err := list(operation, "WebACLs", "ARN", "NextMarker", func(marker *string) (map[string]any, error) {
		return readWAF(ctx, c, operation, c.waf.ListWebACLs, &wafv2.ListWebACLsInput{Scope: types.ScopeRegional, Limit: aws.Int32(webACLPageSize), NextMarker: marker})
	})
	if err != nil {
		return nil, err
	}
	var refs []WebACLRef
	for _, acl := range acls {
		ref := WebACLRef{}
		ref.ARN, _ = acl["ARN"].(string)
		ref.ID, _ = acl["Id"].(string)
		ref.Name, _ = acl["Name"].(string)
		refs = append(refs, ref)
	}
	return refs, nil
}

// PoolsOfWebACL lists the ARNs of the user pools that a web ACL protects. AWS
// answers one such request a second.
func (c *Client) PoolsOfWebACL(ctx context.Context, acl WebACLRef) ([]string, error) {
	const operation = "ListResourcesForWebACL"
	answer, err := readWAF(ctx, c, operation, c.waf.ListResourcesForWebACL, &wafv2.ListResourcesForWebACLInput{
		WebACLArn: &acl.ARN, ResourceType: types.ResourceTypeCognitioUserPool,
	})
	if err != nil {
		return nil, err
	}
	// A web ACL that protects nothing may lack the list.
	list, ok := answer["ResourceArns"].([]any)
	if !ok && answer["ResourceArns"] != nil {
		return nil, unexpected(operation, "ResourceArns is not an array")
	}
	arns := make([]string, len(list))
	for i, value := range list {
		if arns[i], ok = value.(string); !ok {
			return nil, unexpected(operation, "an element of ResourceArns is not a string")
		}
	}
	return arns, nil
}

// DescribeWebACL reads a web ACL as the section WebACL holds it.
func (c *Client) DescribeWebACL(ctx context.Context, acl WebACLRef) (map[string]any, error) {
	const operation = "GetWebACL"
	answer, err := readWAF(ctx, c, operation, c.waf.GetWebACL, &wafv2.GetWebACLInput{Id: &acl.ID, Name: &acl.Name, Scope: types.ScopeRegional})
	if err != nil {
		return nil, err
	}
	return element(operation, "WebACL", answer["WebACL"], "ARN", acl.ARN)
}

// readWAF makes one call of the AWS WAF API and returns the raw answer.
func readWAF[In, Out any](ctx context.Context, c *Client, operation string, call func(context.Context, *In, ...func(*wafv2.Options)) (*Out, error), in *In) (map[string]any, error) {
	var answer map[string]any
	retryer, steps := c.call(operation, "", &answer)
	err := c.attempt(operation, func() error {
		_, err := call(ctx, in, func(o *wafv2.Options) {
			o.Retryer = retryer
			o.APIOptions = append(o.APIOptions, steps...)
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	return answer, nil
}
