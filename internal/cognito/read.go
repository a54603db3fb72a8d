package cognito

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	cip "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
)

// pageSize is the most that one page of a list may hold.
const pageSize = 60

// Ref names a user pool or an app client in a list.
type Ref struct{ ID, Name string }

// ListPools lists all user pools of the Region.
func (c *Client) ListPools(ctx context.Context) ([]Ref, error) {
	const operation = "ListUserPools"
	return list(operation, "UserPools", "Id", "Name", func(token *string) (map[string]any, error) {
		return read(ctx, operation, c.api.ListUserPools, &cip.ListUserPoolsInput{MaxResults: aws.Int32(pageSize), NextToken: token})
	})
}

// DescribePool reads the section UserPool.
func (c *Client) DescribePool(ctx context.Context, poolID string) (map[string]any, error) {
	const operation = "DescribeUserPool"
	answer, err := read(ctx, operation, c.api.DescribeUserPool, &cip.DescribeUserPoolInput{UserPoolId: &poolID})
	if err != nil {
		return nil, err
	}
	return element(operation, "UserPool", answer["UserPool"], "Id", poolID)
}

// MfaConfig reads the section MfaConfig.
func (c *Client) MfaConfig(ctx context.Context, poolID string) (map[string]any, error) {
	const operation = "GetUserPoolMfaConfig"
	answer, err := read(ctx, operation, c.api.GetUserPoolMfaConfig, &cip.GetUserPoolMfaConfigInput{UserPoolId: &poolID})
	if err != nil {
		return nil, err
	}
	return element(operation, "MfaConfig", answer, "", "")
}

// ListClients lists all app clients of a pool.
func (c *Client) ListClients(ctx context.Context, poolID string) ([]Ref, error) {
	const operation = "ListUserPoolClients"
	return list(operation, "UserPoolClients", "ClientId", "ClientName", func(token *string) (map[string]any, error) {
		return read(ctx, operation, c.api.ListUserPoolClients, &cip.ListUserPoolClientsInput{UserPoolId: &poolID, MaxResults: aws.Int32(pageSize), NextToken: token})
	})
}

// DescribeClient reads one element of the section Clients.
func (c *Client) DescribeClient(ctx context.Context, poolID, clientID string) (map[string]any, error) {
	const operation = "DescribeUserPoolClient"
	answer, err := read(ctx, operation, c.api.DescribeUserPoolClient, &cip.DescribeUserPoolClientInput{UserPoolId: &poolID, ClientId: &clientID})
	if err != nil {
		return nil, err
	}
	return element(operation, "Clients", answer["UserPoolClient"], "ClientId", clientID)
}

// read makes one call and returns the raw answer.
func read[In, Out any](ctx context.Context, operation string, call func(context.Context, *In, ...func(*cip.Options)) (*Out, error), in *In) (map[string]any, error) {
	var answer map[string]any
	_, err := call(ctx, in, func(o *cip.Options) {
		o.Retryer = newRetryer()
		o.APIOptions = append(o.APIOptions, keepBody(&answer))
	})
	if err != nil {
		return nil, newReadError(operation, err)
	}
	return answer, nil
}

// element takes the secrets out of a tree and checks it. If key is not empty,
// the tree must be about the thing that was asked for.
func element(operation, section string, tree any, key, want string) (map[string]any, error) {
	object, ok := tree.(map[string]any)
	if ok {
		Redact(section, object)
	}
	if err := CheckShape(section, tree); err != nil {
		return nil, &ReadError{Operation: operation, Message: "unexpected answer: " + err.Error(), Err: err}
	}
	if key != "" && object[key] != want {
		return nil, &ReadError{Operation: operation, Message: "unexpected answer: " + key + " is not the one that was asked for"}
	}
	return object, nil
}

// list collects the elements of all pages. What it cannot read is an error: a
// list that silently ends early would hide pools and clients.
func list(operation, member, id, name string, page func(token *string) (map[string]any, error)) ([]Ref, error) {
	unexpected := func(what string) ([]Ref, error) {
		return nil, &ReadError{Operation: operation, Message: "unexpected answer: " + what}
	}
	var refs []Ref
	var token *string
	for {
		answer, err := page(token)
		if err != nil {
			return nil, err
		}
		elements, ok := answer[member].([]any)
		if !ok {
			return unexpected(member + " is not an array")
		}
		for _, e := range elements {
			object, _ := e.(map[string]any)
			ref := Ref{}
			ref.ID, _ = object[id].(string)
			ref.Name, _ = object[name].(string)
			if ref.ID == "" {
				return unexpected("an element of " + member + " has no " + id)
			}
			refs = append(refs, ref)
		}
		switch next := answer["NextToken"].(type) {
		case nil:
			return refs, nil
		case string:
			if token != nil && *token == next {
				return unexpected("the same NextToken twice")
			}
			token = &next
		default:
			return unexpected("NextToken is not a string")
		}
	}
}
