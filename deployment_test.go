package cognilint_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestGitLabTemplate checks the template by the rules of GitLab's YAML reference.
// https://docs.gitlab.com/ci/yaml/
func TestGitLabTemplate(t *testing.T) {
	var template struct {
		Variables map[string]struct{ Description, Value string }
		Job       struct {
			Stage, Image string
			Variables    map[string]string
			Cache        struct {
				Key   string
				Paths []string
			}
			Rules []struct {
				If      string
				Changes []string
			}
			BeforeScript []string `yaml:"before_script"`
			Script       []string
			Artifacts    struct {
				When     string
				ExpireIn string `yaml:"expire_in"`
				Paths    []string
				Reports  struct{ Codequality, Junit string }
			}
		} `yaml:"cognilint"`
	}
	strictly(t, "pipelines/gitlab/cognilint.gitlab-ci.yml", &template)
	job := template.Job
	if job.Stage != "test" || job.Image != "golang:"+goVersion(t)+"-bookworm" || len(job.Rules) == 0 {
		t.Errorf("stage %q, image %q, %d rules", job.Stage, job.Image, len(job.Rules))
	}
	// A report of a failed job is the one that matters.
	if job.Artifacts.When != "always" {
		t.Errorf("artifacts are kept %q", job.Artifacts.When)
	}
	script := strings.Join(append(job.BeforeScript, job.Script...), "\n")
	for format, file := range map[string]string{"gitlab": job.Artifacts.Reports.Codequality, "junit": job.Artifacts.Reports.Junit} {
		if file == "" || !strings.Contains(script, "-o "+format+"="+file) || !slices.Contains(job.Artifacts.Paths, file) {
			t.Errorf("the report %q is not written by %q", file, script)
		}
	}
	for _, match := range regexp.MustCompile(`\$(COGNILINT_\w+)`).FindAllStringSubmatch(script, -1) {
		if template.Variables[match[1]].Value == "" {
			t.Errorf("the script uses %s, which has no default", match[1])
		}
	}
	// https://docs.gitlab.com/ci/yaml/#variablesdescription
	for name, variable := range template.Variables {
		if variable.Description == "" {
			t.Errorf("variable %s has no description", name)
		}
	}
	if _, err := exec.LookPath("bash"); err == nil {
		command := exec.Command("bash", "-n")
		command.Stdin = strings.NewReader(script)
		if out, err := command.CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	}
}

func goVersion(t *testing.T) string {
	t.Helper()
	match := regexp.MustCompile(`(?m)^go (\S+)$`).FindSubmatch(read(t, "go.mod"))
	return string(match[1])
}

// TestDockerfile checks the image: stages with pinned versions, and a last one without
// root, shell and network.
func TestDockerfile(t *testing.T) {
	type instruction struct{ name, rest string }
	var stages [][]instruction
	text := regexp.MustCompile(`\\\n\s*`).ReplaceAllString(string(read(t, "Dockerfile")), "")
	for line := range strings.Lines(text) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if name == "" || strings.HasPrefix(name, "#") {
			continue
		}
		if name == "FROM" {
			stages = append(stages, nil)
			fields := strings.Fields(rest)
			image := fields[0]
			if strings.HasPrefix(image, "--platform=") {
				image = fields[1]
			}
			_, tag, _ := strings.Cut(image, ":")
			if tag == "" || strings.HasPrefix(tag, "latest") || !regexp.MustCompile(`\d`).MatchString(image) {
				t.Errorf("image %s has no version", image)
			}
			if golang, ok := strings.CutPrefix(image, "golang:"); ok && golang != goVersion(t)+"-bookworm" {
				t.Errorf("image %s, and go.mod has %s", image, goVersion(t))
			}
		}
		if !slices.Contains([]string{"FROM", "WORKDIR", "COPY", "RUN", "ARG", "USER", "ENTRYPOINT", "CMD"}, name) {
			t.Errorf("instruction %s %s", name, rest)
		}
		last := len(stages) - 1
		stages[last] = append(stages[last], instruction{name, rest})
	}
	if len(stages) != 2 {
		t.Fatalf("%d stages, want 2", len(stages))
	}
	user, entry := "", ""
	for _, i := range stages[1] {
		switch i.name {
		case "RUN":
			t.Errorf("RUN %s needs a shell, which the image lacks", i.rest)
		case "FROM":
			if !strings.Contains(i.rest, "distroless/static") {
				t.Errorf("the last stage is FROM %s", i.rest)
			}
		case "COPY":
			if !strings.HasPrefix(i.rest, "--from=build ") {
				t.Errorf("COPY %s", i.rest)
			}
		case "USER":
			user = i.rest
		case "ENTRYPOINT":
			entry = i.rest
		}
	}
	if !regexp.MustCompile(`^[1-9]\d*:[1-9]\d*$`).MatchString(user) || !strings.HasPrefix(entry, `["/`) {
		t.Errorf("user %q, entry point %q", user, entry)
	}
}

// TestDockerignore builds the program from what the image is built from.
func TestDockerignore(t *testing.T) {
	var wanted []string
	for line := range strings.Lines(string(read(t, ".dockerignore"))) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "!"); ok {
			wanted = append(wanted, name)
		}
	}
	out, err := exec.Command("go", "list", "-deps", "-f", "{{if and .Module .Module.Main}}{{.Dir}}{{end}}", "./cmd/cognilint").Output()
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	var needed []string
	for _, folder := range strings.Fields(string(out)) {
		name, err := filepath.Rel(root, folder)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(filepath.ToSlash(name), "/")
		needed = append(needed, first)
	}
	needed = append(needed, "go.mod", "go.sum")
	slices.Sort(needed)
	slices.Sort(wanted)
	if needed = slices.Compact(needed); !slices.Equal(needed, wanted) {
		t.Errorf("the build needs %q, .dockerignore lets pass %q", needed, wanted)
	}
}

// TestSystemdUnits checks the units with systemd-analyze, where it is installed, and the
// settings that keep the service from the rest of the machine.
func TestSystemdUnits(t *testing.T) {
	unit := string(read(t, "pipelines/systemd/cognilint.service"))
	for _, setting := range []string{
		"DynamicUser=yes", "StateDirectory=cognilint", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
		"NoNewPrivileges=yes", "CapabilityBoundingSet=", "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX", "SystemCallFilter=@system-service",
	} {
		if !strings.Contains(unit, "\n"+setting+"\n") {
			t.Errorf("the service lacks %s", setting)
		}
	}
	timer := string(read(t, "pipelines/systemd/cognilint.timer"))
	if !strings.Contains(timer, "\nOnCalendar=") || !strings.Contains(timer, "\nWantedBy=timers.target\n") {
		t.Errorf("the timer starts nothing:\n%s", timer)
	}
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Log("systemd-analyze is not in PATH: the units were not verified")
		return
	}
	// It wants the program to exist.
	folder := t.TempDir()
	unit = strings.Replace(unit, "/usr/local/bin/cognilint", "/bin/true", 1)
	for name, text := range map[string]string{"cognilint.service": unit, "cognilint.timer": timer} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.Command("systemd-analyze", "verify", "--man=no", filepath.Join(folder, "cognilint.service"), filepath.Join(folder, "cognilint.timer"))
	if out, err := command.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("systemd-analyze: %v\n%s", err, out)
	}
}
