package scanner

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/snapshot"
)

// FuzzExports reads any text as standard input. Whatever it is, there is either
// an error that names a place, or pools whose values all have a position.
func FuzzExports(f *testing.F) {
	for _, pattern := range []string{"../testdata/corpus/*.json", "../testdata/pools/*", "../testdata/pools/employee-app/*", "../testdata/worst/*"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			if text, err := os.ReadFile(name); err == nil {
				f.Add(string(text))
			}
		}
	}
	f.Add(poolA + "\n" + `{"MfaConfiguration": "OFF"}`)
	f.Add("a: &a [*a]")
	f.Add("- !!binary x\n- ? {}\n  : 1\n- <<: {}")
	f.Fuzz(func(t *testing.T, text string) {
		exports, err := ReadExports(context.Background(), []string{Stdin}, strings.NewReader(text))
		if err != nil {
			var input *InputError
			if !errors.As(err, &input) || input.Message == "" || input.File != Stdin {
				t.Errorf("error %#v without a place", err)
			}
			return
		}
		lines := 1
		for _, end := range []string{"\n", "\r", "\u0085", "\u2028", "\u2029"} {
			lines += strings.Count(text, end)
		}
		for _, e := range exports.Pools {
			if e.Pool.ID() == "" {
				t.Error("a pool without id")
			}
			pointers := []string{"", "/UserPool/Nothing", "/Clients/0/Nothing/0", "/WebACL/x~1y"}
			collect("", any(e.Pool.Sections), &pointers)
			for i, p := range e.Positions(pointers, len(pointers) < 50) {
				if p.Line < 1 || p.Column < 1 || p.Line > lines || p.EndLine < p.Line || p.EndLine > lines+1 {
					t.Errorf("%s is at %+v in a text of %d lines", pointers[i], p, lines)
				}
			}
		}
	})
}

func collect(at string, value any, pointers *[]string) {
	*pointers = append(*pointers, at)
	switch value := value.(type) {
	case map[string]any:
		for name, member := range value {
			collect(at+snapshot.Pointer(name), member, pointers)
		}
	case []any:
		for i, element := range value {
			collect(at+snapshot.Pointer(i), element, pointers)
		}
	}
}
