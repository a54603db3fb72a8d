package main

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// standIn is a program that the scripts under test call: it writes down its arguments,
// writes the reports that they ask for unless it concluded nothing, and ends as CODE
// says.
const standIn = `#!/bin/sh
for argument; do
  printf '%s\n' "$argument" >>"$CALLED"
  case $argument in
    sarif=*|markdown=*) [ "$CODE" = 2 ] || echo report >"${argument#*=}" ;;
  esac
done
exit "$CODE"
`

// actionStep is a step of a workflow or a composite action.
type actionStep struct {
	ID, Run, Shell string
	Env            map[string]string
}

type action struct {
	Inputs map[string]struct{ Default string }
	Runs   struct{ Steps []actionStep }
}

// runAction runs the scan step of the action with inputs, in folder, as GitHub would:
// with the stand-in that ends with the code.
func runAction(t *testing.T, folder string, inputs map[string]string, code int) (exit int, args []string, outputs map[string]string) {
	t.Helper()
	var file action
	decode(t, "action.yml", &file)
	index := slices.IndexFunc(file.Runs.Steps, func(s actionStep) bool { return s.ID == "scan" })
	step := file.Runs.Steps[index]
	program := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(program, []byte(standIn), 0o755); err != nil {
		t.Fatal(err)
	}
	called, output := filepath.Join(t.TempDir(), "called"), filepath.Join(t.TempDir(), "output")
	env := append(os.Environ(), "CALLED="+called, "CODE="+strconv.Itoa(code), "GITHUB_OUTPUT="+output)
	for name, value := range step.Env {
		if name == "BINARY" {
			value = program
		}
		if match := regexp.MustCompile(`^\$\{\{ inputs\.([a-z-]+) \}\}$`).FindStringSubmatch(value); match != nil {
			given, ok := inputs[match[1]]
			if !ok {
				given = file.Inputs[match[1]].Default
			}
			value = given
		}
		env = append(env, name+"="+value)
	}
	exit = runScript(t, folder, step.Run, env)
	text, err := os.ReadFile(called)
	if err != nil {
		t.Fatal(err)
	}
	outputs = map[string]string{}
	written, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(written)), "\n") {
		name, value, _ := strings.Cut(line, "=")
		outputs[name] = value
	}
	return exit, strings.Split(strings.TrimSuffix(string(text), "\n"), "\n"), outputs
}

// runScript runs a step's script the way that GitHub runs bash.
func runScript(t *testing.T, folder, script string, env []string) (exit int) {
	t.Helper()
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("bash is not in PATH")
	}
	file := filepath.Join(t.TempDir(), "script")
	if err := os.WriteFile(file, []byte(script), 0o644); err != nil {
		t.Fatal(err)
	}
	command := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", file)
	command.Dir, command.Env = folder, env
	out, err := command.CombinedOutput()
	if err != nil && command.ProcessState == nil {
		t.Fatal(err)
	}
	if len(out) > 0 {
		t.Logf("%s", out)
	}
	return command.ProcessState.ExitCode()
}

func TestAction(t *testing.T) {
	absolute := filepath.Join(t.TempDir(), "absolute.sarif")
	for _, tt := range []struct {
		name    string
		inputs  map[string]string
		code    int
		args    []string
		outputs map[string]string
	}{
		{
			"exported pools",
			map[string]string{"paths": "cognito\n"},
			1,
			[]string{"scan", "--no-progress", "--format", "github", "--output", "sarif=cognilint.sarif", "--output", "markdown=cognilint.md", "--", "cognito"},
			map[string]string{"exit-code": "1", "sarif": "./cognilint.sarif", "report": "./cognilint.md"},
		},
		{
			"live pools have no SARIF", nil, 0,
			[]string{"scan", "--no-progress", "--format", "github", "--output", "markdown=cognilint.md", "--"},
			map[string]string{"exit-code": "0", "report": "./cognilint.md"},
		},
		{
			"live pools with snapshots",
			map[string]string{"snapshot-dir": "pools", "markdown": "", "sarif": absolute},
			0,
			[]string{"scan", "--no-progress", "--format", "github", "--snapshot-dir", "pools", "--output", "sarif=" + absolute, "--"},
			map[string]string{"exit-code": "0", "sarif": absolute},
		},
		{
			"all inputs",
			map[string]string{
				"paths": "a b\nc", "baseline": "documented", "fail-on": "high", "format": "table", "sarif": "", "markdown": "",
				"output": "json=a.json\n\nhtml=a b.html", "args": "--pool=prod *\n-v", "working-directory": "sub",
			},
			0,
			[]string{
				"scan", "--no-progress", "--format", "table", "--baseline", "documented", "--fail-on", "high",
				"--output", "json=a.json", "--output", "html=a b.html", "--pool=prod *", "-v", "--", "a b", "c",
			},
			map[string]string{"exit-code": "0"},
		},
		{
			"text of inputs is no script",
			map[string]string{"paths": "$(touch hacked)\n`touch hacked`", "baseline": `"; touch hacked; "`, "sarif": "", "markdown": ""},
			2,
			[]string{"scan", "--no-progress", "--format", "github", "--baseline", `"; touch hacked; "`, "--", "$(touch hacked)", "`touch hacked`"},
			map[string]string{"exit-code": "2"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			exit, args, outputs := runAction(t, folder, tt.inputs, tt.code)
			if exit != tt.code {
				t.Errorf("exit code %d, want %d", exit, tt.code)
			}
			if diff := cmp.Diff(tt.args, args); diff != "" {
				t.Errorf("arguments -want +got\n%s", diff)
			}
			if diff := cmp.Diff(tt.outputs, outputs); diff != "" {
				t.Errorf("outputs -want +got\n%s", diff)
			}
			if _, err := os.Stat(filepath.Join(folder, "hacked")); err == nil {
				t.Error("an input was carried out")
			}
			if err := checkCommand(args); err != nil {
				t.Errorf("cognilint %q: %v", args, err)
			}
		})
	}
}

// TestActionKeepsExitCodes runs the action with every exit code of a scan. A report of an
// earlier run is no output.
func TestActionKeepsExitCodes(t *testing.T) {
	for _, code := range []int{exitOK, exitFailed, exitUsage, exitIncomplete, exitNothing, exitInterrupted} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "old.md"), []byte("old"), 0o644); err != nil {
			t.Fatal(err)
		}
		exit, _, outputs := runAction(t, folder, map[string]string{"sarif": "", "markdown": "old.md"}, code)
		want, wantText := map[string]string{"exit-code": strconv.Itoa(code), "report": "./old.md"}, "report\n"
		if code == exitUsage {
			delete(want, "report")
			wantText = ""
		}
		if exit != code || !maps.Equal(outputs, want) {
			t.Errorf("exit code %d with outputs %v, want %d with %v", exit, outputs, code, want)
		}
		if text, _ := os.ReadFile(filepath.Join(folder, "old.md")); string(text) != wantText {
			t.Errorf("exit code %d: the report is %q, want %q", code, text, wantText)
		}
	}
}

// TestPullRequestComment runs the step that comments, with a stand-in of gh: the first
// run makes a comment, later ones rewrite it.
func TestPullRequestComment(t *testing.T) {
	var workflow struct {
		Jobs map[string]struct{ Steps []actionStep }
	}
	decode(t, "pipelines/github/pull-request.yml", &workflow)
	steps := workflow.Jobs["check"].Steps
	script := steps[len(steps)-1].Run
	const gh = `#!/bin/sh
case $* in
  *--paginate*) printf "$COMMENTS" ;;
  *) printf '%s\n' "$@" >"$CALLED"; cp "$RUNNER_TEMP/comment.md" "$CALLED.body" ;;
esac
`
	for _, tt := range []struct{ name, comments, method, url string }{
		{"first", "", "POST", "repos/o/r/issues/7/comments"},
		{"later", "11\n", "PATCH", "repos/o/r/issues/comments/11"},
		{"the oldest of several", "11\n12\n", "PATCH", "repos/o/r/issues/comments/11"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			for name, text := range map[string]string{"gh": gh, "cognilint.md": "# Report\n"} {
				if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			called := filepath.Join(folder, "called")
			env := append(os.Environ(), "PATH="+folder+":"+os.Getenv("PATH"), "CALLED="+called, "COMMENTS="+tt.comments,
				"RUNNER_TEMP="+folder, "GITHUB_REPOSITORY=o/r", "NUMBER=7", "REPORT=./cognilint.md")
			if exit := runScript(t, folder, script, env); exit != 0 {
				t.Fatalf("exit code %d", exit)
			}
			args, err := os.ReadFile(called)
			if err != nil {
				t.Fatal(err)
			}
			want := []string{"api", "--silent", "--method", tt.method, tt.url, "-F", "body=@" + filepath.Join(folder, "comment.md")}
			if diff := cmp.Diff(want, strings.Split(strings.TrimSpace(string(args)), "\n")); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if body, err := os.ReadFile(called + ".body"); err != nil || string(body) != "<!-- cognilint -->\n# Report\n" {
				t.Errorf("body %q, %v", body, err)
			}
		})
	}
}
