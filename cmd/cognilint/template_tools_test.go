package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTemplatesLint gives the templates to cfn-lint, which knows the properties of
// all types.
func TestTemplatesLint(t *testing.T) {
	if _, err := exec.LookPath("cfn-lint"); err != nil {
		if os.Getenv("COGNILINT_REQUIRE_CFN_LINT") == "1" {
			t.Fatal("cfn-lint is not installed, though COGNILINT_REQUIRE_CFN_LINT is 1")
		}
		t.Skip("cfn-lint is not installed: the CloudFormation templates are not checked against the types of AWS")
	}
	folder := t.TempDir()
	args := []string{"--regions", "eu-west-1", "--"}
	for _, baseline := range namedBaselines(t) {
		args = append(args, templateFile(t, folder, baseline, "cloudformation", ".yaml"))
	}
	if out, err := exec.CommandContext(t.Context(), "cfn-lint", args...).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// TestTemplatesFormatted gives them to "terraform fmt"; what a provider accepts
// cannot be known without it.
func TestTemplatesFormatted(t *testing.T) {
	if _, err := exec.LookPath("terraform"); err != nil {
		t.Skip("terraform is not installed: the layout of the Terraform templates is not checked")
	}
	folder := t.TempDir()
	for _, baseline := range namedBaselines(t) {
		templateFile(t, folder, baseline, "terraform", ".tf")
	}
	if out, err := exec.CommandContext(t.Context(), "terraform", "fmt", "-check", "-diff", folder).Output(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// validateCalls checks inputs against the models that the AWS CLI uses; the
// first line of its output tells their version.
const validateCalls = `
import json, sys
try:
    import botocore, botocore.session, botocore.validate
    from botocore import xform_name
except ImportError:
    sys.exit(77)
session = botocore.session.get_session()
print("botocore", botocore.__version__)
for path in sys.argv[1:]:
    for call in json.load(open(path)):
        service, command = call["command"].split()
        model = session.get_service_model(service)
        names = {xform_name(name, "-"): name for name in model.operation_names}
        if command not in names:
            print(path, service, "has no operation", command)
            continue
        shape = model.operation_model(names[command]).input_shape
        report = botocore.validate.ParamValidator().validate(call["input"], shape)
        if report.has_errors():
            print(path, call["command"], report.generate_report())
`

// TestTemplateCalls gives the inputs to the models of the AWS CLI.
func TestTemplateCalls(t *testing.T) {
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("python3 is not installed: the inputs of the AWS CLI are not checked against its models")
	}
	folder := t.TempDir()
	args := []string{"-c", validateCalls}
	for _, baseline := range namedBaselines(t) {
		args = append(args, templateFile(t, folder, baseline, "cli-json", ".json"))
	}
	var stderr bytes.Buffer
	command := exec.CommandContext(t.Context(), "python3", args...)
	command.Stderr = &stderr
	out, err := command.Output()
	if command.ProcessState != nil && command.ProcessState.ExitCode() == 77 {
		t.Skip("botocore is not installed: the inputs of the AWS CLI are not checked against its models")
	}
	version, problems, _ := strings.Cut(string(out), "\n")
	if err != nil || problems != "" {
		t.Errorf("%s: %v %s%s", version, err, problems, &stderr)
	}
}

func templateFile(t *testing.T, folder, baseline, format, ending string) string {
	t.Helper()
	file := filepath.Join(folder, baseline+ending)
	if err := os.WriteFile(file, baselineTemplate(t, baseline, format), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
