package scanner

import (
	"maps"
	"slices"
	"testing"

	"github.com/cognilint/cognilint/snapshot"
)

// FuzzRewrite makes one replacement in a pool of any text: there is an error
// that names the file, or a text that stands for exactly what is wanted.
func FuzzRewrite(f *testing.F) {
	for i, text := range []string{
		poolA,
		"[" + poolA + ",\r\n{\"UserPoolClient\": {\"ClientId\": \"c\",\n \"UserPoolId\": \"eu-west-1_A\", \"l\": [\"A\", \"B\"]}}]",
		"UserPool:\n  Id: r_1 # c\n  P:\n  - a: 1\n    b: 'x'\n  - c\n  Q: {a: [x, \"y\"], }\n  R:\n  S: |\n    t\n",
		"- UserPool:\n    Id: r_1\n    P: &a\n      x: !!str 1\n    Q: *a\n    l: [a, # c\n      b]\n",
		"--- {UserPool: {Id: r_1, ? a : b, c, l: [d: e, ]}}\n---\nMfaConfiguration: \"OFF\"",
	} {
		for place := range uint8(12) {
			f.Add(text, i > 1, place, place)
		}
	}
	f.Fuzz(func(t *testing.T, text string, asYAML bool, place, kind uint8) {
		read := &file{path: "p.json", text: []byte(text)}
		if asYAML {
			read.path = "p.yaml"
		}
		documents, err := read.documents()
		if err != nil {
			return
		}
		pools, errs := assemble(documents)
		if len(errs) > 0 || len(pools) == 0 {
			return
		}
		e := pools[int(place)%len(pools)]
		var pointers []string
		collect("", any(e.Pool.Sections), &pointers)
		slices.Sort(pointers)
		r := Replacement{Pointer: pointers[int(place)%len(pointers)]}
		if kind&8 != 0 {
			r.Pointer += "/new/b"
		}
		r.Old, _ = snapshot.Lookup(e.Pool.Sections, r.Pointer)
		switch kind % 8 {
		case 0:
		case 1:
			r.New = "ON"
		case 2:
			r.New = "a: b # \u0085"
		case 3:
			r.New = map[string]any{"a": []any{"x"}, "yes": map[string]any{}}
		case 4:
			l, _ := r.Old.([]any)
			r.New = append(slices.Clone(l), "z")
		case 5:
			l, _ := r.Old.([]any)
			r.New = slices.Clone(l[min(1, len(l)):])
		case 6:
			r.New = []any{true, []any{}, plain(7)}
		default:
			m, _ := r.Old.(map[string]any)
			m = maps.Clone(m)
			for name := range m {
				m[name] = "other"
				break
			}
			r.New = m
		}
		changes, err := e.Rewrite([]Replacement{r})
		if err != nil {
			if input, ok := err.(*InputError); ok && (input.File != read.path || input.Message == "") {
				t.Errorf("error %#v without a place", err)
			}
			return
		}
		if len(changes) == 0 || r.Pointer == "" {
			return
		}
		before, _ := (&file{path: read.path, text: []byte(text)}).documents()
		after, err := (&file{path: read.path, text: changes[0].New}).documents()
		if err != nil || len(after) != len(before) {
			t.Fatalf("%+v: %q became %q: %v", r, text, changes[0].New, err)
		}
		d, at, _ := e.place(r)
		for i := range before {
			want := before[i].value
			if i == d.index {
				r.New = plain(r.New)
				want = simply(want, snapshot.SplitPointer(at), r.New)
			}
			if !same(withoutNull(after[i].value), withoutNull(want)) {
				t.Errorf("%+v: %q became %q", r, text, changes[0].New)
			}
		}
		Diff(read.path, changes[0].Old, changes[0].New)
	})
}

// simply sets a value, or takes it out, below a tree. Of two objects secrets
// stay.
func simply(tree any, path []string, value any) any {
	switch node := tree.(type) {
	case nil:
		if len(path) > 0 {
			return map[string]any{path[0]: simply(nil, path[1:], value)}
		}
	case map[string]any:
		if len(path) == 1 && value == nil {
			delete(node, path[0])
			return node
		}
		if len(path) > 0 {
			node[path[0]] = simply(node[path[0]], path[1:], value)
			return node
		}
	case []any:
		for i := range node {
			if len(path) == 0 || snapshot.Pointer(i) != "/"+path[0] {
				continue
			}
			if len(path) == 1 && value == nil {
				return slices.Delete(node, i, i+1)
			}
			node[i] = simply(node[i], path[1:], value)
			return node
		}
	}
	return value
}

// withoutNull takes out members that are null, which counts as absent.
func withoutNull(value any) any {
	switch value := value.(type) {
	case map[string]any:
		maps.DeleteFunc(value, func(_ string, member any) bool { return member == nil })
		for _, member := range value {
			withoutNull(member)
		}
	case []any:
		for _, element := range value {
			withoutNull(element)
		}
	}
	return value
}
