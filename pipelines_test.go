package cognilint_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
	"go.yaml.in/yaml/v3"
)

// yamlFiles are the files that users copy and the ones that build the project.
func yamlFiles(t *testing.T) []string {
	t.Helper()
	files := []string{"action.yml", ".pre-commit-hooks.yaml", ".goreleaser.yaml"}
	for _, folder := range []string{"pipelines", ".github"} {
		err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
			if ext := filepath.Ext(name); ext == ".yaml" || ext == ".yml" {
				files = append(files, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// documents reads the documents of a YAML file; a key that stands twice is an error.
func documents(t *testing.T, name string) []map[string]any {
	t.Helper()
	var all []map[string]any
	for decoder := yaml.NewDecoder(bytes.NewReader(read(t, name))); ; {
		var document map[string]any
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, document)
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// strictly reads the one document of a YAML file into a structure that has all its keys.
func strictly(t *testing.T, name string, into any) {
	t.Helper()
	decodeYAML(t, name, into, true)
}

// loosely reads it into a structure that has some of its keys.
func loosely(t *testing.T, name string, into any) {
	t.Helper()
	decodeYAML(t, name, into, false)
}

func decodeYAML(t *testing.T, name string, into any, strict bool) {
	t.Helper()
	decoder := yaml.NewDecoder(bytes.NewReader(read(t, name)))
	decoder.KnownFields(strict)
	if err := decoder.Decode(into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func TestYAMLHasNoKeyTwice(t *testing.T) {
	files := yamlFiles(t)
	if len(files) < 10 {
		t.Errorf("only %q found", files)
	}
	for _, name := range files {
		decoder := yaml.NewDecoder(bytes.NewReader(read(t, name)))
		for {
			var document any
			if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
	}
}

// published stands for the repository that a user keeps cognilint in.
const published = "your-org/cognilint@v0.1.0"

// newLinter returns a linter that knows the action of this repository.
func newLinter(t *testing.T) (*actionlint.Linter, *actionlint.Project) {
	t.Helper()
	root, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	project, err := actionlint.NewProject(root)
	if err != nil {
		t.Fatal(err)
	}
	linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{WorkingDir: root})
	if err != nil {
		t.Fatal(err)
	}
	return linter, project
}

// TestWorkflows checks workflows with actionlint. Where those for users call the action of
// this repository, it knows what the action takes and gives.
func TestWorkflows(t *testing.T) {
	linter, project := newLinter(t)
	checked := 0
	for _, name := range yamlFiles(t) {
		if !strings.Contains(filepath.ToSlash(name), "github/") {
			continue
		}
		checked++
		text := strings.ReplaceAll(string(read(t, name)), published, "./")
		found, err := linter.Lint(name, []byte(text), project)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range found {
			t.Error(e)
		}
		for _, uses := range usesIn(text) {
			checkUses(t, name, text, uses)
		}
		if !regexp.MustCompile(`(?m)^permissions:`).MatchString(text) {
			t.Errorf("%s has all permissions that the token may have, expected \"permissions\" at its top", name)
		}
	}
	if checked != 4 {
		t.Errorf("%d workflows checked, expected 4", checked)
	}
}

// TestWorkflowLinterSees makes sure that the linter looks at how the action is called.
func TestWorkflowLinterSees(t *testing.T) {
	linter, project := newLinter(t)
	text := string(read(t, "pipelines/github/pull-request.yml"))
	text = strings.ReplaceAll(text, published, "./")
	for _, change := range [][2]string{
		{"fail-on: high", "fail-no: high"},
		{"outputs.report", "outputs.raport"},
		{"contents: read", "contents: raed"},
	} {
		wrong := strings.Replace(text, change[0], change[1], 1)
		if found, err := linter.Lint("pull-request.yml", []byte(wrong), project); err != nil || wrong == text || len(found) == 0 {
			t.Errorf("%s was not seen: %v", change[1], err)
		}
	}
}

func usesIn(text string) []string {
	var all []string
	for _, match := range regexp.MustCompile(`(?m)^\s*(?:- )?uses: (\S+)`).FindAllStringSubmatch(text, -1) {
		all = append(all, match[1])
	}
	return all
}

// checkUses wants actions of others by their major version or their commit, and a comment
// that says how to pin them.
func checkUses(t *testing.T, name, text, uses string) {
	t.Helper()
	if strings.HasPrefix(uses, "./") {
		return
	}
	if !regexp.MustCompile(`^[\w.-]+/[\w./-]+@(v\d+|[0-9a-f]{40})$`).MatchString(uses) {
		t.Errorf("%s uses %s, expected a major version or a commit", name, uses)
	}
	if !strings.Contains(text, "To pin an action") {
		t.Errorf("%s does not say how to pin an action", name)
	}
}

// TestAction checks the composite action by the rules that GitHub documents.
// https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax
func TestAction(t *testing.T) {
	type text struct{ Description, Default, Value string }
	var action struct {
		Name, Description, Author string
		Branding                  struct{ Icon, Color string }
		Inputs, Outputs           map[string]text
		Runs                      struct {
			Using string
			Steps []struct {
				ID, If, Uses, Shell, Run string
				WorkingDirectory         string `yaml:"working-directory"`
				With, Env                map[string]string
			}
		}
	}
	strictly(t, "action.yml", &action)
	if action.Name == "" || action.Description == "" || action.Runs.Using != "composite" {
		t.Errorf("name %q, description %q, using %q", action.Name, action.Description, action.Runs.Using)
	}
	var steps []string
	expression := regexp.MustCompile(`\b(inputs|steps)\.([\w-]+)`)
	used := map[string]bool{}
	references := func(where, text string) {
		for _, match := range expression.FindAllStringSubmatch(text, -1) {
			if _, ok := action.Inputs[match[2]]; match[1] == "inputs" && !ok {
				t.Errorf("%s: there is no input %s", where, match[2])
			}
			if match[1] == "steps" && !slices.Contains(steps, match[2]) {
				t.Errorf("%s: there is no earlier step %s", where, match[2])
			}
			used[match[2]] = true
		}
	}
	for _, step := range action.Runs.Steps {
		if (step.Run == "") == (step.Uses == "") || (step.Run == "") != (step.Shell == "") {
			t.Errorf("step %q needs run and shell, or uses", step.ID)
		}
		// The text of an input would become part of the script.
		if strings.Contains(step.Run, "${{") {
			t.Errorf("step %q has an expression in its script; hand it over as a variable", step.ID)
		}
		if step.Uses != "" {
			checkUses(t, "action.yml", string(read(t, "action.yml")), step.Uses)
		}
		references("if of step "+step.ID, step.If)
		references("working-directory of step "+step.ID, step.WorkingDirectory)
		for name, value := range step.Env {
			references(name, value)
			if !strings.Contains(step.Run, "$"+name) {
				t.Errorf("step %q does not use its variable %s", step.ID, name)
			}
		}
		for name, value := range step.With {
			references(name, value)
		}
		steps = append(steps, step.ID)
	}
	for name, input := range action.Inputs {
		if input.Description == "" || !used[name] {
			t.Errorf("input %s: description %q, used %t", name, input.Description, used[name])
		}
	}
	for name, output := range action.Outputs {
		if output.Description == "" {
			t.Errorf("output %s has no description", name)
		}
		references(name, output.Value)
	}
}

// TestPreCommitHooks checks the hooks by the rules that pre-commit documents.
// https://pre-commit.com/#creating-new-hooks
func TestPreCommitHooks(t *testing.T) {
	var hooks []struct {
		ID, Name, Description, Language, Entry, Files string
		Args                                          []string
		PassFilenames                                 *bool `yaml:"pass_filenames"`
		RequireSerial                                 bool  `yaml:"require_serial"`
	}
	strictly(t, ".pre-commit-hooks.yaml", &hooks)
	for _, hook := range hooks {
		if hook.ID == "" || hook.Name == "" || hook.Entry == "" || hook.Language != "golang" || hook.PassFilenames == nil {
			t.Errorf("hook %+v lacks something", hook)
			continue
		}
		files := regexp.MustCompile(hook.Files)
		if *hook.PassFilenames {
			// Several processes would each tell a part, and take turns to print.
			if !hook.RequireSerial || !files.MatchString("a/snapshots/111122223333/eu-west-1/x.json") || files.MatchString("package.json") {
				t.Errorf("hook %s is given files in several processes, or the wrong ones", hook.ID)
			}
			continue
		}
		// Without a path the hook would scan live pools.
		if len(hook.Args) == 0 || strings.HasPrefix(hook.Args[len(hook.Args)-1], "-") {
			t.Errorf("hook %s is told no folder by default", hook.ID)
		}
		for name, want := range map[string]bool{
			"cognito/pool.json": true, "iac/cognito/a/b.yaml": true, "cognilint.yaml": true, "cognilint.waivers.yaml": true,
			"package.json": false, "cognito/README.md": false, "my-cognito/a.json": false,
		} {
			if files.MatchString(name) != want {
				t.Errorf("hook %s: files matches %s: %t, want %t", hook.ID, name, !want, want)
			}
		}
	}
	if len(hooks) != 2 {
		t.Errorf("%d hooks, expected 2", len(hooks))
	}
}

// TestScheduledTask checks the CloudFormation template with cfn-lint.
func TestScheduledTask(t *testing.T) {
	if _, err := exec.LookPath("cfn-lint"); err != nil {
		missing := t.Skip
		if os.Getenv("COGNILINT_REQUIRE_CFN_LINT") == "1" {
			missing = t.Fatal
		}
		missing("cfn-lint is not in PATH; install it with: pip install cfn-lint")
	}
	command := exec.Command("cfn-lint", "--include-checks", "I", "--", "pipelines/aws/scheduled-task.yaml")
	if out, err := command.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("cfn-lint: %v\n%s", err, out)
	}
}
