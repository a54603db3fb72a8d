package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// TestCommandsOfDocs runs the command blocks (sh, bash, console) of the README and the
// pages in docs, command by command, each page in a folder of its own. Exit codes 0 and 1
// are fine, since scans of examples find something; 1 only from cognilint. A block that
// cannot be run here says why in the line above it:
//
//	<!-- not run: it needs a cluster -->
//
// Flags and names are checked there, too. What the commands of all pages find is made by
// newSandbox, what those of one page need before by before.
func TestCommandsOfDocs(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("bash is not in PATH")
	}
	template := newSandbox(t)
	ran := 0
	for _, page := range docPages(t) {
		blocks := commandBlocks(t, page)
		for _, b := range blocks {
			if b.reason == "" {
				ran++
			}
		}
		t.Run(filepath.Base(page), func(t *testing.T) {
			t.Parallel()
			s := enterSandbox(t, template)
			for _, line := range before[filepath.Base(page)] {
				s.run(t, page, line)
			}
			for _, b := range blocks {
				for _, line := range b.commands {
					fits := checkLine(t, fmt.Sprintf("%s:%d", page, b.line), line)
					if b.reason == "" && fits {
						s.run(t, fmt.Sprintf("%s:%d", page, b.line), line)
					}
				}
			}
		})
	}
	if ran < 8 {
		t.Errorf("%d blocks are run, expected at least 8", ran)
	}
}

// before are commands that prepare the sandbox of a page.
var before = map[string][]string{
	"README.md": {
		"cognilint rules new pool-has-owner --dir policies >created",
		aJournal[0], aJournal[1], aJournal[2],
	},
	"configuration.md": {
		"cognilint scan -f json exports >report.json",
	},
	"formats.md": {
		"cognilint scan -f json exports >main.json",
		"cognilint scan -f json >yesterday.json",
	},
	"fixing.md": aJournal,
}

// aJournal makes the journal of a repair under the name that pages have for it.
var aJournal = []string{
	"cognilint scan --fix --yes --rule deletion-protection -q",
	"cp cognilint-journal/2*.ndjson cognilint-journal/FILE",
	"cognilint rollback --yes cognilint-journal/FILE",
}

// docPages are the README and the pages that people wrote.
func docPages(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	return append(pages, "../../README.md", "../../CONTRIBUTING.md")
}

// commandBlock is a block of commands.
type commandBlock struct {
	line     int
	commands []string
	// reason says why the block is not run.
	reason string
}

var (
	blockStart = regexp.MustCompile("^```(sh|bash|console)$")
	notRun     = regexp.MustCompile(`^<!-- not run: (.+) -->$`)
)

// commandBlocks finds the blocks of a page.
func commandBlocks(t *testing.T, page string) []commandBlock {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	return parseBlocks(string(text))
}

func parseBlocks(text string) []commandBlock {
	var blocks []commandBlock
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		fence := strings.TrimSpace(lines[i])
		if !strings.HasPrefix(fence, "```") {
			continue
		}
		end := i + 1
		for end < len(lines) && strings.TrimSpace(lines[end]) != "```" {
			end++
		}
		if match := blockStart.FindStringSubmatch(fence); match != nil {
			b := commandBlock{line: i + 1, commands: commandsOf(lines[i+1:end], match[1] == "console")}
			if i > 0 {
				if reason := notRun.FindStringSubmatch(strings.TrimSpace(lines[i-1])); reason != nil {
					b.reason = reason[1]
				}
			}
			blocks = append(blocks, b)
		}
		i = end
	}
	return blocks
}

// commandsOf joins the lines of a command. In a console only lines with a prompt are
// commands.
func commandsOf(lines []string, console bool) []string {
	var commands []string
	command := ""
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if console && command == "" {
			prompted, ok := strings.CutPrefix(line, "$ ")
			if !ok {
				continue
			}
			line = prompted
		}
		if command == "" && (line == "" || strings.HasPrefix(line, "#")) {
			continue
		}
		if begun, ok := strings.CutSuffix(line, `\`); ok {
			command += begun
			continue
		}
		commands = append(commands, command+line)
		command = ""
	}
	return commands
}

// checkLine checks the calls of cognilint in a command, and tells whether all fit.
func checkLine(t *testing.T, where, line string) (fits bool) {
	t.Helper()
	fits = true
	for _, args := range commandsIn(line) {
		if err := checkCommand(args); err != nil {
			t.Errorf("%s: %s: %v", where, line, err)
			fits = false
		}
	}
	return fits
}

// sandbox is a folder to run commands in, with programs and an AWS of its own.
type sandbox struct {
	folder string
	env    []string
}

// newSandbox makes what commands of pages find: exported pools below exports and cognito,
// files of one pool, a report, waivers, and the test data of the repository.
func newSandbox(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	pools := os.DirFS("../../testdata/pools")
	for name, files := range map[string]fs.FS{
		"exports": pools, "cognito": os.DirFS("../../testdata/good"), "testdata": os.DirFS("../../testdata"),
	} {
		if err := os.CopyFS(filepath.Join(folder, name), files); err != nil {
			t.Fatal(err)
		}
	}
	for name, from := range map[string]string{
		"pool.json": "user-pool.json", "mfa.json": "mfa.json", "client.json": "client-employee-app.json",
	} {
		text, err := fs.ReadFile(pools, "employee-app/"+from)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(folder, name), string(text))
	}
	write(t, filepath.Join(folder, "cognilint.waivers.yaml"), `waivers:
  - rule: mfa-required
    pool: sandbox-*
    reason: test users only
    owner: platform@example.com
    expires: 2999-12-31
`)
	// The AWS CLI answers with the pool that the pages name.
	if err := os.MkdirAll(filepath.Join(folder, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "bin", "aws"), "#!/bin/sh\ncat \"$HOME/pool.json\"\n")
	if err := os.Chmod(filepath.Join(folder, "bin", "aws"), 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// enterSandbox copies the sandbox for one page, and starts the organization that its
// live scans find. Only the role audit can be assumed, in the other account.
func enterSandbox(t *testing.T, template string) *sandbox {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(template)); err != nil {
		t.Fatal(err)
	}
	pool := func(account string) cognitotest.Pool {
		return cognitotest.Pool{UserPool: fmt.Sprintf(`{"Id": "eu-west-1_AbC123", "Name": "prod-shop",
			"UserPoolTier": "ESSENTIALS", "EstimatedNumberOfUsers": 0,
			"Arn": "arn:aws:cognito-idp:eu-west-1:%s:userpool/eu-west-1_AbC123"}`, account)}
	}
	account := func(id, role string) cognitotest.Account {
		return cognitotest.Account{ID: id, Role: role, Regions: map[string][]cognitotest.Pool{"eu-west-1": {pool(id)}, "us-east-1": nil}}
	}
	server := cognitotest.NewOrganization(account(ownAccount, ""), account(otherAccount, "audit"))
	t.Cleanup(server.Close)
	aws := cognitotest.Env(server.URL)
	write(t, filepath.Join(folder, "aws-config"), "[profile audit]\nregion = eu-west-1\n")
	write(t, filepath.Join(folder, "aws-credentials"), fmt.Sprintf("[audit]\naws_access_key_id = %s\naws_secret_access_key = %s\n",
		aws["AWS_ACCESS_KEY_ID"], aws["AWS_SECRET_ACCESS_KEY"]))
	aws["AWS_CONFIG_FILE"], aws["AWS_SHARED_CREDENTIALS_FILE"] = filepath.Join(folder, "aws-config"), filepath.Join(folder, "aws-credentials")
	// A variable that is set to nothing names a profile that does not exist.
	delete(aws, "AWS_PROFILE")
	env := []string{"HOME=" + folder, "TERM=dumb", "PATH=" + filepath.Join(folder, "bin") + ":" + os.Getenv("PATH")}
	for _, name := range slices.Sorted(maps.Keys(aws)) {
		env = append(env, name+"="+aws[name])
	}
	return &sandbox{folder, env}
}

// run runs a command as a person would type it.
func (s *sandbox) run(t *testing.T, where, line string) {
	t.Helper()
	if _, err := exec.LookPath("jq"); err != nil && strings.Contains(line, "jq ") {
		t.Logf("%s: not run, because jq is not in PATH", where)
		return
	}
	command := exec.CommandContext(t.Context(), "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", line)
	command.Dir, command.Env = s.folder, s.env
	out, err := command.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == exitFailed && commandsIn(line) != nil {
		return
	}
	if err != nil {
		t.Errorf("%s: %s: %v\n%s", where, line, err, out)
	}
}

func TestParseBlocks(t *testing.T) {
	const page = "```sh\na \\\n  b   # c\n\n# d\ne\n```\n\n<!-- not run: no network -->\n```console\n$ f\noutput\n```\n```text\n```sh\ng\n```\n"
	want := []commandBlock{
		{line: 1, commands: []string{"a b   # c", "e"}},
		{line: 10, commands: []string{"f"}, reason: "no network"},
	}
	if diff := cmp.Diff(want, parseBlocks(page), cmp.AllowUnexported(commandBlock{})); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
