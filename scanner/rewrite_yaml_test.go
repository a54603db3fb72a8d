package scanner

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRewriteYAML(t *testing.T) {
	for _, tt := range []struct {
		name         string
		text, want   string // behind "UserPool:\n  Id: r_1\n"
		replacements []Replacement
	}{
		{"a plain scalar with a comment", "  A: 6   # short\n", "  A: 12   # short\n", []Replacement{{"/A", 6, 12}}},
		{"plain text", "  A: OPTIONAL\n", "  A: \"ON\"\n", []Replacement{{"/A", "OPTIONAL", "ON"}}},
		{"plain text stays plain", "  A: OPTIONAL\n", "  A: REQUIRED\n", []Replacement{{"/A", "OPTIONAL", "REQUIRED"}}},
		{"single quotes", "  A: 'O''x' # c\n", "  A: 'it''s' # c\n", []Replacement{{"/A", "O'x", "it's"}}},
		{"single quotes that cannot stay", "  A: 'x'\n", "  A: \"\\n\\u0085\\u2028\\u0001\\ufeff\"\n", []Replacement{{"/A", "x", "\n\u0085\u2028\x01\ufeff"}}},
		{"double quotes", "  A: \"x\"\n", "  A: \"ON é\"\n", []Replacement{{"/A", "x", "ON é"}}},
		{"text over lines", "  A: one\n    two\n  B: 1\n", "  A: \"one\\ttwo\"\n  B: 1\n", []Replacement{{"/A", "one two", "one\ttwo"}}},
		{"nothing written", "  A:\n  B: # c\n", "  A: 1\n  B: {\"c\": 1} # c\n", []Replacement{{"/A", nil, 1}, {"/B/c", nil, 1}}},
		{"an inserted member without a line end", "  A: 1", "  A: 1\n  B: 2", []Replacement{{"/B", nil, 2}}},
		{"an inserted member behind a comment", "  A: 1 # one\n# end\n", "  A: 1 # one\n  B: 2\n# end\n", []Replacement{{"/B", nil, 2}}},
		{"inserted parents", "  P:\n      A: 1\n", "  P:\n      A: 1\n  Q:\n    R:\n      S: \"yes\"\n      \"t t\": []\n", []Replacement{{"/Q/R", nil, object{"S": "yes", "t t": list{}}}}},
		{"inserted into nested mappings", "  P:\n    A: 1\n", "  P:\n    A: 1\n    B: x\n  C: \"y\"\n", []Replacement{{"/P/B", nil, "x"}, {"/C", nil, "y"}}},
		{"an inserted list", "  P:\n  - x\n", "  P:\n  - x\n  Q:\n  - a\n  - {\"b\": 1}\n", []Replacement{{"/Q", nil, list{"a", object{"b": 1}}}}},
		{"an indented list", "  P:\n    - x\n", "  P:\n    - x\n  Q:\n    - a\n", []Replacement{{"/Q", nil, list{"a"}}}},
		{"an inserted quoted name", "  \"P\": \"x\"\n", "  \"P\": \"x\"\n  \"Q\": \"a\"\n", []Replacement{{"/Q", nil, "a"}}},
		{"elements come and go", "  L:\n    - a\n    # about b\n    - b # b\n    - c\n  M: 1\n", "  L:\n    # about b\n    - b # b\n    - d\n  M: 1\n", []Replacement{{"/L", list{"a", "b", "c"}, list{"b", "d"}}}},
		{"an element without a line end", "  L:\n  - a\n  - b", "  L:\n  - a", []Replacement{{"/L", list{"a", "b"}, list{"a"}}}},
		{"all elements change", "  L:\n  - a\n  - \"b\" # c\n", "  L:\n  - c\n  - \"d\" # c\n", []Replacement{{"/L", list{"a", "b"}, list{"c", "d"}}}},
		{"all elements go", "  L:\n  - a\n  - b\n  M: 1\n", "  L: []\n  M: 1\n", []Replacement{{"/L", list{"a", "b"}, list{}}}},
		{"an element changes inside", "  L:\n  - Name: a # a\n    Priority: 1\n  - Name: b\n    Priority: 2\n", "  L:\n  - Name: a # a\n    Priority: 3\n  - Name: b\n    Priority: 2\n", []Replacement{{"/L/0/Priority", 1, 3}}},
		{"an element of members goes", "  L:\n  - Name: a\n    Priority: 1\n  - Name: b\n    Priority: 2\n", "  L:\n  - Name: b\n    Priority: 2\n", []Replacement{{"/L/0", object{"Name": "a", "Priority": 1}, nil}}},
		{"the first member of an element goes", "  L:\n  - Name: a\n    Priority: 1\n", "  L:\n  - Priority: 1\n", []Replacement{{"/L/0/Name", "a", nil}}},
		{"a member goes", "  A: 1\n  # about B\n  B:\n    C: 1\n    D: 1\n  E: 1\n", "  A: 1\n  # about B\n  E: 1\n", []Replacement{{"/B", object{"C": 1, "D": 1}, nil}}},
		{"the last members go", "  A: 1\n  B: 2\n  C: 3\n", "  A: 1\n", []Replacement{{"/B", 2, nil}, {"/C", 3, nil}}},
		{"what is appended follows what is taken out", "  L:\n  - a: 1\n    b: 2\n    c: 3\n", "  L:\n  - a: 1\n  - d\n  M: 1\n", []Replacement{{"/L", list{object{"a": 1, "b": 2, "c": 3}}, list{object{"a": 1}, "d"}}, {"/M", nil, 1}}},
		{"flow", "  A: {B: 1, C: [x, \"y\"]}\n", "  A: {B: 2, C: [\"y\", \"z\"], D: {\"E\": true}}\n", []Replacement{{"/A/B", 1, 2}, {"/A/C", list{"x", "y"}, list{"y", "z"}}, {"/A/D/E", nil, true}}},
		{"flow with quotes and lines", "  A: {\"B\":1,\n    \"C\":2}\n", "  A: {\"B\":1,\n    \"D\":2}\n", []Replacement{{"/A/C", 2, nil}, {"/A/D", nil, 2}}},
		{"empty flow", "  A: {}\n  L: [ ]\n", "  A: {\"b\": 1}\n  L: [\"x\", \"y\"]\n", []Replacement{{"/A/b", nil, 1}, {"/L", list{}, list{"x", "y"}}}},
		{"a trailing comma", "  L: [a, b, ]\n", "  L: [a, c, ]\n", []Replacement{{"/L", list{"a", "b"}, list{"a", "c"}}}},
		{"a block becomes another type", "  A:\n    B: 1\n  C: 1\n", "  A: x\n  C: 1\n", []Replacement{{"/A", object{"B": 1}, "x"}}},
		{"two documents", "---\nUserPool: {Id: r_2, A: 1}\n", "  B: 1\n---\nUserPool: {Id: r_2, A: 1}\n", []Replacement{{"/B", nil, 1}}},
		{"beside an anchor", "  A: &a {x: 1}\n  B: *a\n  C: 1\n", "  A: &a {x: 1}\n  B: *a\n  C: 2\n", []Replacement{{"/C", 1, 2}}},
		{"beside a block scalar", "  C: 1\n  A: |\n    text\n", "  C: 2\n  A: |\n    text\n  D: 1\n", []Replacement{{"/C", 1, 2}, {"/D", nil, 1}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			const before = "UserPool:\n  Id: r_1\n"
			got, err := rewriteText(t, "p.yaml", before+tt.text, tt.replacements...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(before+tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestRewriteYAMLRefusals(t *testing.T) {
	const byHand = " cannot be changed without risk to the rest of the file; change it by hand"
	for _, tt := range []struct {
		name, text  string
		replacement Replacement
		want        string
	}{
		{"an alias", "  A: &a 1\n  B: *a\n", Replacement{"/B", 1, 2}, "p.yaml:4:6: a YAML alias" + byHand},
		{"an anchor", "  A: &a 1\n  B: *a\n", Replacement{"/A", 1, 2}, "p.yaml:3:6: a value with a YAML anchor" + byHand},
		{"above an anchor", "  A: &a\n    x: 1\n", Replacement{"/A/x", 1, 2}, "p.yaml:3:6: a value with a YAML anchor" + byHand},
		{"inside an alias", "  A: &a {x: 1}\n  B: *a\n", Replacement{"/B/x", 1, 2}, "p.yaml:4:6: a YAML alias" + byHand},
		{"an anchor that is used elsewhere goes", "  A: &a 1\n  B: *a\n", Replacement{"/A", 1, nil}, "p.yaml: cannot be changed safely: the changed text would not read as it should; change it by hand"},
		{"a tag", "  A: !!str 1\n", Replacement{"/A", "1", "2"}, "p.yaml:3:6: a value with a YAML tag" + byHand},
		{"a literal", "  A: |\n    x\n", Replacement{"/A", "x\n", "y"}, "p.yaml:3:6: a YAML block scalar" + byHand},
		{"a folded text", "  A: >-\n    x\n", Replacement{"/A", "x", "y"}, "p.yaml:3:6: a YAML block scalar" + byHand},
		{"a comment behind a removed member", "  A: 1 # why\n  B: 2\n", Replacement{"/A", 1, nil}, "p.yaml:3:6: a value with comments" + byHand},
		{"a comment inside a removed member", "  A:\n    # why\n    x: 1\n  B: 2\n", Replacement{"/A", object{"x": 1}, nil}, "p.yaml:5:5: a value with comments" + byHand},
		{"a comment at a removed list", "  A: # why\n  - x\n", Replacement{"/A", list{"x"}, list{}}, "p.yaml:4:3: a value with comments" + byHand},
		{"a comment behind a removed element", "  A:\n  - x # why\n  - y\n", Replacement{"/A", list{"x", "y"}, list{"y"}}, "p.yaml:4:5: a value with comments" + byHand},
		{"a comment in a flow", "  A: [x, # why\n    y]\n", Replacement{"/A", list{"x", "y"}, list{"y"}}, "p.yaml:3:7: a value with comments" + byHand},
		{"an empty element", "  A:\n  -\n  - y\n", Replacement{"/A", list{nil, "y"}, list{nil, "x"}}, "p.yaml:4:3: a list with an element that nothing is written for" + byHand},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := rewriteText(t, "p.yaml", "UserPool:\n  Id: r_1\n"+tt.text, tt.replacement)
			if err == nil {
				t.Fatalf("no error, but %q", got)
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
