package scanner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDiff(t *testing.T) {
	for _, tt := range []struct{ name, path, old, new, want string }{
		{"nothing", "p.json", "{}", "{}", ""},
		{"a line", "/tmp/p.json", "{\n\"a\": 1\n}\n", "{\n\"a\": 2\n}\n", "--- a/tmp/p.json\n+++ b/tmp/p.json\n@@ -1,3 +1,3 @@\n {\n-\"a\": 1\n+\"a\": 2\n }\n"},
		{
			"a secret beside the change, without an end", "p.json", "\ufeff{\"ClientSecret\": \"hidden\", \"a\": 1}", "\ufeff{\"ClientSecret\": \"hidden\", \"a\": 2}",
			"--- a/p.json\n+++ b/p.json\n@@ -1,1 +1,1 @@\n-\ufffd{\"ClientSecret\": ***, \"a\": 1}\n\\ No newline at end of file\n+\ufffd{\"ClientSecret\": ***, \"a\": 2}\n\\ No newline at end of file\n",
		},
		{
			"a secret over lines", "p.json", "{\"private_key\": [\n\"hidden\"\n],\n\"a\": 1}\n", "{\"private_key\": [\n\"hidden\"\n],\n\"b\": 1}\n",
			"--- a/p.json\n+++ b/p.json\n@@ -1,4 +1,4 @@\n {\"private_key\": ***\n ***\n ***,\n-\"a\": 1}\n+\"b\": 1}\n",
		},
		{
			"YAML", "p.yaml", "a: 1\nclient_secret: |\n  hidden\n  too\nb: x\n", "a: 2\nclient_secret: |\n  hidden\n  too\nb: x\n",
			"--- a/p.yaml\n+++ b/p.yaml\n@@ -1,4 +1,4 @@\n-a: 1\n+a: 2\n ***\n ***\n ***\n",
		},
		{"no JSON", "p.json", "{\"ClientSecret\": \"hid\n", "{\"ClientSecret\": \"hidden\n", "--- a/p.json\n+++ b/p.json\n@@ -1,1 +1,1 @@\n-***\n+***\n"},
		{"control characters", "p\x1b.yaml", "a: 1 # \u202e\r\n", "a: 2 # \u009b\r\n", "--- a/p\ufffd.yaml\n+++ b/p\ufffd.yaml\n@@ -1,1 +1,1 @@\n-a: 1 # \ufffd\n+***\n"},
		{"control characters in JSON", "p.json", "{\"\u009b\":\t1}\r\n", "{\"\u009b\":\t2}\r\n", "--- a/p.json\n+++ b/p.json\n@@ -1,1 +1,1 @@\n-{\"\ufffd\":\t1}\n+{\"\ufffd\":\t2}\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Diff(tt.path, []byte(tt.old), []byte(tt.new))); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestDiffFarHunks(t *testing.T) {
	var filler strings.Builder
	for i := range 50 {
		fmt.Fprintf(&filler, "\"x%d\",\n", i)
	}
	old := "[1,\n" + filler.String() + "{\"ClientSecret\": \"hidden\"},\n{\"ClientSecret\": \"hidden\"},\n2]\n"
	got := Diff("p.json", []byte(old), []byte(strings.Replace(strings.Replace(old, "2]", "3]", 1), "[1", "[0,\n1", 1)))
	want := "--- a/p.json\n+++ b/p.json\n@@ -1,4 +1,5 @@\n-[1,\n+[0,\n+1,\n \"x0\",\n \"x1\",\n \"x2\",\n" +
		"@@ -51,4 +52,4 @@\n \"x49\",\n {\"ClientSecret\": ***},\n {\"ClientSecret\": ***},\n-2]\n+3]\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
