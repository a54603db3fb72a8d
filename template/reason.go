package template

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// reasons finds out by trying which rules need a setting: it takes each out, or
// turns it around, and looks which checks fail.
func (m *Maker) reasons(ctx context.Context, pool *snapshot.Pool) (map[string][]string, error) {
	// Some rules look at pools with users only.
	pool, err := pool.Apply([]snapshot.Edit{{Op: snapshot.OpReplace, Path: "/UserPool/EstimatedNumberOfUsers", Value: json.Number("100000")}})
	if err != nil {
		return nil, err
	}
	t := &trial{Maker: m, pool: pool, found: map[string][]string{}}
	if t.before, err = t.failing(ctx, pool); err != nil {
		return nil, err
	}
	for _, section := range snapshot.Sections {
		path := snapshot.Pointer(section.Name)
		content := pool.Sections[section.Name]
		placed, err := t.below(ctx, path, content, !section.List)
		// Only this section may be absent as a whole.
		if err == nil && section.Name == "WebACL" && content != nil {
			_, err = t.without(ctx, path, nil, placed, path)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, rules := range t.found {
		slices.Sort(rules)
	}
	return t.found, nil
}

type trial struct {
	*Maker
	pool *snapshot.Pool
	// before are the rules that fail anyway.
	before []string
	found  map[string][]string
}

// below places the rules that need what stands below a path, and returns them.
// A rule stands at the smallest part that it needs; the elements of a list, if
// it is gathered, have their rules at the list, or comments would repeat
// themselves.
func (t *trial) below(ctx context.Context, path string, value any, gather bool) ([]string, error) {
	var placed []string
	switch value := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			at := path + snapshot.Pointer(name)
			rules, err := t.below(ctx, at, value[name], true)
			for _, other := range opposites(value[name]) {
				if err == nil {
					rules, err = t.without(ctx, at, other, rules, at)
				}
			}
			if err != nil {
				return nil, err
			}
			placed = append(placed, rules...)
		}
	case []any:
		for i, element := range value {
			at := path + snapshot.Pointer(i)
			rules, err := t.below(ctx, at, element, true)
			if err != nil {
				return nil, err
			}
			fewer := slices.Delete(slices.Clone(value), i, i+1)
			if rules, err = t.without(ctx, path, fewer, rules, at); err != nil {
				return nil, err
			}
			placed = append(placed, rules...)
		}
		if gather && len(placed) > 0 {
			slices.Sort(placed)
			placed = slices.Compact(placed)
			t.found[path] = slices.Clone(placed)
		}
	}
	return placed, nil
}

// without writes another value to a path, and notes at a place the rules that
// fail then and are not placed yet. It returns all that are.
func (t *trial) without(ctx context.Context, path string, value any, placed []string, place string) ([]string, error) {
	other, err := t.pool.Apply([]snapshot.Edit{{Op: snapshot.OpReplace, Path: path, Value: value}})
	if err != nil {
		return nil, err
	}
	rules, err := t.failing(ctx, other)
	for _, rule := range rules {
		if !slices.Contains(placed, rule) {
			t.found[place] = append(t.found[place], rule)
			placed = append(placed, rule)
		}
	}
	return placed, err
}

// opposites are what a pool may have instead of a value: none, the other truth
// value, very little or very much.
func opposites(value any) []any {
	switch value := value.(type) {
	case bool:
		return []any{!value}
	case json.Number:
		return []any{nil, json.Number("1"), json.Number("100000")}
	case []any:
		return []any{[]any{}}
	}
	return []any{nil}
}

// failing returns the rules that fail for a pool and did not before, sorted.
func (t *trial) failing(ctx context.Context, pool *snapshot.Pool) ([]string, error) {
	verdicts, err := t.Evaluate(ctx, pool)
	if err != nil {
		return nil, err
	}
	var rules []string
	for _, v := range verdicts {
		if v.Status == finding.Fail && !slices.Contains(t.before, v.Rule) {
			rules = append(rules, v.Rule)
		}
	}
	slices.Sort(rules)
	return slices.Compact(rules), nil
}
