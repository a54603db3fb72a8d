package snapshot

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
)

// Op is what an [Edit] does.
type Op string

// The operations. Lists that are sets (flows, scopes, attributes) are changed
// by Add and Remove, so that edits of different rules do not collide.
const (
	OpReplace Op = "replace" // set the value, creating absent parents
	OpAdd     Op = "add"     // put the value into a list unless it is there
	OpRemove  Op = "remove"  // take the value out of a list
)

// Edit is one change of a pool, as data.
type Edit struct {
	Op Op `json:"op"`
	// Path is an RFC 6901 pointer into the snapshot.
	Path  string `json:"path"`
	Value any    `json:"value"`
}

// Apply returns the pool as it would be after the edits, in their order; p
// stays as it is. It fails for a path that leads through something that is
// neither object nor list, or outside a list.
func (p *Pool) Apply(edits []Edit) (*Pool, error) {
	after := *p
	after.Sections = maps.Clone(p.Sections)
	root := any(after.Sections)
	for _, edit := range edits {
		var err error
		if root, err = apply(root, SplitPointer(edit.Path), edit); err != nil {
			return nil, fmt.Errorf("%s %s: %w", edit.Op, edit.Path, err)
		}
	}
	after.Sections = root.(map[string]any)
	return &after, nil
}

// apply returns node with the edit made at path, copying what it changes.
func apply(node any, path []string, edit Edit) (any, error) {
	if len(path) == 0 {
		return edit.result(node)
	}
	switch node := node.(type) {
	case nil:
		return apply(map[string]any{}, path, edit)
	case map[string]any:
		child, err := apply(node[path[0]], path[1:], edit)
		if err != nil {
			return nil, err
		}
		changed := maps.Clone(node)
		changed[path[0]] = child
		return changed, nil
	case []any:
		i, err := strconv.Atoi(path[0])
		if err != nil || i < 0 || i >= len(node) {
			return nil, fmt.Errorf("no element %q in a list of %d", path[0], len(node))
		}
		child, err := apply(node[i], path[1:], edit)
		if err != nil {
			return nil, err
		}
		changed := slices.Clone(node)
		changed[i] = child
		return changed, nil
	default:
		return nil, fmt.Errorf("%q is a member of neither object nor list", path[0])
	}
}

// result is what the edit makes of the value it is aimed at.
func (e Edit) result(old any) (any, error) {
	if e.Op == OpReplace {
		return e.Value, nil
	}
	list, ok := old.([]any)
	if !ok && old != nil {
		return nil, fmt.Errorf("the value is no list")
	}
	isValue := func(element any) bool { return reflect.DeepEqual(element, e.Value) }
	switch e.Op {
	case OpAdd:
		if slices.ContainsFunc(list, isValue) {
			return list, nil
		}
		return append(slices.Clone(list), e.Value), nil
	case OpRemove:
		return slices.DeleteFunc(slices.Clone(list), isValue), nil
	default:
		return nil, fmt.Errorf("unknown operation %q", e.Op)
	}
}
