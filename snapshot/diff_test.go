package snapshot_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/snapshot"
)

func tree(t *testing.T, text string) map[string]any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var tree map[string]any
	if err := decoder.Decode(&tree); err != nil {
		t.Fatal(err)
	}
	return tree
}

func TestDiff(t *testing.T) {
	for _, tt := range []struct{ name, before, after, want string }{
		{"lists are sets", `{"a": [1, {"b": [2, 3]}]}`, `{"a": [{"b": [3, 2]}, 1]}`, ``},
		{"repeated elements count", `{"a": [1, 1, 2]}`, `{"a": [1, 2, 2]}`, `/a: [1,1,2] -> [1,2,2]`},
		{"absent, null and empty list", `{"a": null, "b": []}`, `{"b": null, "c": []}`, ``},
		{"an empty object is there", `{"a": {}}`, `{}`, `/a: {} -> null`},
		{"an empty object is not one with false", `{"a": {}}`, `{"a": {"b": false}}`, `/a/b: null -> false`},
		{"numbers by value", `{"a": 7, "b": 1e2, "c": 10000000000000001}`, `{"a": 7.0, "b": 100, "c": 10000000000000002}`, `/c: 10000000000000001 -> 10000000000000002`},
		{"the deepest member", `{"a": {"b": {"c": "x", "d": true}}}`, `{"a": {"b": {"c": "y", "d": true}}}`, `/a/b/c: "x" -> "y"`},
		{"other types", `{"a": "1", "b": {"c": 1}, "d": [1]}`, `{"a": 1, "b": [1], "d": 1}`, "/a: \"1\" -> 1\n/b: {\"c\":1} -> [1]\n/d: [1] -> 1"},
		{"keys that need escaping", `{"a/b~": 1}`, `{}`, `/a~1b~0: 1 -> null`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, d := range snapshot.Diff(tree(t, tt.before), tree(t, tt.after)) {
				before, _ := json.Marshal(d.Before)
				after, _ := json.Marshal(d.After)
				got = append(got, d.Path+": "+string(before)+" -> "+string(after))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestWith(t *testing.T) {
	for _, tt := range []struct {
		name, tree, pointer string
		value               any
		want                string
	}{
		{"replaces", `{"a": {"b": 1, "c": 2}}`, "/a/b", "x", `{"a": {"b": "x", "c": 2}}`},
		{"creates parents", `{}`, "/a/b", true, `{"a": {"b": true}}`},
		{"takes out", `{"a": {"b": 1, "c": 2}}`, "/a/b", nil, `{"a": {"c": 2}}`},
		{"takes out what is not there", `{"a": 1}`, "/b/c", nil, `{"a": 1}`},
		{"does not enter lists", `{"a": [1]}`, "/a/0", "x", `{"a": [1]}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := tree(t, tt.tree)
			if diff := cmp.Diff(tree(t, tt.want), snapshot.With(before, tt.pointer, tt.value)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if diff := cmp.Diff(tree(t, tt.tree), before); diff != "" {
				t.Errorf("the tree was changed: %s", diff)
			}
		})
	}
}
