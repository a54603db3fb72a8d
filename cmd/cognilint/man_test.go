package main

import (
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/urfave/cli/v2"
)

// TestManPage looks for every command and flag in the manual page, and for text that
// roff would take for a request.
func TestManPage(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"cognilint", "man"}, nil, &stdout, &stderr); code != exitOK || stderr.Len() > 0 {
		t.Fatalf("exit code %d: %s", code, &stderr)
	}
	page := stdout.String()
	app := newApp(nil, nil, nil)
	for _, command := range app.VisibleCommands() {
		inManPage(t, page, "cognilint "+command.Name, command)
	}
	requests := []string{".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".I", ".RS", ".RE", ".nf", ".fi"}
	for line := range strings.Lines(page) {
		if fields := strings.Fields(line); len(fields) > 0 && strings.HasPrefix(line, ".") && !slices.Contains(requests, fields[0]) {
			t.Errorf("unknown request in %q", line)
		}
		if strings.IndexFunc(line, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
			t.Errorf("not ASCII: %q", line)
		}
	}
	if _, err := exec.LookPath("groff"); err != nil {
		t.Log("groff is not in PATH: the page was not formatted")
		return
	}
	groff := exec.Command("groff", "-man", "-Tutf8", "-ww", "-z")
	groff.Stdin = &stdout
	if out, err := groff.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("groff: %v\n%s", err, out)
	}
}

func inManPage(t *testing.T, page, name string, command *cli.Command) {
	t.Helper()
	_, entry, found := strings.Cut(page, ".SS \""+manText(name)+"\"\n")
	if !found {
		t.Errorf("%s is not in the manual page", name)
		return
	}
	entry, _, _ = strings.Cut(entry, "\n.SS ")
	for _, flag := range command.VisibleFlags() {
		for _, option := range flag.Names() {
			if !strings.Contains(entry, manText("-"+option)+`\fR`) {
				t.Errorf("%s: flag %s is not in the manual page", name, option)
			}
		}
	}
	for _, sub := range command.Subcommands {
		inManPage(t, page, name+" "+sub.Name, sub)
	}
}

func TestManText(t *testing.T) {
	for text, want := range map[string]string{
		`.profile`:   `\&.profile`,
		`'prod-*'`:   `\&'prod\-*'`,
		`a\nb`:       `a\enb`,
		`test_…`:     `test_\[u2026]`,
		`say "hi" .`: `say \(dqhi\(dq .`,
	} {
		if got := manLine(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
