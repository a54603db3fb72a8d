package scanner

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/cognilint/cognilint/internal/cognito"
	"github.com/cognilint/cognilint/snapshot"
)

// flatten takes replacements of objects by objects apart into those of the
// members that differ, with values as the decoders give them.
func flatten(replacements []Replacement) []Replacement {
	var flat []Replacement
	for _, r := range replacements {
		r.Old, r.New = plain(r.Old), plain(r.New)
		before, isObject := r.Old.(map[string]any)
		after, staysObject := r.New.(map[string]any)
		if !isObject || !staysObject {
			flat = append(flat, r)
			continue
		}
		names := slices.Sorted(maps.Keys(before))
		for _, name := range slices.Sorted(maps.Keys(after)) {
			if _, ok := before[name]; !ok {
				names = append(names, name)
			}
		}
		var members []Replacement
		for _, name := range names {
			if same(before[name], after[name]) {
				continue
			}
			members = append(members, Replacement{Pointer: r.Pointer + snapshot.Pointer(name), Old: before[name], New: after[name]})
		}
		flat = append(flat, flatten(members)...)
	}
	return flat
}

// plain returns a JSON value made of the types that the decoders use. What
// cannot be written as JSON stays and fails later.
func plain(value any) any {
	text, err := json.Marshal(value)
	if err != nil {
		return value
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var tree any
	if decoder.Decode(&tree) != nil {
		return value
	}
	return tree
}

// removed stands for a list's element that will be taken out, so that the
// indexes of the others stay.
type removed struct{}

// replaced returns the value of a document with a replacement made at a
// pointer, copying what it changes.
func replaced(d *document, value any, at string, r Replacement) (any, error) {
	return replacing{d, r}.change(value, snapshot.SplitPointer(at), "")
}

// replacing is one replacement on its way down the tree of a document.
type replacing struct {
	document *document
	Replacement
}

func (r replacing) fail(at, format string, args ...any) (any, error) {
	return nil, r.document.errorAt(at, fmt.Sprintf(format, args...)+"; change it by hand")
}

// change returns what becomes of the node at a pointer; path leads on.
func (r replacing) change(node any, path []string, at string) (any, error) {
	if len(path) == 0 {
		if !same(node, r.Old) {
			return r.fail(at, "%s is not what the scan saw", r.Pointer)
		}
		return merged(node, r.New), nil
	}
	switch node := node.(type) {
	case nil:
		child, err := r.change(nil, path[1:], at+snapshot.Pointer(path[0]))
		if child == nil || err != nil {
			return nil, err
		}
		return map[string]any{path[0]: child}, nil
	case map[string]any:
		return r.changeMember(node, path, at)
	case []any:
		i, err := strconv.Atoi(path[0])
		if err != nil || i < 0 || i >= len(node) {
			return r.fail(at, "no element %q in a list of %d", path[0], len(node))
		}
		child, err := r.change(node[i], path[1:], at+snapshot.Pointer(i))
		if err != nil {
			return nil, err
		}
		changed := slices.Clone(node)
		if changed[i] = child; child == nil && len(path) == 1 {
			changed[i] = removed{}
		}
		return changed, nil
	default:
		return r.fail(at, "%s, expected an object with the member %s", cognito.KindOf(node), path[0])
	}
}

func (r replacing) changeMember(node map[string]any, path []string, at string) (any, error) {
	name := path[0]
	old, found := node[name]
	if other := otherSpelling(node, name); !found && other != "" {
		return r.fail(at+snapshot.Pointer(other), "the member is named %s, expected %s", other, name)
	}
	child, err := r.change(old, path[1:], at+snapshot.Pointer(name))
	if err != nil {
		return nil, err
	}
	changed := maps.Clone(node)
	changed[name] = child
	// A member that is null stays, unless it becomes so here.
	if child == nil && (!found || len(path) == 1 && r.Old != nil) {
		delete(changed, name)
	}
	return changed, nil
}

// otherSpelling finds a member whose name differs from the wanted one in case
// or separators only.
func otherSpelling(members map[string]any, name string) string {
	bare := func(s string) string { return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(s)) }
	for _, other := range slices.Sorted(maps.Keys(members)) {
		if other != name && bare(other) == bare(name) {
			return other
		}
	}
	return ""
}

// merged is what becomes of a value that shall be replaced: a list keeps its
// order, and a value that says the same stays as it is written.
func merged(old, new any) any {
	before, ok := old.([]any)
	after, ok2 := new.([]any)
	switch {
	case same(old, new) && old != nil:
		return old
	case !ok || !ok2:
		return new
	}
	extra := make([]bool, len(after))
	for i := range after {
		extra[i] = true
	}
	gone := make([]bool, len(before))
	for i, element := range before {
		j := 0
		for j < len(after) && (!extra[j] || !same(element, after[j])) {
			j++
		}
		if gone[i] = j == len(after); !gone[i] {
			extra[j] = false
		}
	}
	list := []any{}
	for i, element := range before {
		if !gone[i] {
			list = append(list, element)
		} else if i < len(after) && extra[i] && isObject(element) && isObject(after[i]) {
			list, extra[i] = append(list, after[i]), false
		}
	}
	for j, element := range after {
		if extra[j] {
			list = append(list, element)
		}
	}
	return list
}

func isObject(value any) bool {
	_, ok := value.(map[string]any)
	return ok
}

// withoutRemoved takes removed elements out of the lists.
func withoutRemoved(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, member := range value {
			value[name] = withoutRemoved(member)
		}
	case []any:
		value = slices.DeleteFunc(value, func(element any) bool { return element == any(removed{}) })
		for i, element := range value {
			value[i] = withoutRemoved(element)
		}
		return value
	}
	return value
}

// same compares a value of a file with one of a snapshot: numbers by what they
// count, lists as sets that may repeat elements. Snapshots have no secrets.
func same(inFile, other any) bool {
	switch inFile := inFile.(type) {
	case map[string]any:
		members, ok := other.(map[string]any)
		if !ok {
			return false
		}
		for name, value := range inFile {
			if inOther, found := members[name]; !found && !slices.Contains(cognito.SecretMembers, name) || found && !same(value, inOther) {
				return false
			}
		}
		for name := range members {
			if _, found := inFile[name]; !found && name != "HasClientSecret" {
				return false
			}
		}
		return true
	case []any:
		list, ok := other.([]any)
		if !ok || len(list) != len(inFile) {
			return false
		}
		if reflect.DeepEqual(inFile, list) {
			return true
		}
		rest := slices.Clone(list)
		for _, element := range inFile {
			i := slices.IndexFunc(rest, func(other any) bool { return same(element, other) })
			if i < 0 {
				return false
			}
			rest = slices.Delete(rest, i, i+1)
		}
		return true
	case json.Number:
		n, ok := other.(json.Number)
		if !ok {
			return false
		}
		a, errA := inFile.Float64()
		b, errB := n.Float64()
		return inFile == n || errA == nil && errB == nil && a == b
	default:
		switch other.(type) {
		case map[string]any, []any:
			return false
		}
		return inFile == other
	}
}
