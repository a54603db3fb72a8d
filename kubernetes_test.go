package cognilint_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// container and pod have what the restricted profile of Kubernetes asks for; keys of
// manifests that they lack are an error.
// https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
type container struct {
	Name, Image     string
	Args            []string
	Env             []map[string]any
	VolumeMounts    []map[string]any `yaml:"volumeMounts"`
	Resources       struct{ Requests, Limits map[string]string }
	SecurityContext struct {
		AllowPrivilegeEscalation *bool `yaml:"allowPrivilegeEscalation"`
		ReadOnlyRootFilesystem   bool  `yaml:"readOnlyRootFilesystem"`
		Capabilities             struct{ Drop []string }
	} `yaml:"securityContext"`
}

type pod struct {
	RestartPolicy                string `yaml:"restartPolicy"`
	ServiceAccountName           string `yaml:"serviceAccountName"`
	AutomountServiceAccountToken *bool  `yaml:"automountServiceAccountToken"`
	SecurityContext              struct {
		RunAsNonRoot   bool                  `yaml:"runAsNonRoot"`
		RunAsUser      int                   `yaml:"runAsUser"`
		RunAsGroup     int                   `yaml:"runAsGroup"`
		FSGroup        int                   `yaml:"fsGroup"`
		SeccompProfile struct{ Type string } `yaml:"seccompProfile"`
	} `yaml:"securityContext"`
	Containers []container
	Volumes    []map[string]any
}

type job struct {
	CompletionMode          string `yaml:"completionMode"`
	Completions             int
	Parallelism             int
	BackoffLimit            *int           `yaml:"backoffLimit"`
	BackoffLimitPerIndex    *int           `yaml:"backoffLimitPerIndex"`
	PodFailurePolicy        map[string]any `yaml:"podFailurePolicy"`
	ActiveDeadlineSeconds   int            `yaml:"activeDeadlineSeconds"`
	TTLSecondsAfterFinished int            `yaml:"ttlSecondsAfterFinished"`
	Template                struct{ Spec pod }
}

type cronJob struct {
	Schedule                   string
	TimeZone                   string             `yaml:"timeZone"`
	ConcurrencyPolicy          string             `yaml:"concurrencyPolicy"`
	StartingDeadlineSeconds    int                `yaml:"startingDeadlineSeconds"`
	SuccessfulJobsHistoryLimit int                `yaml:"successfulJobsHistoryLimit"`
	FailedJobsHistoryLimit     int                `yaml:"failedJobsHistoryLimit"`
	JobTemplate                struct{ Spec job } `yaml:"jobTemplate"`
}

// apiVersions are those of the kinds that the manifests have.
var apiVersions = map[string]string{
	"Namespace": "v1", "ServiceAccount": "v1", "ConfigMap": "v1", "PersistentVolumeClaim": "v1",
	"CronJob": "batch/v1", "Job": "batch/v1",
}

func TestKubernetesManifests(t *testing.T) {
	files, err := filepath.Glob("pipelines/kubernetes/*.yaml")
	if err != nil || len(files) != 3 {
		t.Fatalf("%d manifests, %v", len(files), err)
	}
	// Objects that manifests refer to, by kind and name.
	defined := map[string]bool{}
	for _, file := range files {
		for _, object := range documents(t, file) {
			metadata := object["metadata"].(map[string]any)
			kind, name := object["kind"].(string), metadata["name"].(string)
			if apiVersions[kind] != object["apiVersion"] || !regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`).MatchString(name) {
				t.Errorf("%s: %v %s %q", file, object["apiVersion"], kind, name)
			}
			if kind != "Namespace" && metadata["namespace"] != "cognilint" {
				t.Errorf("%s: %s %s is in namespace %v", file, kind, name, metadata["namespace"])
			}
			defined[kind+"/"+name] = true
		}
	}
	for _, file := range files {
		for _, object := range documents(t, file) {
			var spec job
			switch object["kind"] {
			case "CronJob":
				var cron cronJob
				reread(t, object["spec"], &cron)
				if len(strings.Fields(cron.Schedule)) != 5 || cron.ConcurrencyPolicy != "Forbid" {
					t.Errorf("%s: schedule %q, concurrency %q", file, cron.Schedule, cron.ConcurrencyPolicy)
				}
				spec = cron.JobTemplate.Spec
			case "Job":
				reread(t, object["spec"], &spec)
			default:
				continue
			}
			checkJob(t, file, spec)
			for _, name := range references(spec.Template.Spec) {
				if !defined[name] {
					t.Errorf("%s refers to %s, which no manifest has", file, name)
				}
			}
		}
	}
}

// reread puts a decoded value into a structure that has all its keys.
func reread(t *testing.T, value, into any) {
	t.Helper()
	text, err := yaml.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(strings.NewReader(string(text)))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		t.Error(err)
	}
}

func references(p pod) []string {
	var names []string
	if p.ServiceAccountName != "" {
		names = append(names, "ServiceAccount/"+p.ServiceAccountName)
	}
	for _, volume := range p.Volumes {
		if claim, ok := volume["persistentVolumeClaim"].(map[string]any); ok {
			names = append(names, "PersistentVolumeClaim/"+claim["claimName"].(string))
		}
		if config, ok := volume["configMap"].(map[string]any); ok {
			names = append(names, "ConfigMap/"+config["name"].(string))
		}
	}
	return names
}

func checkJob(t *testing.T, file string, j job) {
	t.Helper()
	p := j.Template.Spec
	if j.ActiveDeadlineSeconds == 0 || j.TTLSecondsAfterFinished == 0 {
		t.Errorf("%s: the job may run or stay for ever", file)
	}
	// podFailurePolicy wants restartPolicy Never, a limit per index an indexed job.
	if p.RestartPolicy != "Never" || (j.BackoffLimitPerIndex != nil) != (j.CompletionMode == "Indexed") {
		t.Errorf("%s: restart policy %q, completion mode %q", file, p.RestartPolicy, j.CompletionMode)
	}
	s := p.SecurityContext
	if !s.RunAsNonRoot || s.RunAsUser == 0 || s.RunAsGroup == 0 || s.SeccompProfile.Type != "RuntimeDefault" {
		t.Errorf("%s: security context %+v is not restricted", file, s)
	}
	if p.AutomountServiceAccountToken == nil || *p.AutomountServiceAccountToken {
		t.Errorf("%s: the token of the cluster is mounted", file)
	}
	if len(p.Containers) != 1 {
		t.Fatalf("%s: %d containers", file, len(p.Containers))
	}
	c := p.Containers[0]
	if cs := c.SecurityContext; cs.AllowPrivilegeEscalation == nil || *cs.AllowPrivilegeEscalation || !cs.ReadOnlyRootFilesystem || !slices.Equal(cs.Capabilities.Drop, []string{"ALL"}) {
		t.Errorf("%s: security context %+v is not restricted", file, cs)
	}
	if c.Resources.Requests["cpu"] == "" || c.Resources.Requests["memory"] == "" || c.Resources.Limits["memory"] == "" {
		t.Errorf("%s: resources %+v", file, c.Resources)
	}
	if !regexp.MustCompile(`:\d+\.\d+\.\d+$`).MatchString(c.Image) {
		t.Errorf("%s: image %s has no version", file, c.Image)
	}
	var variables, mounts, volumes []string
	for _, v := range c.Env {
		variables = append(variables, v["name"].(string))
	}
	for _, arg := range c.Args {
		for _, match := range regexp.MustCompile(`\$\((\w+)\)`).FindAllStringSubmatch(arg, -1) {
			if !slices.Contains(variables, match[1]) {
				t.Errorf("%s: argument %s mentions a variable that env lacks", file, arg)
			}
		}
	}
	for _, m := range c.VolumeMounts {
		mounts = append(mounts, m["name"].(string))
	}
	for _, v := range p.Volumes {
		volumes = append(volumes, v["name"].(string))
	}
	if !slices.Equal(mounts, volumes) {
		t.Errorf("%s: mounts %q of volumes %q", file, mounts, volumes)
	}
}
