package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// yamlDocuments reads a YAML file; keys that stand twice are an error.
func yamlDocuments(t *testing.T, name string) []map[string]any {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	var documents []map[string]any
	for decoder := yaml.NewDecoder(bytes.NewReader(text)); ; {
		var document map[string]any
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			return documents
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		documents = append(documents, document)
	}
}

// at follows keys and indexes into a YAML value.
func at(t *testing.T, value any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			value = value.(map[string]any)[step]
		case int:
			value = value.([]any)[step]
		}
		if value == nil {
			t.Fatalf("nothing at %v of %v", step, path)
		}
	}
	return value
}

// stringsOf are the elements of a YAML list.
func stringsOf(list any) []string {
	var elements []string
	for _, element := range list.([]any) {
		elements = append(elements, element.(string))
	}
	return elements
}

// taskArguments are the arguments of the scheduled task on AWS, with the defaults of the
// parameters that they refer to.
func taskArguments(t *testing.T) []string {
	t.Helper()
	// Tags such as !Ref are dropped, so that a reference reads as the name of its parameter.
	template := yamlDocuments(t, "pipelines/aws/scheduled-task.yaml")[0]
	args := stringsOf(at(t, template, "Resources", "Task", "Properties", "ContainerDefinitions", 0, "Command"))
	for i, arg := range args {
		if parameter, ok := at(t, template, "Parameters").(map[string]any)[arg]; ok {
			args[i] = at(t, parameter, "Default").(string)
		}
	}
	return args
}

// containerArguments are those of the one container of a Job or a CronJob.
func containerArguments(t *testing.T, name, kind string) []string {
	t.Helper()
	for _, document := range yamlDocuments(t, name) {
		if document["kind"] != kind {
			continue
		}
		if kind == "CronJob" {
			document = at(t, document, "spec", "jobTemplate").(map[string]any)
		}
		return stringsOf(at(t, document, "spec", "template", "spec", "containers", 0, "args"))
	}
	t.Fatalf("%s has no %s", name, kind)
	return nil
}

// pipelineCommands are the calls of cognilint in the files of pipelines that are no
// shell scripts; tests that run the scripts check theirs.
func pipelineCommands(t *testing.T) map[string][]string {
	calls := map[string][]string{
		"cronjob.yaml":        containerArguments(t, "pipelines/kubernetes/cronjob.yaml", "CronJob"),
		"indexed-job.yaml":    containerArguments(t, "pipelines/kubernetes/indexed-job.yaml", "Job"),
		"merge-job.yaml":      containerArguments(t, "pipelines/kubernetes/merge-job.yaml", "Job"),
		"scheduled-task.yaml": taskArguments(t),
	}
	var gitlab struct {
		Job struct{ Script []string } `yaml:"cognilint"`
	}
	decode(t, "pipelines/gitlab/cognilint.gitlab-ci.yml", &gitlab)
	for _, line := range gitlab.Job.Script {
		for _, args := range commandsIn(line) {
			calls["cognilint.gitlab-ci.yml"] = args
		}
	}
	var hooks []struct {
		ID, Entry string
		Args      []string
	}
	decode(t, ".pre-commit-hooks.yaml", &hooks)
	for _, hook := range hooks {
		calls["hook "+hook.ID] = append(commandsIn(hook.Entry)[0], hook.Args...)
	}
	unit, err := os.ReadFile("../../pipelines/systemd/cognilint.service")
	if err != nil {
		t.Fatal(err)
	}
	_, start, _ := strings.Cut(string(unit), "\nExecStart=/usr/local/bin/")
	start, _, _ = strings.Cut(start, "\n")
	calls["cognilint.service"] = commandsIn(start)[0]
	return calls
}

func decode(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func TestCommandsOfPipelines(t *testing.T) {
	calls := pipelineCommands(t)
	if len(calls) != 8 {
		t.Errorf("%d calls of cognilint, expected 8", len(calls))
	}
	for where, args := range calls {
		if err := checkCommand(args); err != nil {
			t.Errorf("%s: cognilint %s: %v", where, strings.Join(args, " "), err)
		}
	}
}

// TestCommandsInComments checks commands that comments of the pipelines quote.
func TestCommandsInComments(t *testing.T) {
	quoted := regexp.MustCompile(`"(cognilint [a-z][^"]*)"`)
	found := 0
	check := func(name string) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range quoted.FindAllStringSubmatch(string(text), -1) {
			if strings.HasPrefix(match[1], "cognilint ended") {
				continue // a message
			}
			found++
			for _, args := range commandsIn(match[1]) {
				if err := checkCommand(args); err != nil {
					t.Errorf("%s: %s: %v", name, match[1], err)
				}
			}
		}
	}
	err := filepath.WalkDir("../../pipelines", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			check(name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	check("../../action.yml")
	if found < 4 {
		t.Errorf("%d quoted commands found, expected at least 4", found)
	}
}

// TestScheduledTaskPolicy keeps the policy of the task equal to the one that
// "cognilint iam-policy" prints for what the task runs.
func TestScheduledTaskPolicy(t *testing.T) {
	template := yamlDocuments(t, "pipelines/aws/scheduled-task.yaml")[0]
	document := at(t, template, "Resources", "TaskRole", "Properties", "Policies", 0, "PolicyDocument")
	// The baseline is a parameter: every choice must be allowed.
	baseline := slices.Index(taskArguments(t), "--baseline") + 1
	for _, name := range []string{taskArguments(t)[baseline], "all"} {
		var stdout, stderr bytes.Buffer
		args := []string{"cognilint", "iam-policy", "--config", os.DevNull, "--region", "all", "--baseline", name}
		if code := run(t.Context(), args, nil, &stdout, &stderr); code != exitOK {
			t.Fatalf("exit code %d: %s", code, &stderr)
		}
		var want any
		if err := json.Unmarshal(stdout.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, document); diff != "" {
			t.Errorf("baseline %s: -iam-policy +template\n%s", name, diff)
		}
	}
}

// TestIndexedJobIsWhole compares the numbers that must agree: workers, shards, and the
// reports that are merged.
func TestIndexedJobIsWhole(t *testing.T) {
	documents := yamlDocuments(t, "pipelines/kubernetes/indexed-job.yaml")
	job := documents[len(documents)-1]
	workers := at(t, job, "spec", "completions").(int)
	if parallel := at(t, job, "spec", "parallelism").(int); parallel > workers {
		t.Errorf("%d workers at a time of %d", parallel, workers)
	}
	scan := containerArguments(t, "pipelines/kubernetes/indexed-job.yaml", "Job")
	for _, want := range []string{fmt.Sprintf("--shard=%d", workers), "--output=json=/reports/shard-$(INDEX).json"} {
		if !slices.Contains(scan, want) {
			t.Errorf("%d workers are started without %s: %q", workers, want, scan)
		}
	}
	var written, merged []string
	for i := range workers {
		written = append(written, fmt.Sprintf("/reports/shard-%d.json", i))
	}
	for _, arg := range containerArguments(t, "pipelines/kubernetes/merge-job.yaml", "Job")[1:] {
		if !strings.HasPrefix(arg, "-") {
			merged = append(merged, arg)
		}
	}
	if diff := cmp.Diff(written, merged); diff != "" {
		t.Errorf("-written +merged\n%s", diff)
	}
}
