package snapshot

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// Difference is a value that two trees do not share.
type Difference struct {
	// Path is an RFC 6901 pointer below the compared trees. It leads to a member
	// of objects that both have, never into a list.
	Path string `json:"path"`
	// Before and After are JSON values; nil is a member that is absent.
	Before any `json:"before"`
	After  any `json:"after"`
}

// Diff returns what differs between two JSON trees, sorted by path; nil if
// nothing does. It reads them as the API means them: lists are sets (an order
// that counts is told by a member, such as Priority), null and empty lists are
// as good as absent, and numbers are compared by value.
func Diff(before, after any) []Difference { return diff("", before, after) }

func diff(at string, before, after any) []Difference {
	a, okA := before.(map[string]any)
	b, okB := after.(map[string]any)
	if !okA || !okB {
		if Equal(before, after) {
			return nil
		}
		return []Difference{{at, before, after}}
	}
	var found []Difference
	for _, key := range slices.Sorted(maps.Keys(union(a, b))) {
		found = append(found, diff(at+Pointer(key), a[key], b[key])...)
	}
	return found
}

func union(a, b map[string]any) map[string]bool {
	keys := map[string]bool{}
	for key := range a {
		keys[key] = true
	}
	for key := range b {
		keys[key] = true
	}
	return keys
}

// Equal tells whether [Diff] finds nothing.
func Equal(a, b any) bool {
	switch a := a.(type) {
	case nil:
		return isAbsent(b)
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok {
			return false
		}
		for key := range union(a, b) {
			if !Equal(a[key], b[key]) {
				return false
			}
		}
		return true
	case []any:
		if b, ok := b.([]any); ok {
			return equalSets(a, b)
		}
		return len(a) == 0 && isAbsent(b)
	case string, bool:
		return a == b
	default:
		return equalNumbers(a, b)
	}
}

func isAbsent(value any) bool {
	list, ok := value.([]any)
	return value == nil || ok && len(list) == 0
}

// equalSets compares lists whose elements may be repeated, in any order.
func equalSets(a, b []any) bool {
	if len(a) != len(b) {
		return false
	}
	left := slices.Clone(b)
	for _, element := range a {
		i := slices.IndexFunc(left, func(other any) bool { return Equal(element, other) })
		if i < 0 {
			return false
		}
		left = slices.Delete(left, i, i+1)
	}
	return true
}

func equalNumbers(a, b any) bool {
	textA, okA := numberText(a)
	textB, okB := numberText(b)
	if !okA || !okB {
		return false
	}
	if textA == textB {
		return true
	}
	intA, errA := strconv.ParseInt(textA, 10, 64)
	intB, errB := strconv.ParseInt(textB, 10, 64)
	if errA == nil && errB == nil {
		return intA == intB
	}
	floatA, errA := strconv.ParseFloat(textA, 64)
	floatB, errB := strconv.ParseFloat(textB, 64)
	return errA == nil && errB == nil && floatA == floatB
}

func numberText(value any) (string, bool) {
	switch value := value.(type) {
	case json.Number:
		return value.String(), true
	case int:
		return strconv.Itoa(value), true
	case int64:
		return strconv.FormatInt(value, 10), true
	case float64:
		return strconv.FormatFloat(value, 'g', -1, 64), true
	default:
		return "", false
	}
}

// With returns a tree with another value at a pointer; tree stays as it is. Nil
// takes the member out, and parents that are absent are created. The pointer
// must lead through objects only: elsewhere the tree is returned as it was.
func With(tree map[string]any, pointer string, value any) map[string]any {
	return with(tree, SplitPointer(pointer), value)
}

func with(tree map[string]any, path []string, value any) map[string]any {
	if len(path) == 0 {
		return tree
	}
	changed := maps.Clone(tree)
	if changed == nil {
		changed = map[string]any{}
	}
	switch child, isObject := tree[path[0]].(map[string]any); {
	case len(path) > 1 && !isObject && tree[path[0]] != nil:
		return tree
	case len(path) > 1 && !isObject && value == nil:
		return tree
	case len(path) > 1:
		changed[path[0]] = with(child, path[1:], value)
	case value == nil:
		delete(changed, path[0])
	default:
		changed[path[0]] = value
	}
	return changed
}
