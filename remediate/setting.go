package remediate

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// setting is a JSON value that may be absent or of any type: rules of users
// write what they like. Reading it never fails.
type setting struct{ json any }

// at returns a member of a member...; absent if there is none.
func (s setting) at(path ...string) setting {
	for _, name := range path {
		object, _ := s.json.(map[string]any)
		s = setting{object[name]}
	}
	return s
}

// set tells whether there is a value; null is none.
func (s setting) set() bool { return s.json != nil }

// empty tells whether there is no value, or one that holds nothing.
func (s setting) empty() bool {
	switch node := s.json.(type) {
	case nil:
		return true
	case string:
		return node == ""
	case []any:
		return len(node) == 0
	case map[string]any:
		return len(node) == 0
	default:
		return false
	}
}

func (s setting) text() string {
	text, _ := s.json.(string)
	return text
}

func (s setting) is(value bool) bool { return s.json == value }

// number returns a number of any type; ok is false for what is none.
func (s setting) number() (n float64, ok bool) {
	switch node := s.json.(type) {
	case json.Number:
		n, err := node.Float64()
		return n, err == nil
	case float64:
		return node, true
	case int:
		return float64(node), true
	case int32:
		return float64(node), true
	case int64:
		return float64(node), true
	default:
		return 0, false
	}
}

// within tells whether it is a whole number from low to high.
func (s setting) within(low, high float64) bool {
	n, ok := s.number()
	return ok && n == math.Trunc(n) && n >= low && n <= high
}

func (s setting) list() []setting {
	elements, _ := s.json.([]any)
	var list []setting
	for _, element := range elements {
		list = append(list, setting{element})
	}
	return list
}

// texts returns the strings of a list.
func (s setting) texts() []string {
	var texts []string
	for _, element := range s.list() {
		if text, ok := element.json.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// has tells whether a list holds a string.
func (s setting) has(text string) bool { return slices.Contains(s.texts(), text) }

// names returns the names of the members that have a value, sorted.
func (s setting) names() []string {
	object, _ := s.json.(map[string]any)
	var names []string
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if object[name] != nil {
			names = append(names, name)
		}
	}
	return names
}

// equal compares as the API does: lists are sets, null is absent, and the Go
// type of a number does not matter.
func (s setting) equal(other setting) bool { return s.String() == other.String() }

// String returns JSON in which lists are sorted.
func (s setting) String() string {
	if n, ok := s.number(); ok {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	switch node := s.json.(type) {
	case nil:
		return "null"
	case string:
		return strconv.Quote(node)
	case []any:
		var elements []string
		for _, element := range s.list() {
			elements = append(elements, element.String())
		}
		slices.Sort(elements)
		return "[" + strings.Join(elements, ",") + "]"
	case map[string]any:
		var members []string
		for _, name := range s.names() {
			members = append(members, strconv.Quote(name)+":"+s.at(name).String())
		}
		return "{" + strings.Join(members, ",") + "}"
	default:
		return fmt.Sprint(node)
	}
}

// short returns JSON that fits into a sentence.
func (s setting) short() string {
	if !s.set() {
		return "absent"
	}
	text := []rune(s.String())
	if len(text) > 60 {
		return string(text[:57]) + "..."
	}
	return string(text)
}

// turn is a part of the pool as it is and as it would be.
type turn struct{ before, after setting }

func (t turn) at(path ...string) turn { return turn{t.before.at(path...), t.after.at(path...)} }

func (t turn) changed() bool { return !t.before.equal(t.after) }
