package scanner

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/snapshot"
)

// rewriteText makes replacements in the first pool of a text, below /UserPool.
func rewriteText(t testing.TB, name, text string, replacements ...Replacement) (string, error) {
	t.Helper()
	pools := readTexts(t, map[string]string{name: text})
	for i := range replacements {
		replacements[i].Pointer = "/UserPool" + replacements[i].Pointer
	}
	changes, err := pools.Pools[0].Rewrite(replacements)
	if err != nil {
		dir := filepath.Dir(pools.Pools[0].Pool.Source) + string(filepath.Separator)
		return "", fmt.Errorf("%s", strings.ReplaceAll(err.Error(), dir, ""))
	}
	if len(changes) == 0 {
		return text, nil
	}
	if string(changes[0].Old) != text {
		t.Errorf("old text %q, want %q", changes[0].Old, text)
	}
	return string(changes[0].New), nil
}

func readTexts(t testing.TB, files map[string]string) *Exports {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	exports, err := ReadExports(t.Context(), []string{dir}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return exports
}

type list = []any

type object = map[string]any

func TestRewriteJSON(t *testing.T) {
	for _, tt := range []struct {
		name         string
		text, want   string // inside of {"UserPool": {"Id": "r_1", …}}
		replacements []Replacement
	}{
		{"a number", `, "a": {"n" :8}`, `, "a": {"n" :12}`, []Replacement{{"/a/n", 8, 12}}},
		{"a string without HTML escapes", `, "a": "x"`, `, "a": "<&>\"\\\u0001é😀"`, []Replacement{{"/a", "x", "<&>\"\\\x01é😀"}}},
		{"the same number stays as it is written", `, "n": 8.0`, `, "n": 8.0`, []Replacement{{"/n", 8, 8.0}}},
		{"append a compact member", `,"a":1`, `,"a":1,"b":{"c": [true,null]}`, []Replacement{{"/b", nil, object{"c": list{true, nil}}}}},
		{"append a spaced member", `, "a" : 1`, `, "a" : 1, "b" : ["x", "y"]`, []Replacement{{"/b", nil, list{"x", "y"}}}},
		{"append a member on a line of its own", ",\n  \"a\": 1\n", ",\n  \"a\": 1,\n  \"b\": {\n    \"c\": {\n      \"d\": 1\n    }\n  }\n", []Replacement{{"/b/c/d", nil, 1}}},
		{"indented by four", ",\n    \"a\": {\n        \"x\": []\n    }\n", ",\n    \"a\": {\n        \"x\": [\n            \"A\",\n            \"B\"\n        ],\n        \"y\": {\n            \"z\": 0\n        }\n    }\n", []Replacement{{"/a/x", list{}, list{"A", "B"}}, {"/a/y", nil, object{"z": 0}}}},
		{"tabs and CRLF", ",\r\n\t\"a\": {\r\n\t\t\"x\": 1\r\n\t}\r\n", ",\r\n\t\"a\": {\r\n\t\t\"x\": 1,\r\n\t\t\"y\": {\r\n\t\t\t\"z\": 0\r\n\t\t}\r\n\t}\r\n", []Replacement{{"/a/y/z", nil, 0}}},
		{"blank lines are not copied", ",\n\n  \"a\": 1\n", ",\n\n  \"a\": 1,\n  \"b\": 2\n", []Replacement{{"/b", nil, 2}}},
		{"fill an empty object", ",\n  \"a\": { }\n", ",\n  \"a\": {\n    \"b\": 1\n  }\n", []Replacement{{"/a/b", nil, 1}}},
		{"fill an empty compact object", `,"a":{}`, `,"a":{"b": 1,"c": 2}`, []Replacement{{"/a/b", nil, 1}, {"/a/c", nil, 2}}},
		{"null becomes an object", `, "a": null`, `, "a": {"b": 1}`, []Replacement{{"/a/b", nil, 1}}},
		{"remove the first member of an object", ", \"o\": {\n \"a\": 1,\n \"b\": 2\n}", ", \"o\": {\n \"b\": 2\n}", []Replacement{{"/o/a", 1, nil}}},
		{"remove the last member", ", \"o\": {\n \"a\": 1,\n \"b\": 2\n}", ", \"o\": {\n \"a\": 1\n}", []Replacement{{"/o/b", 2, nil}}},
		{"remove members in the middle", `, "o": {"a": 1, "b": 2, "c": 3, "d": 4}`, `, "o": {"a": 1, "d": 4}`, []Replacement{{"/o/b", 2, nil}, {"/o/c", 3, nil}}},
		{"remove all members", `, "o": { "a": 1, "b": 2 }`, `, "o": {}`, []Replacement{{"/o/b", 2, nil}, {"/o/a", 1, nil}}},
		{"remove the last and append", `, "o": {"a": 1, "b": 2}`, `, "o": {"a": 1, "c": 2}`, []Replacement{{"/o/b", 2, nil}, {"/o/c", nil, 2}}},
		{"rename the only one", ", \"o\": {\n  \"a\": 1\n}", ", \"o\": {\n  \"c\": 2\n}", []Replacement{{"/o/a", 1, nil}, {"/o/c", nil, 2}}},
		{"sets keep their order", `, "l": ["C",  "A", "B"]`, `, "l": ["C", "B", "D"]`, []Replacement{{"/l", list{"A", "B", "C"}, list{"B", "C", "D"}}}},
		{"sets in another order are the same", `, "l": ["C", "A"]`, `, "l": ["C", "A"]`, []Replacement{{"/l", list{"A", "C"}, list{"C", "A"}}}},
		{"a one-line list", `, "l": ["A"]`, `, "l": ["A", "B"]`, []Replacement{{"/l", list{"A"}, list{"A", "B"}}}},
		{"all elements change", ", \"l\": [\n  \"A\",\n  \"B\"\n]", ", \"l\": [\n  \"C\"\n]", []Replacement{{"/l", list{"A", "B"}, list{"C"}}}},
		{"empty a list", ", \"l\": [\n  \"A\"\n]", ", \"l\": []", []Replacement{{"/l", list{"A"}, list{}}}},
		{"an object in a list changes inside", `, "l": [{"n" : 1, "p": 1}, {"n": 2}]`, `, "l": [{"n" : 1, "p": 2}, {"n": 2}]`, []Replacement{{"/l", list{object{"n": 1, "p": 1}, object{"n": 2}}, list{object{"n": 1, "p": 2}, object{"n": 2}}}}},
		{"elements by index", `, "l": [1, 2, 3]`, `, "l": [2, 4]`, []Replacement{{"/l/0", 1, nil}, {"/l/2", 3, 4}}},
		{"objects by their members", `, "o": {"a" :1,  "b": 2, "ClientSecret": "s"}`, `, "o": {"a" :1,  "b": 3, "ClientSecret": "s"}`, []Replacement{{"/o", object{"a": 1, "b": 2}, object{"a": 1, "b": 3}}}},
		{"escaped names", `, "a/b~\u00e9": {"x": 1}`, `, "a/b~\u00e9": {"x": 2, "\"/": 3}`, []Replacement{{"/a~1b~0é/x", 1, 2}, {`/a~1b~0é/"~1`, nil, 3}}},
		{"an object beside objects on one line", ", \"l\": [\n  {\"a\": 1}\n]", ", \"l\": [\n  {\"a\": 1},\n  {\"a\": 2, \"b\": []}\n]", []Replacement{{"/l", list{object{"a": 1}}, list{object{"a": 1}, object{"a": 2, "b": list{}}}}}},
		{"another type", `, "a": [1, 2]`, `, "a": "x"`, []Replacement{{"/a", list{1, 2}, "x"}}},
		{"lists on one line stay so", ",\n  \"k\": [\"x\"],\n  \"l\": []\n", ",\n  \"k\": [\"x\"],\n  \"l\": [\"A\", \"B\"]\n", []Replacement{{"/l", list{}, list{"A", "B"}}}},
		{"commas first", "\n, \"a\": 1\n", "\n, \"a\": 1\n, \"b\": 2\n", []Replacement{{"/b", nil, 2}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, around := range [][2]string{{`{"UserPool": {"Id": "r_1"`, `}}`}, {"\ufeff[{\"UserPool\": {\"Id\": \"r_1\"", "}}\n]\n"}} {
				got, err := rewriteText(t, "p.json", around[0]+tt.text+around[1], append([]Replacement{}, tt.replacements...)...)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(around[0]+tt.want+around[1], got); diff != "" {
					t.Errorf("-want +got\n%s", diff)
				}
			}
		})
	}
}

func TestRewriteWhole(t *testing.T) {
	for _, tt := range []struct {
		name, file, text, want string
		replacements           []Replacement
	}{
		{
			"compact without a line end", "p.json", `{"UserPool":{"Id":"r_1","A":{}}}`, `{"UserPool":{"Id":"r_1","A":{"l":["x","y"],"m":{"n":1}}}}`,
			[]Replacement{{"/A/l", nil, list{"x", "y"}}, {"/A/m/n", nil, 1}},
		},
		{
			"without the wrapping member", "p.json", "{\n  \"Id\": \"r_1\",\n  \"Arn\": \"a\"\n}\n", "{\n  \"Id\": \"r_1\",\n  \"Arn\": \"a\",\n  \"A\": 1\n}\n",
			[]Replacement{{"/A", nil, 1}},
		},
		{
			"YAML with CRLF", "p.yaml", "UserPool:\r\n  Id: r_1\r\n  P:\r\n  - a\r\n  - b\r\n", "UserPool:\r\n  Id: r_1\r\n  P:\r\n  - b\r\n  - c\r\n  Q: 1\r\n",
			[]Replacement{{"/P", list{"a", "b"}, list{"b", "c"}}, {"/Q", nil, 1}},
		},
		{
			"YAML pools in a list", "p.yaml", "\ufeff- UserPool:\n    Id: r_1\n- UserPool: {Id: r_2}\n", "\ufeff- UserPool:\n    Id: r_1\n    A:\n      B: 1\n- UserPool: {Id: r_2}\n",
			[]Replacement{{"/A/B", nil, 1}},
		},
		{
			"the pretty print of AWS", "p.json",
			"{\n    \"UserPool\": {\n        \"Id\": \"r_1\",\n        \"Policies\": {\n            \"PasswordPolicy\": {\n                \"MinimumLength\": 6\n            }\n        }\n    }\n}\n",
			"{\n    \"UserPool\": {\n        \"Id\": \"r_1\",\n        \"Policies\": {\n            \"PasswordPolicy\": {\n                \"MinimumLength\": 12,\n                \"X\": [\n                    \"y\"\n                ]\n            }\n        },\n        \"DeletionProtection\": \"ACTIVE\"\n    }\n}\n",
			[]Replacement{{"/Policies/PasswordPolicy/MinimumLength", 6, 12}, {"/Policies/PasswordPolicy/X", nil, list{"y"}}, {"/DeletionProtection", nil, "ACTIVE"}},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := rewriteText(t, tt.file, tt.text, tt.replacements...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestRewriter changes pools that share files, and files that share a pool.
func TestRewriter(t *testing.T) {
	exports := readTexts(t, map[string]string{
		"a.ndjson": `{"UserPool": {"Id": "r_1", "N": 1}}` + "\r\n" + `{"UserPool":{"Id":"r_2","N":1}}` + "\r\n" + `{"UserPool":{"Id":"r_3","N":1}}`,
		"b.json":   `{"UserPoolClient": {"UserPoolId": "r_1", "ClientId": "c", "ClientSecret": "s", "ExplicitAuthFlows": ["A", "B"]}}`,
		"c.json":   `{"IdentityProvider": {"UserPoolId": "r_1", "ProviderName": "i", "ProviderDetails": {"client_secret": "s", "a": "b"}}}`,
		"d.json":   `{"Groups": [{"UserPoolId": "r_2", "GroupName": "g"}, {"UserPoolId": "r_2", "GroupName": "h"}]}`,
	})
	r := NewRewriter()
	for i, replacements := range [][]Replacement{
		{
			{"/UserPool/N", 1, 2},
			{"/Clients/0", object{"HasClientSecret": true, "ExplicitAuthFlows": list{"A", "B"}}, object{"HasClientSecret": true, "ExplicitAuthFlows": list{"B"}}},
			{"/IdentityProviders/0/ProviderDetails", object{"a": "b"}, nil},
		},
		{{"/UserPool/M", nil, false}, {"/Groups/1/Precedence", nil, 3}},
		{{"/UserPool/N", 1, 1}},
	} {
		if err := r.Add(exports.Pools[i], replacements); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Add(exports.Pools[0], []Replacement{{"/UserPool/O", nil, 3}}); err != nil {
		t.Fatal(err)
	}
	// Of a pool that cannot be changed nothing is.
	if err := r.Add(exports.Pools[2], []Replacement{{"/UserPool/N", 1, 3}, {"/UserPool/N", 7, 4}}); err == nil {
		t.Error("no error for a value that is another")
	}
	changes, err := r.Changes()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, c := range changes {
		got[filepath.Base(c.Path)] = string(c.New)
	}
	want := map[string]string{
		"a.ndjson": `{"UserPool": {"Id": "r_1", "N": 2, "O": 3}}` + "\r\n" + `{"UserPool":{"Id":"r_2","N":1,"M":false}}` + "\r\n" + `{"UserPool":{"Id":"r_3","N":1}}`,
		"b.json":   `{"UserPoolClient": {"UserPoolId": "r_1", "ClientId": "c", "ClientSecret": "s", "ExplicitAuthFlows": ["B"]}}`,
		"c.json":   `{"IdentityProvider": {"UserPoolId": "r_1", "ProviderName": "i"}}`,
		"d.json":   `{"Groups": [{"UserPoolId": "r_2", "GroupName": "g"}, {"UserPoolId": "r_2", "GroupName": "h", "Precedence": 3}]}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestRewriteSnapshot(t *testing.T) {
	text := "{\n  \"schema\": \"cognilint.snapshot/v1\",\n  \"UserPool\": {\"Id\": \"r_1\"},\n  \"Clients\": [{\"ClientId\": \"c\", \"HasClientSecret\": true}],\n  \"WebACL\": null\n}"
	e := readTexts(t, map[string]string{"s.json": text}).Pools[0]
	changes, err := e.Rewrite([]Replacement{{"/Clients/0/EnableTokenRevocation", nil, true}, {"/WebACL", nil, object{"ARN": "a"}}})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(strings.Replace(text, `true}`, `true, "EnableTokenRevocation": true}`, 1), "null", "{\n    \"ARN\": \"a\"\n  }", 1)
	if diff := cmp.Diff(want, string(changes[0].New)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestRewriteRefusals(t *testing.T) {
	const pool = `{"UserPool": {"Id": "r_1", "mfa_configuration": "ON", "l": [1], "s": "x"}}`
	for _, tt := range []struct {
		name        string
		replacement Replacement
		want        string
	}{
		{"a section in no file", Replacement{"/MfaConfig/MfaConfiguration", nil, "ON"}, "p.json: MfaConfig of pool r_1 stands in no file, so it cannot be changed there; add the output of `aws cognito-idp get-user-pool-mfa-config --user-pool-id r_1`"},
		{"a client in no file", Replacement{"/Clients/0/X", nil, "ON"}, "p.json: Clients.0 of pool r_1 stands in no file, so it cannot be changed there; add the output of `aws cognito-idp describe-user-pool-client --user-pool-id r_1 --client-id …`"},
		{"a section that follows from the pool", Replacement{"/Domains", list{}, list{object{}}}, "p.json: Domains of pool r_1 stands in no file, so it cannot be changed there; add the output of `aws cognito-idp describe-user-pool-domain --domain …`"},
		{"no section", Replacement{"/Nothing", nil, "ON"}, "p.json: /Nothing leads to no section of a snapshot"},
		{"the pool", Replacement{"", object{}, list{}}, "p.json: a whole pool cannot be replaced; change its sections"},
		{"a section removed", Replacement{"/UserPool", 1, nil}, "p.json:1:14: a whole section cannot be taken out; change it by hand"},
		{"another spelling", Replacement{"/UserPool/MfaConfiguration", nil, "ON"}, "p.json:1:49: the member is named mfa_configuration, expected MfaConfiguration; change it by hand"},
		{"another value", Replacement{"/UserPool/s", "y", "z"}, "p.json:1:70: /UserPool/s is not what the scan saw; change it by hand"},
		{"no longer absent", Replacement{"/UserPool/s", nil, "z"}, "p.json:1:70: /UserPool/s is not what the scan saw; change it by hand"},
		{"absent", Replacement{"/UserPool/t", 1, 2}, "p.json:1:14: /UserPool/t is not what the scan saw; change it by hand"},
		{"no object", Replacement{"/UserPool/s/t", nil, 2}, "p.json:1:70: a string, expected an object with the member t; change it by hand"},
		{"no element", Replacement{"/UserPool/l/1", nil, 2}, "p.json:1:60: no element \"1\" in a list of 1; change it by hand"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := readTexts(t, map[string]string{"p.json": pool}).Pools[0]
			_, err := e.Rewrite([]Replacement{tt.replacement})
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(tt.want, strings.TrimPrefix(err.Error(), filepath.Dir(e.Pool.Source)+string(filepath.Separator))); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
	t.Run("standard input", func(t *testing.T) {
		exports, err := ReadExports(t.Context(), []string{Stdin}, strings.NewReader(pool))
		if err != nil {
			t.Fatal(err)
		}
		_, err = exports.Pools[0].Rewrite([]Replacement{{"/UserPool/s", "x", "z"}})
		if want := "-: standard input cannot be changed in place; give the path of the file instead"; err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	})
	t.Run("no JSON value", func(t *testing.T) {
		if _, err := rewriteText(t, "p.json", pool, Replacement{"/s", "x", func() {}}); err == nil {
			t.Error("no error")
		}
	})
}

// TestRewriteEveryValue changes, and takes out, each value of real exports:
// nothing but its lines is touched.
func TestRewriteEveryValue(t *testing.T) {
	exports, err := ReadExports(t.Context(), []string{"../testdata/pools"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, e := range exports.Pools {
		var pointers []string
		collect("", any(e.Pool.Sections), &pointers)
		for _, pointer := range pointers {
			old, _ := snapshot.Lookup(e.Pool.Sections, pointer)
			if old == nil || strings.Count(pointer, "/") < 3 || strings.Contains(pointer, "HasClientSecret") {
				continue
			}
			s := e.Positions([]string{pointer}, false)[0]
			for _, new := range []any{"OTHER", nil} {
				changes, err := e.Rewrite([]Replacement{{pointer, old, new}})
				if err != nil {
					t.Errorf("%s to %v: %v", pointer, new, err)
					continue
				}
				count++
				before, after := strings.SplitAfter(string(changes[0].Old), "\n"), strings.SplitAfter(string(changes[0].New), "\n")
				front := 0
				for front < len(after) && before[front] == after[front] {
					front++
				}
				back := 0
				for back < len(after)-front && before[len(before)-1-back] == after[len(after)-1-back] {
					back++
				}
				// The line before may lose a comma or, in YAML, hold keys.
				if first, last := front+1, len(before)-back; first < s.Line-2 || last > s.EndLine+1 {
					t.Errorf("%s to %v, at lines %d to %d, changes lines %d to %d:\n%s", pointer, new, s.Line, s.EndLine, first, last, Diff(s.File, changes[0].Old, changes[0].New))
				}
			}
		}
	}
	if count < 300 {
		t.Errorf("%d changes, expected many", count)
	}
}
