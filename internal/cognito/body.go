package cognito

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// keepBody decodes the body of a successful answer into answer, and lets the
// SDK see an empty object in its place: its typed decoder would drop members
// that it does not know, and its errors may quote values.
func keepBody(answer *map[string]any) func(*middleware.Stack) error {
	keep := func(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (out middleware.DeserializeOutput, metadata middleware.Metadata, err error) {
		out, metadata, err = next.HandleDeserialize(ctx, in)
		response, ok := out.RawResponse.(*smithyhttp.Response)
		if err != nil || !ok || response.StatusCode < 200 || response.StatusCode > 299 {
			return out, metadata, err
		}
		*answer, err = decode(response.Body)
		response.Body.Close()
		response.Body = io.NopCloser(strings.NewReader("{}"))
		return out, metadata, err
	}
	return func(stack *middleware.Stack) error {
		return stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("KeepBody", keep), middleware.After)
	}
}

// maxAnswer is far more than the API sends in one answer.
const maxAnswer = 64 << 20

func decode(body io.Reader) (map[string]any, error) {
	text, err := io.ReadAll(io.LimitReader(body, maxAnswer+1))
	if err != nil {
		return nil, &bodyError{"the answer broke off", err}
	}
	if len(text) > maxAnswer {
		return nil, &bodyError{fmt.Sprintf("the answer is larger than %d MiB", maxAnswer>>20), nil}
	}
	var answer map[string]any
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	if err := decoder.Decode(&answer); err != nil || answer == nil {
		return nil, &bodyError{"the answer is not a JSON object", err}
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, &bodyError{"the answer goes on after its JSON object", err}
	}
	if deeper(answer, maxAnswerDepth) {
		return nil, &bodyError{fmt.Sprintf("the answer is nested more than %d levels deep", maxAnswerDepth), nil}
	}
	return answer, nil
}

// maxAnswerDepth is far more than the API nests, and what a snapshot can hold:
// the elements of its lists stand two levels down.
const maxAnswerDepth = 96

func deeper(value any, than int) bool {
	switch value := value.(type) {
	case map[string]any:
		for _, v := range value {
			if than == 0 || deeper(v, than-1) {
				return true
			}
		}
	case []any:
		for _, v := range value {
			if than == 0 || deeper(v, than-1) {
				return true
			}
		}
	}
	return false
}

// bodyError is a successful answer with a body that cannot be used. Its text
// quotes nothing of the body.
type bodyError struct {
	message string
	err     error
}

func (e *bodyError) Error() string { return e.message }

func (e *bodyError) Unwrap() error { return e.err }

// RetryableError tells the SDK that the next answer may well be whole.
func (e *bodyError) RetryableError() bool { return true }
