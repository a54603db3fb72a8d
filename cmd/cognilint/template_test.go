package main

import (
	"bytes"
	"encoding/json"
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

// written keeps templates that several tests look at.
var written sync.Map

func writtenTemplate(t *testing.T, args ...string) []byte {
	t.Helper()
	key := strings.Join(args, " ")
	if text, ok := written.Load(key); ok {
		return text.([]byte)
	}
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), append([]string{"cognilint", "template", "--config", os.DevNull}, args...), nil, &stdout, &stderr); code != exitOK {
		t.Fatalf("exit code %d: %s", code, &stderr)
	}
	written.Store(key, stdout.Bytes())
	return stdout.Bytes()
}

// TestTemplatesPass reads each template back and scans it, with its baseline and
// with the guard rules.
func TestTemplatesPass(t *testing.T) {
	library, err := policies.Load()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := library.Rules()
	if err != nil {
		t.Fatal(err)
	}
	guards := []string{"--baseline", "all"}
	for _, rule := range rules {
		if rule.Guard {
			guards = append(guards, "--rule", rule.ID)
		}
	}
	for _, baseline := range namedBaselines(t) {
		t.Run(baseline, func(t *testing.T) {
			// Formats have folders of their own: in one, parts of a pool are put together.
			folder := t.TempDir()
			for format, read := range templateReaders {
				writePool(t, filepath.Join(folder, format), read(t, writtenTemplate(t, "--baseline", baseline, "--format", format)))
			}
			scanTemplates(t, folder, "--baseline", baseline)
			scanTemplates(t, folder, guards...)
		})
	}
}

// writePool writes a snapshot into a folder.
func writePool(t *testing.T, folder string, sections map[string]any) {
	t.Helper()
	pool := &snapshot.Pool{
		Account: "111122223333", Region: "eu-west-1", Source: "template", Sections: sections,
		CollectedAt: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC),
	}
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
		got := writtenTemplate(t, "--baseline", tt.baseline, "--format", tt.format)
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
	if got := value("/UserPool/Policies/PasswordPolicy/MinimumLength", "--param", "password-minimum-length.min=14"); got != json.Number("14") {
		t.Errorf("the minimum length is %v, want 14", got)
	}
	if got := value("/UserPool/Name", "--baseline", "documented", "--param", "pool-name.name=staff"); got != "staff" {
		t.Errorf("the name is %v, want staff", got)
	}
	got := value("/UserPool/SmsConfiguration/SnsCallerArn", "--baseline", "documented", "--param", "sms-role-configured.role_name=Texts")
	if role, _ := got.(string); !strings.HasSuffix(role, "role/Texts") {
		t.Errorf("the role is %v, want Texts", got)
	}
	if got := value("/UserPool/UsernameAttributes", "--rule", "sign-in-options", "--param", `sign-in-options.options=["email","phone_number"]`); len(got.([]any)) != 2 {
		t.Errorf("the names to sign in with are %v, want two", got)
	}
	if got := value("/UserPool/UserPoolTier"); got != "ESSENTIALS" {
		t.Errorf("the plan is %v, want ESSENTIALS", got)
	}
	if got := value("/UserPool/UserPoolTier", "--param", "threat-protection-enforced.require_plus=true"); got != "PLUS" {
		t.Errorf("the plan is %v, want PLUS", got)
	}
}

// TestTemplateReasons: comments name the rules that ask for a setting.
func TestTemplateReasons(t *testing.T) {
	lines := strings.Split(string(writtenTemplate(t, "--baseline", "pci-dss-4.0.1")), "\n")
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
