package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/report"
)

// checkCommand reads the arguments of cognilint as cognilint does, without carrying
// them out.
func checkCommand(args []string) error {
	app := newApp(nil, io.Discard, io.Discard)
	ran := false
	record := func(c *cli.Context) error {
		ran = true
		var formats []string
		switch c.Command.Name {
		case "export", "template":
		default:
			formats = append(formats, c.String("format"))
			for _, output := range c.StringSlice("output") {
				format, _, _ := strings.Cut(output, "=")
				formats = append(formats, format)
			}
		}
		for _, format := range formats {
			if format != "" && !slices.Contains(report.Formats(), format) {
				return fmt.Errorf("unknown format %q", format)
			}
		}
		if level := c.String("fail-on"); level != "" {
			_, err := severityFlag(level)
			return err
		}
		return nil
	}
	for _, command := range app.Commands {
		command.Action = record
		for _, sub := range command.Subcommands {
			sub.Action = record
		}
	}
	ordered, err := orderArgs(app, append([]string{"cognilint"}, args...))
	if err != nil {
		return err
	}
	if err := app.Run(ordered); err != nil {
		return err
	}
	if !ran && !slices.Contains(ordered, "--help") && !slices.Contains(ordered, "--version") {
		return errors.New("no command is given")
	}
	return nil
}

// commandsIn finds the calls of cognilint in a line of a shell script. It knows words,
// quotes, comments, pipes, lists, redirections and substitutions outside of quotes, but
// expands nothing.
func commandsIn(line string) [][]string {
	var calls [][]string
	var words []string
	end := func() {
		if args := callOf(words); args != nil {
			calls = append(calls, args)
		}
		words = nil
	}
	rest := line
	for {
		rest = strings.TrimLeft(rest, " \t")
		if rest == "" || rest[0] == '#' {
			break
		}
		if strings.ContainsRune("|&;()\n", rune(rest[0])) {
			end()
			rest = rest[1:]
			continue
		}
		// A redirection and the file that it names are no arguments; <( and $( begin a
		// command of their own.
		if redirected := strings.TrimLeft(rest, "0123456789"); strings.HasPrefix(redirected, ">") || strings.HasPrefix(redirected, "<") {
			rest = strings.TrimLeft(redirected, "<>& ")
			if !strings.HasPrefix(rest, "(") {
				_, rest = shellWord(rest)
			}
			continue
		}
		if strings.HasPrefix(rest, "$(") {
			end()
			rest = rest[2:]
			continue
		}
		var word string
		word, rest = shellWord(rest)
		words = append(words, word)
	}
	end()
	return calls
}

// shellWord takes the first word, without its quotes.
func shellWord(text string) (word, rest string) {
	var b strings.Builder
	quote := byte(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case c == '\\' && quote != '\'' && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		case quote == 0 && strings.IndexByte(" \t\n|&;()<>", c) >= 0:
			return b.String(), text[i:]
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), ""
}

// callOf returns the arguments of cognilint, or nil if the words call something else.
func callOf(words []string) []string {
	for len(words) > 0 && strings.Contains(words[0], "=") {
		words = words[1:]
	}
	switch {
	case len(words) > 1 && words[0] == "cognilint":
		return words[1:]
	case len(words) > 3 && words[0] == "go" && words[1] == "run" && words[2] == "./cmd/cognilint":
		return words[3:]
	}
	return nil
}

func TestCommandsIn(t *testing.T) {
	for _, tt := range []struct {
		line string
		want [][]string
	}{
		{`cognilint scan exports/   # a folder`, [][]string{{"scan", "exports/"}}},
		{`aws cognito-idp describe-user-pool | cognilint scan -`, [][]string{{"scan", "-"}}},
		{`cognilint scan -f json a >report.json 2>&1 && cognilint version`, [][]string{{"scan", "-f", "json", "a"}, {"version"}}},
		{`A=b cognilint scan --pool 'prod-*' "a b" c\ d`, [][]string{{"scan", "--pool", "prod-*", "a b", "c d"}}},
		{`source <(cognilint completion bash)`, [][]string{{"completion", "bash"}}},
		{`policy=$(cognilint iam-policy --fix)`, [][]string{{"iam-policy", "--fix"}}},
		{`go run ./cmd/cognilint scan testdata/pools`, [][]string{{"scan", "testdata/pools"}}},
		{`echo cognilint scan`, nil},
		{`# cognilint scan`, nil},
	} {
		if diff := cmp.Diff(tt.want, commandsIn(tt.line)); diff != "" {
			t.Errorf("%s: -want +got\n%s", tt.line, diff)
		}
	}
}

func TestCheckCommand(t *testing.T) {
	for _, tt := range []struct {
		line string
		ok   bool
	}{
		{"cognilint scan --pool 'prod-*' exports/", true},
		{"cognilint scan exports/ --pol x", false},
		{"cognilint scna exports/", false},
		{"cognilint scan -f tabel exports/", false},
		{"cognilint scan --fail-on hihg exports/", false},
		{"cognilint scan --rate fast", false},
		{"cognilint rules lst", false},
		{"cognilint scan --help", true},
		{"cognilint --version", true},
	} {
		for _, args := range commandsIn(tt.line) {
			if err := checkCommand(args); (err == nil) != tt.ok {
				t.Errorf("%s: %v", tt.line, err)
			}
		}
	}
}
