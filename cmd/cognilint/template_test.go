package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/report"
	"github.com/cognilint/cognilint/snapshot"
	"github.com/cognilint/cognilint/template"
)

// templateReaders turn a template of a format back into what the API would tell
// of the pool, by section.
var templateReaders = map[string]func(*testing.T, []byte) map[string]any{
	"cloudformation": readCloudFormation,
	"terraform":      readTerraform,
	"cli-json":       readCLI,
}

// namedBaselines are all that a pool can pass; two, if there is little time.
func namedBaselines(t *testing.T) []string {
	t.Helper()
	if testing.Short() {
		return []string{"documented", "recommended"}
	}
	library, err := policies.Load()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(library.Baselines(), func(name string) bool { return name == "all" })
}

func writtenTemplate(t *testing.T, args ...string) []byte {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), append([]string{"cognilint", "template", "--config", os.DevNull}, args...), nil, &stdout, &stderr); code != exitOK {
		t.Fatalf("exit code %d: %s", code, &stderr)
	}
	return stdout.Bytes()
}

// baselineTemplate is what the command writes for a baseline. The pool is made
// once for all formats, which is what takes the time.
func baselineTemplate(t *testing.T, baseline, format string) []byte {
	t.Helper()
	var text bytes.Buffer
	if err := madeTemplate(t, baseline).made.Write(&text, format); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

type templateMade struct {
	maker *template.Maker
	made  *template.Template
}

var madeTemplates sync.Map

func madeTemplate(t *testing.T, baseline string) templateMade {
	t.Helper()
	if made, ok := madeTemplates.Load(baseline); ok {
		return made.(templateMade)
	}
	library, err := policies.Load()
	if err != nil {
		t.Fatal(err)
	}
	maker, err := newTemplateMaker(t.Context(), library, policies.Selection{Baseline: baseline})
	if err != nil {
		t.Fatal(err)
	}
	made, err := maker.Make(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	madeTemplates.Store(baseline, templateMade{maker, made})
	return templateMade{maker, made}
}

// TestTemplatesPass reads each template back and scans it with its baseline; it
// passes the guard rules besides.
func TestTemplatesPass(t *testing.T) {
	for _, baseline := range namedBaselines(t) {
		t.Run(baseline, func(t *testing.T) {
			// Formats have folders of their own: in one, parts of a pool are put together.
			folder := t.TempDir()
			for format, read := range templateReaders {
				pool := readPool(t, read(t, baselineTemplate(t, baseline, format)))
				writePool(t, filepath.Join(folder, format), pool)
				verdicts, err := madeTemplate(t, baseline).maker.Evaluate(t.Context(), pool)
				if err != nil {
					t.Fatal(err)
				}
				for _, v := range verdicts {
					if v.Status != finding.Pass && v.Status != finding.NotApplicable {
						t.Errorf("%s: %s %s: %s %v %s", format, v.Rule, v.Target.ID, v.Status, v.Violations, v.Reason)
					}
				}
			}
			scanTemplates(t, folder, "--baseline", baseline)
		})
	}
}

// readPool is the pool of these sections.
func readPool(t *testing.T, sections map[string]any) *snapshot.Pool {
	t.Helper()
	pool := &snapshot.Pool{
		Account: "111122223333", Region: "eu-west-1", Source: "template", Sections: sections,
		CollectedAt: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC),
	}
	text, err := json.Marshal(pool)
	if err != nil {
		t.Fatal(err)
	}
	read := &snapshot.Pool{}
	if err := json.Unmarshal(text, read); err != nil {
		t.Fatal(err)
	}
	read.Template = true
	return read
}

// writePool writes a snapshot into a folder.
func writePool(t *testing.T, folder string, pool *snapshot.Pool) {
	t.Helper()
	text, err := json.Marshal(pool)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "pool.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// scanTemplates wants every check to pass or not to apply, and some of each pool
// to pass.
func scanTemplates(t *testing.T, folder string, args ...string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	args = append(append([]string{"cognilint", "scan", "--config", os.DevNull, "-f", "json", "--show-passed"}, args...), folder)
	code := run(t.Context(), args, nil, &stdout, &stderr)
	scanned, err := report.ReadJSON(&stdout)
	if err != nil {
		t.Fatalf("exit code %d: %s %v", code, &stderr, err)
	}
	passed := map[string]int{}
	for _, c := range scanned.Checks {
		switch c.Status {
		case finding.Pass:
			passed[c.Source]++
		case finding.NotApplicable:
		default:
			t.Errorf("%s: %s %s: %s %v %s", c.Source, c.Rule, c.Target.ID, c.Status, c.Violations, c.Reason)
		}
	}
	if code != exitOK || len(passed) != len(templateReaders) {
		t.Errorf("exit code %d, %d pools", code, len(passed))
	}
	for source, n := range passed {
		if n < 6 {
			t.Errorf("%s: only %d checks passed", source, n)
		}
	}
}

// TestTemplateGolden shows what users get.
func TestTemplateGolden(t *testing.T) {
	for _, tt := range []struct{ baseline, format, file string }{
		{"documented", "cloudformation", "documented.yaml"},
		{"documented", "terraform", "documented.tf"},
		{"documented", "cli-json", "documented.json"},
		{"recommended", "cloudformation", "recommended.yaml"},
	} {
		file := filepath.Join("..", "..", "testdata", "template", tt.file)
		got := baselineTemplate(t, tt.baseline, tt.format)
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the command writes (%v); run: go test ./cmd/cognilint -run TestTemplateGolden -update", file, err)
		}
	}
}

// TestTemplateParams: parameters in force stand in the template.
func TestTemplateParams(t *testing.T) {
	value := func(path string, args ...string) any {
		t.Helper()
		sections := readCLI(t, writtenTemplate(t, append(args, "--format", "cli-json")...))
		found, _ := snapshot.Lookup(sections, path)
		return found
	}
	if got := value("/UserPool/Policies/PasswordPolicy/MinimumLength", "--rule", "password-minimum-length", "--param", "password-minimum-length.min=14"); got != json.Number("14") {
		t.Errorf("the minimum length is %v, want 14", got)
	}
	if got := value("/UserPool/Name", "--rule", "pool-name", "--param", "pool-name.name=staff"); got != "staff" {
		t.Errorf("the name is %v, want staff", got)
	}
	got := value("/UserPool/SmsConfiguration/SnsCallerArn", "--rule", "sms-role-configured", "--param", "sms-role-configured.role_name=Texts")
	if role, _ := got.(string); !strings.HasSuffix(role, "role/Texts") {
		t.Errorf("the role is %v, want Texts", got)
	}
	if got := value("/UserPool/UsernameAttributes", "--rule", "sign-in-options", "--param", `sign-in-options.options=["email","phone_number"]`); len(got.([]any)) != 2 {
		t.Errorf("the names to sign in with are %v, want two", got)
	}
	if got := value("/UserPool/UserPoolTier", "--rule", "threat-protection-enforced"); got != "ESSENTIALS" {
		t.Errorf("the plan is %v, want ESSENTIALS", got)
	}
	if got := value("/UserPool/UserPoolTier", "--rule", "threat-protection-enforced", "--param", "threat-protection-enforced.require_plus=true"); got != "PLUS" {
		t.Errorf("the plan is %v, want PLUS", got)
	}
}

// TestTemplateReasons: comments name the rules that ask for a setting.
func TestTemplateReasons(t *testing.T) {
	lines := strings.Split(string(baselineTemplate(t, "pci-dss-4.0.1", "cloudformation")), "\n")
	for setting, rule := range map[string]string{
		"MinimumLength: 12":       "password-minimum-length",
		"PasswordHistorySize: 4":  "password-history",
		"AccessTokenValidity: 15": "client-access-token-lifetime",
		`MfaConfiguration: "ON"`:  "mfa-required",
	} {
		i := slices.IndexFunc(lines, func(line string) bool { return strings.TrimSpace(line) == setting })
		if i < 1 || !strings.HasPrefix(strings.TrimSpace(lines[i-1]), "# ") || !strings.Contains(lines[i-1], rule) {
			t.Errorf("no comment names %s at %s (line %s)", rule, setting, strconv.Itoa(i+1))
		}
	}
}

// TestDocumentedTemplate compares what the documented set-up configures with the
// export of a pool that was made by it.
func TestDocumentedTemplate(t *testing.T) {
	made := readPool(t, readCLI(t, baselineTemplate(t, "documented", "cli-json")))
	exported := readPool(t, map[string]any{})
	for _, name := range []string{"user-pool.json", "client-employee-app.json", "mfa.json"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "pools", "employee-app", name))
		if err != nil {
			t.Fatal(err)
		}
		var members map[string]any
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&members); err != nil {
			t.Fatal(err)
		}
		if name == "mfa.json" {
			members = map[string]any{"MfaConfig": members}
		}
		for member, content := range members {
			exported.Sections[member] = content
		}
	}
	for _, path := range []string{
		"/UserPool/Name", "/UserPool/AliasAttributes", "/UserPool/UsernameAttributes", "/UserPool/AutoVerifiedAttributes",
		"/UserPool/AccountRecoverySetting", "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "/UserPool/EmailConfiguration",
		"/UserPool/UserAttributeUpdateSettings", "/UserPool/UsernameConfiguration", "/UserPool/Policies", "/UserPool/UserPoolTier",
		"/MfaConfig/MfaConfiguration", "/MfaConfig/SoftwareTokenMfaConfiguration",
	} {
		got, _ := snapshot.Lookup(made.Sections, path)
		want, _ := snapshot.Lookup(exported.Sections, path)
		if !snapshot.Equal(got, want) {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
	}
	got, want := customAttributes(made), customAttributes(exported)
	if len(want) != 7 || !maps.Equal(got, want) {
		t.Errorf("the custom attributes are %v, want %v", got, want)
	}
	if _, secret := snapshot.Lookup(exported.Sections, "/UserPoolClient/ClientSecret"); !secret || made.Elements("Clients")[0].(map[string]any)["HasClientSecret"] != true {
		t.Error("the clients have no secret")
	}
	role := func(pool *snapshot.Pool) string {
		arn, _ := snapshot.Lookup(pool.Sections, "/UserPool/SmsConfiguration/SnsCallerArn")
		return afterLast(arn, "/")
	}
	if got, want := role(made), role(exported); got != want {
		t.Errorf("the role for SMS is %s, want %s", got, want)
	}
}

// customAttributes are the definitions by name, as texts.
func customAttributes(pool *snapshot.Pool) map[string]string {
	definitions := map[string]string{}
	schema, _ := snapshot.Lookup(pool.Sections, "/UserPool/SchemaAttributes")
	for _, element := range schema.([]any) {
		attribute := element.(map[string]any)
		limits, _ := attribute["StringAttributeConstraints"].(map[string]any)
		if name := attribute["Name"].(string); strings.HasPrefix(name, "custom:") {
			definitions[name] = fmt.Sprint(attribute["AttributeDataType"], attribute["Mutable"], attribute["Required"], limits["MinLength"], limits["MaxLength"])
		}
	}
	return definitions
}
