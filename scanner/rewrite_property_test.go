package scanner

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/cognilint/cognilint/snapshot"
)

// writer makes random JSON text of a tree.
type writer struct {
	r            *rand.Rand
	unit, end    string
	colon, comma string
	oneLine      int // of ten objects and lists
}

func (w *writer) write(b *strings.Builder, value any, indent string, lines bool) {
	lines = lines && w.r.IntN(10) >= w.oneLine
	inner, before, after := indent, "", ""
	if lines {
		inner += w.unit
		before, after = w.end+inner, w.end+indent
	}
	comma := w.comma
	if lines {
		comma = ","
	}
	switch value := value.(type) {
	case map[string]any:
		b.WriteByte('{')
		names := slices.Sorted(maps.Keys(value))
		w.r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		for i, name := range names {
			if i > 0 {
				b.WriteString(comma)
			}
			b.WriteString(before + quote(name) + w.colon)
			w.write(b, value[name], inner, lines)
		}
		if len(value) > 0 {
			b.WriteString(after)
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, element := range value {
			if i > 0 {
				b.WriteString(comma)
			}
			b.WriteString(before)
			w.write(b, element, inner, lines)
		}
		if len(value) > 0 {
			b.WriteString(after)
		}
		b.WriteByte(']')
	default:
		b.WriteString(scalar(value))
	}
}

var randomNames = []string{"a", "b", "c d", "é/~", `"q"`, "Long", "x0", "z"}

func randomValue(r *rand.Rand, depth int) any {
	switch kind := r.IntN(8); {
	case kind < 2 && depth > 0:
		members := map[string]any{}
		for range r.IntN(5) {
			members[randomNames[r.IntN(len(randomNames))]] = randomValue(r, depth-1)
		}
		return members
	case kind < 4 && depth > 0:
		elements := []any{}
		for range r.IntN(5) {
			elements = append(elements, randomValue(r, depth-1))
		}
		return elements
	case kind == 4:
		return json.Number(fmt.Sprint(r.IntN(5)))
	case kind == 5:
		return r.IntN(2) == 0
	default:
		return []string{"", "x", "a\nb", "é\u2028", "ON", "<\\>"}[r.IntN(6)]
	}
}

// randomReplacements aims at values below a tree that do not hold each other.
func randomReplacements(r *rand.Rand, at string, tree map[string]any) []Replacement {
	var replacements []Replacement
	for _, name := range randomNames {
		old, found := tree[name]
		pointer := at + snapshot.Pointer(name)
		members, isMap := old.(map[string]any)
		elements, isList := old.([]any)
		switch kind := r.IntN(6); {
		case kind < 2:
		case kind < 4 && isMap:
			replacements = append(replacements, randomReplacements(r, pointer, members)...)
		case kind < 4 && isList:
			var kept []any
			for _, element := range elements {
				if r.IntN(2) == 0 {
					kept = append(kept, element)
				}
			}
			replacements = append(replacements, Replacement{pointer, old, append(kept, randomValue(r, 1))})
		case kind == 4 && found:
			replacements = append(replacements, Replacement{pointer, old, nil})
		default:
			replacements = append(replacements, Replacement{pointer, old, randomValue(r, 2)})
		}
	}
	return replacements
}

// intended makes replacements in a tree in the most simple way.
func intended(tree map[string]any, pointer []string, value any) {
	for _, name := range pointer[:len(pointer)-1] {
		tree = tree[name].(map[string]any)
	}
	if name := pointer[len(pointer)-1]; value == nil {
		delete(tree, name)
	} else {
		tree[name] = value
	}
}

// TestRewriteRandom makes random replacements in random documents: the new
// text stands for what is wanted, and lines of values that stay are kept.
func TestRewriteRandom(t *testing.T) {
	name := filepath.Join(t.TempDir(), "p.json")
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		pick := func(of ...string) string { return of[r.IntN(len(of))] }
		w := &writer{r: r, unit: pick("  ", "    ", "\t"), end: pick("\n", "\r\n"), colon: pick(":", ": ", " : "), comma: pick(",", ", "), oneLine: r.IntN(11)}
		tree := map[string]any{}
		for _, name := range randomNames {
			tree[name] = randomValue(r, 3)
		}
		tree["Id"] = "r_1"
		for i := range 20 {
			tree[fmt.Sprint("untouched", i)] = randomValue(r, 2)
		}
		var b strings.Builder
		b.WriteString(pick("", "\ufeff"))
		w.write(&b, map[string]any{"UserPool": tree}, "", true)
		b.WriteString(pick("", "\n"))
		text := b.String()
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		exports, err := ReadExports(t.Context(), []string{name}, nil)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		replacements := randomReplacements(r, "/UserPool", tree)
		changes, err := exports.Pools[0].Rewrite(replacements)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		for _, r := range replacements {
			intended(tree, snapshot.SplitPointer(r.Pointer)[1:], r.New)
		}
		got := text
		if len(changes) > 0 {
			got = string(changes[0].New)
		}
		documents, err := (&file{path: name, text: []byte(got)}).documents()
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, got)
		}
		if !same(documents[0].value, map[string]any{"UserPool": tree}) {
			t.Fatalf("seed %d: replacements %v give\n%s", seed, replacements, got)
		}
		for i := range 20 {
			at := []string{snapshot.Pointer("UserPool", fmt.Sprint("untouched", i))}
			if before, after := textAt(exports.Pools[0].origins[0].document, at), textAt(documents[0], at); before != after {
				t.Fatalf("seed %d: %s was %s and is %s", seed, at, before, after)
			}
		}
		if strings.Contains(text, "\r\n") != strings.Contains(got, "\r\n") && strings.Contains(got, "\n") ||
			strings.HasSuffix(text, "\n") != strings.HasSuffix(got, "\n") || strings.HasPrefix(text, "\ufeff") != strings.HasPrefix(got, "\ufeff") {
			t.Fatalf("seed %d: another style\n%q\n%q", seed, text, got)
		}
		linesKept(t, seed, exports.Pools[0].origins[0].document, replacements, got)
	}
}

// textAt returns the text of a value.
func textAt(d *document, at []string) string {
	s := d.source.locate(at)[at[0]]
	f := d.file
	return string(f.text[f.offset(s.line, s.column):f.offset(s.endLine, s.endColumn)])
}

// linesKept checks that the lines beside the touched values are the same, in
// the same order. A comma may have come to the end of a line or gone from it.
func linesKept(t *testing.T, seed uint64, d *document, replacements []Replacement, got string) {
	t.Helper()
	touched := map[int]bool{}
	for _, r := range replacements {
		at := r.Pointer
		if s, ok := d.source.locate([]string{at})[at]; ok {
			for n := s.line; n <= s.endLine; n++ {
				touched[n] = true
			}
		}
		// The brackets around become others when they open or close.
		s := d.find(parent(at))[0]
		touched[s.line], touched[s.endLine] = true, true
	}
	bare := func(line string) string { return strings.TrimRight(line, ",\r\n") }
	var lines []string
	for line := range strings.Lines(strings.TrimPrefix(got, "\ufeff")) {
		lines = append(lines, bare(line))
	}
	n := 0
	for line := range strings.Lines(string(d.file.text)) {
		n++
		if touched[n] {
			continue
		}
		i := slices.Index(lines, bare(line))
		if i < 0 {
			t.Fatalf("seed %d: line %d %q is lost in\n%s\nof\n%s", seed, n, line, got, d.file.text)
		}
		lines = lines[i+1:]
	}
}

// TestRewriteRandomYAML does it in documents that the YAML library writes. Some
// replacements are refused, but no wrong text comes out.
func TestRewriteRandomYAML(t *testing.T) {
	changed := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 2))
		tree := map[string]any{}
		for _, name := range randomNames {
			tree[name] = randomValue(r, 3)
		}
		tree["Id"] = "r_1"
		var b strings.Builder
		encoder := yaml.NewEncoder(&b)
		encoder.SetIndent(2 + r.IntN(3))
		if err := encoder.Encode(map[string]any{"UserPool": yamlTree(tree)}); err != nil {
			t.Fatal(err)
		}
		replacements := randomReplacements(r, "/UserPool", tree)
		documents, err := (&file{path: "p.yaml", text: []byte(b.String())}).documents()
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, b.String())
		}
		pools, _ := assemble(documents)
		// One after the other: what is refused does not stop the others.
		rewriter := NewRewriter()
		for _, replacement := range replacements {
			if err := rewriter.Add(pools[0], []Replacement{replacement}); err != nil {
				if strings.Contains(err.Error(), "safely") && !strings.Contains(b.String(), "|") {
					t.Errorf("seed %d: %v: %v\n%s", seed, replacement, err, b.String())
				}
				continue
			}
			changed++
			intended(tree, snapshot.SplitPointer(replacement.Pointer)[1:], replacement.New)
		}
		changes, err := rewriter.Changes()
		if err != nil || len(changes) == 0 {
			t.Fatalf("seed %d: %v %v", seed, changes, err)
		}
		after, err := (&file{path: "p.yaml", text: changes[0].New}).documents()
		if err != nil || !same(after[0].value, map[string]any{"UserPool": tree}) {
			t.Fatalf("seed %d: %v\n%s\n%s", seed, err, b.String(), changes[0].New)
		}
	}
	if changed < 2000 {
		t.Errorf("only %d changes", changed)
	}
}

// yamlTree writes numbers as the YAML library knows them.
func yamlTree(value any) any {
	switch value := value.(type) {
	case map[string]any:
		members := map[string]any{}
		for name, member := range value {
			members[name] = yamlTree(member)
		}
		return members
	case []any:
		elements := make([]any, len(value))
		for i := range value {
			elements[i] = yamlTree(value[i])
		}
		return elements
	case json.Number:
		n, _ := value.Int64()
		return n
	default:
		return value
	}
}
