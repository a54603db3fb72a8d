//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/term"
)

// openTerminal returns both ends of a terminal that changes nothing of what goes
// through it. What is written to the far end is what a person types.
func openTerminal(t *testing.T) (near, far *os.File) {
	t.Helper()
	far, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminals here: %v", err)
	}
	var number, unlocked int32
	for request, argument := range map[uintptr]*int32{syscall.TIOCSPTLCK: &unlocked, syscall.TIOCGPTN: &number} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, far.Fd(), request, uintptr(unsafe.Pointer(argument))); errno != 0 {
			t.Skipf("no terminals here: %v", errno)
		}
	}
	near, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminals here: %v", err)
	}
	if _, err := term.MakeRaw(int(near.Fd())); err != nil {
		t.Fatal(err)
	}
	return near, far
}

// typed runs a command on a terminal, where somebody types answers, and returns
// what they see: the messages, with the answers, and then the report.
func typed(t *testing.T, code int, answers []string, args ...string) string {
	t.Helper()
	near, far := openTerminal(t)
	defer far.Close()
	seen := make(chan string)
	go func() {
		text, _ := io.ReadAll(far) // ends with an error when the near end is closed
		seen <- string(text)
	}()
	for _, answer := range answers {
		io.WriteString(far, answer+"\n")
	}
	var stdout bytes.Buffer
	if got := run(t.Context(), append([]string{"cognilint"}, args...), near, &stdout, near); got != code {
		t.Errorf("%v: exit code %d, want %d", args, got, code)
	}
	near.Close()
	text := <-seen
	for _, answer := range answers {
		at := regexp.MustCompile(`(\[y/N\]|to make them:) (\S)`).FindStringSubmatchIndex(text + "\n.")
		if at == nil {
			t.Fatalf("%v asks no question for the answer %q: %s", args, answer, text)
		}
		text = text[:at[4]] + answer + "\n" + text[at[4]:]
	}
	return text + stdout.String()
}

// TestFixOnTerminal asks for each pool, and what is declined stays as it was.
func TestFixOnTerminal(t *testing.T) {
	server := startServer(t, fixables(t, 3)...)
	t.Chdir(t.TempDir())
	scan := []string{"scan", "--fix", "--rule", "deletion-protection", "-f", "compact", "--no-progress"}
	typed(t, exitFailed, []string{"n", "yes", ""}, scan...)
	if got := writtenTo(server); len(got) != 1 || got[0] != "eu-west-1_Fixable02" {
		t.Errorf("changed %v, want the pool of the second answer", got)
	}
	scan = []string{"scan", "--fix", "--rule", "mfa-required", "--allow-disruptive", "-f", "compact", "--no-progress"}
	typed(t, exitFailed, []string{"fixable-01", "y", "fixable-02"}, scan...)
	if got := writtenTo(server); len(got) != 2 || got[0] != "eu-west-1_Fixable01" {
		t.Errorf("changed %v, want the first and the second pool", got)
	}
}

// TestFixingPage keeps the session and the records in docs/fixing.md true.
func TestFixingPage(t *testing.T) {
	page, err := filepath.Abs(filepath.Join("..", "..", "docs", "fixing.md"))
	if err != nil {
		t.Fatal(err)
	}
	startServer(t, served(t, "fixable/shop.json"))
	t.Setenv("COGNILINT_NO_PROGRESS", "true")
	t.Chdir(t.TempDir())
	var session strings.Builder
	command := func(code int, answers []string, args ...string) {
		fmt.Fprintf(&session, "$ cognilint %s\n%s", strings.Join(args, " "), typed(t, code, answers, args...))
	}
	rules := []string{"--rule", "mfa-required", "--rule", "password-minimum-length", "-f", "compact"}
	command(exitFailed, []string{"y"}, append([]string{"scan", "--fix"}, rules...)...)
	session.WriteString("\n")
	command(exitOK, []string{"fixable"}, append([]string{"scan", "--fix", "--allow-disruptive"}, rules...)...)
	session.WriteString("\n")
	journals, _ := filepath.Glob(filepath.Join(defaultJournals, "*Z_*.ndjson"))
	if len(journals) != 2 {
		t.Fatalf("journals %v, want two", journals)
	}
	command(exitOK, []string{"fixable"}, "rollback", journals[1])

	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	want := string(text)
	want = withBlock(t, want, "console", session.String())
	want = withBlock(t, want, "json", oneOfEachKind(t, journals[0])+oneOfEachKind(t, filepath.Join(defaultJournals, "audit.ndjson")))
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(text) {
		t.Error("docs/fixing.md is old; run: go test ./cmd/cognilint -run TestFixingPage -update")
	}
}

// oneOfEachKind returns the first record of each kind, without what is long.
func oneOfEachKind(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	shown := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		var kind struct{ Record string }
		if err := json.Unmarshal([]byte(line), &kind); err != nil {
			t.Fatal(err)
		}
		if shown[kind.Record] {
			continue
		}
		shown[kind.Record] = true
		for _, name := range []string{"before", "request", "expect"} {
			line = withoutMember(t, line, name)
		}
		b.WriteString(line)
	}
	return b.String()
}

// withoutMember writes … for the value of a member of a line.
func withoutMember(t *testing.T, line, name string) string {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(line), &members); err != nil || members[name] == nil {
		return line
	}
	short := map[byte]string{'{': "{…}", '[': "[…]"}[members[name][0]]
	before, rest, _ := strings.Cut(line, `"`+name+`":`)
	return before + `"` + name + `":"` + short + `"` + strings.TrimPrefix(rest, string(members[name]))
}

// withBlock replaces the first block of a language in a page by a text without
// what differs from run to run.
func withBlock(t *testing.T, page, language, text string) string {
	t.Helper()
	for expression, steady := range map[string]string{
		`\d{8}T\d{6}\.\d{3}Z`:                     "20261123T101500.000Z",
		`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z`: "2026-11-23T10:15:00Z",
		regexp.QuoteMeta(version()):               "0.1.0",
		`"request_id":"[^"]*"`:                    `"request_id":"5d2c1ab5-5f43-4c46-9e1e-0c3d9d5c2f10"`,
	} {
		text = regexp.MustCompile(expression).ReplaceAllString(text, steady)
	}
	before, rest, _ := strings.Cut(page, "```"+language+"\n")
	_, after, found := strings.Cut(rest, "```\n")
	if !found {
		t.Fatalf("the page has no block of %s", language)
	}
	return before + "```" + language + "\n" + text + "```\n" + after
}
