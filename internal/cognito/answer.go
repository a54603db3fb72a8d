package cognito

import (
	"context"

	cip "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
)

// read makes one call of the user pools API and returns the raw answer; poolID
// is empty if the call is not about a pool.
func read[In, Out any](ctx context.Context, c *Client, operation, poolID string, call func(context.Context, *In, ...func(*cip.Options)) (*Out, error), in *In) (map[string]any, error) {
	var answer map[string]any
	retryer, steps := c.call(operation, poolID, &answer)
	err := c.attempt(operation, func() error {
		_, err := call(ctx, in, func(o *cip.Options) {
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

// unexpected is the error for an answer that is not as the API documents it.
func unexpected(operation, what string) *ReadError {
	return &ReadError{Operation: operation, Message: "unexpected answer: " + what}
}

// element takes the secrets out of a tree and checks it. If key is not empty,
// the tree must be about the thing that was asked for.
func element(operation, section string, tree any, key, want string) (map[string]any, error) {
	object, ok := tree.(map[string]any)
	if ok {
		Redact(section, object)
	}
	if err := CheckShape(section, tree); err != nil {
		e := unexpected(operation, err.Error())
		e.Err = err
		return nil, e
	}
	if key != "" && object[key] != want {
		return nil, unexpected(operation, key+" is not the one that was asked for")
	}
	return object, nil
}

// elements does the same for a section that a list tells completely.
func elements(operation, section string, list []map[string]any) ([]any, error) {
	checked := make([]any, len(list))
	for i, tree := range list {
		object, err := element(operation, section, tree, "", "")
		if err != nil {
			return nil, err
		}
		checked[i] = object
	}
	return checked, nil
}

// maxPages is more than the pages of any list: an account has at most 10,000
// user pools in a Region, and a user pool 10,000 groups.
const maxPages = 1000

// list collects the elements of all pages; next names the member that leads to
// the following page. What it cannot read is an error, because a list that
// silently ends early would hide pools and clients; what it read until then is
// returned with it.
func list(operation, member, key, next string, page func(token *string) (map[string]any, error)) ([]map[string]any, error) {
	var all []map[string]any
	var token *string
	seen, known := map[string]bool{}, map[string]bool{}
	for {
		answer, err := page(token)
		if err != nil {
			return all, err
		}
		elements, ok := answer[member].([]any)
		if !ok {
			return all, unexpected(operation, member+" is not an array")
		}
		for _, e := range elements {
			object, _ := e.(map[string]any)
			name, _ := object[key].(string)
			if name == "" {
				return all, unexpected(operation, "an element of "+member+" has no "+key)
			}
			// Something that is made or deleted meanwhile moves the pages.
			if !known[name] {
				all = append(all, object)
			}
			known[name] = true
		}
		switch following := answer[next].(type) {
		case nil:
			return all, nil
		case string:
			if seen[following] || len(seen) == maxPages {
				return all, unexpected(operation, endlessPages(next))
			}
			seen[following] = true
			token = &following
		default:
			return all, unexpected(operation, next+" is not a string")
		}
	}
}

func endlessPages(token string) string { return token + " leads in a circle or has no end" }

// refs takes the names out of a list.
func refs(list []map[string]any, id, name string) []Ref {
	var refs []Ref
	for _, object := range list {
		ref := Ref{}
		ref.ID, _ = object[id].(string)
		ref.Name, _ = object[name].(string)
		refs = append(refs, ref)
	}
	return refs
}
