package cognitotest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// page answers with the elements that size (nil for the largest) and token
// select. The token is opaque to clients; here it holds the index of the next
// element.
func page[T any](c *call, name string, list []T, element func(T) any, largest int, size *int) (string, *apiError) {
	next := c.service.next
	if c.operation == "ListUserImportJobs" {
		next = "PaginationToken"
	}
	count, from, token := largest, 0, cmp.Or(c.in.NextToken, c.in.NextMarker, c.in.PaginationToken)
	if size != nil {
		count = *size
	}
	if count < 1 || count > largest {
		return "", c.invalid(fmt.Sprintf("1 validation error detected: Value '%d' at 'maxResults' failed to satisfy constraint: Member must have value between 1 and %d", count, largest))
	}
	if token != "" {
		offset, ok := strings.CutPrefix(token, "from-")
		n, err := strconv.Atoi(offset)
		if !ok || err != nil || n < 0 || n > len(list) {
			return "", c.invalid("Invalid " + next)
		}
		from = n
	}
	if c.largest > 0 {
		count = min(count, c.largest)
	}
	to := min(from+count, len(list))
	elements := []any{}
	for _, e := range list[from:to] {
		elements = append(elements, element(e))
	}
	answer := map[string]any{name: elements}
	if to < len(list) {
		answer[next] = "from-" + strconv.Itoa(to)
	}
	return marshal(answer)
}

// marshal returns the JSON of an answer.
func marshal(answer map[string]any) (string, *apiError) {
	body, err := json.Marshal(answer)
	if err != nil {
		return "", &apiError{"InternalErrorException", err.Error()}
	}
	return string(body), nil
}
