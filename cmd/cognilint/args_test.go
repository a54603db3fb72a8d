package main

import (
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOrderArgs(t *testing.T) {
	tests := []struct{ name, args, want, err string }{
		{"flags after paths", "scan a b --format json -v", "scan --format json -v -- a b", ""},
		{"flags before paths", "scan --format json a", "scan --format json -- a", ""},
		{"value with an equals sign", "scan a --param=x.y=z --pool=p", "scan --param=x.y=z --pool=p -- a", ""},
		{"one dash is as good as two", "scan a -format json", "scan -format json -- a", ""},
		{"a value that looks like a flag", "scan --pool -x a", "scan --pool -x -- a", ""},
		{"standard input", "scan - -q", "scan -q -- -", ""},
		{"everything after two dashes is a path", "scan -q -- -v a", "scan -q -- -v a", ""},
		{"subcommand", "rules list --baseline all -f json", "rules list --baseline all -f json", ""},
		{"no flags", "explain x", "explain -- x", ""},
		{"boolean with a value", "scan --quiet=false a", "scan --quiet=false -- a", ""},
		{"help, whatever else there is", "scan a -q --help b", "scan --help", ""},
		{"completion of a long flag", "scan -- --generate-bash-completion", "scan - --generate-bash-completion", ""},
		{"unknown flag", "scan a --formt json", "", `unknown flag "--formt", did you mean "--format"?`},
		{"flag of another command", "explain --baseline all x", "", `unknown flag "--baseline"`},
		{"missing value", "scan a --format", "", "flag --format needs a value"},
		{"unknown subcommand", "rules lits", "", `unknown command "lits", did you mean "list"?`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := orderArgs(newApp(strings.NewReader(""), io.Discard, io.Discard), append([]string{"cognilint"}, strings.Fields(tt.args)...))
			if tt.err != "" {
				if err == nil || !strings.HasPrefix(err.Error(), tt.err) {
					t.Errorf("error %v, want %s", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(append([]string{"cognilint"}, strings.Fields(tt.want)...), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzOrderArgs: ordering loses no argument and is stable.
func FuzzOrderArgs(f *testing.F) {
	f.Add("scan\x00a\x00--format\x00json\x00-v")
	f.Add("rules\x00list\x00-f\x00json")
	f.Add("scan\x00--\x00-v")
	f.Add("scan\x00-\x00--pool=\x00---")
	f.Fuzz(func(t *testing.T, joined string) {
		args := append([]string{"cognilint"}, strings.Split(joined, "\x00")...)
		app := newApp(strings.NewReader(""), io.Discard, io.Discard)
		ordered, err := orderArgs(app, args)
		if err != nil || slices.ContainsFunc(args, func(arg string) bool {
			return strings.HasSuffix(arg, "completion") || strings.HasSuffix(arg, "h") || strings.HasSuffix(arg, "help")
		}) {
			return
		}
		for _, arg := range args {
			if arg != "--" && !slices.Contains(ordered, arg) {
				t.Errorf("%q lost %q: %q", args, arg, ordered)
			}
		}
		again, err := orderArgs(app, ordered)
		if err != nil || !slices.Equal(ordered, again) {
			t.Errorf("%q becomes %q, then %q (%v)", args, ordered, again, err)
		}
	})
}
