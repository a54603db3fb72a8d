package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognitotest"
)

// cognitoCLI runs the AWS CLI and returns the value of a member of the answer.
func cognitoCLI(t *testing.T, member []string, args ...string) any {
	t.Helper()
	output, err := exec.CommandContext(t.Context(), "aws", append([]string{"cognito-idp", "--output", "json"}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("aws %v: %v: %s", args, err, output)
	}
	var value any
	if err := json.Unmarshal(output, &value); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	for _, name := range member {
		members, _ := value.(map[string]any)
		value = members[name]
	}
	return value
}

// TestFixMoto repairs pools of moto, whose writes are not those of AWS: what it
// lacks must not stop the rest, and what it loses must be told.
func TestFixMoto(t *testing.T) {
	for name, value := range cognitotest.Env(cognitotest.StartMoto(t, "aws")) {
		t.Setenv(name, value)
	}
	os.Unsetenv("AWS_PROFILE")
	t.Setenv("AWS_DEFAULT_REGION", os.Getenv("AWS_REGION"))
	t.Setenv("COGNILINT_RATE", "1000")
	fix := func(t *testing.T, pool string, rules ...string) (outcome, finding.Fix) {
		t.Helper()
		args := []string{"scan", "--fix", "--yes", "--allow-disruptive", "--allow-incomplete", "--pool", pool, "--journal-dir", t.TempDir(), "-f", "json"}
		for _, rule := range rules {
			args = append(args, "--rule", rule)
		}
		o := runFix(t, args...)
		if len(o.report.Fixes) != 1 {
			t.Fatalf("%d fixes: %s", len(o.report.Fixes), o.stderr)
		}
		return o, o.report.Fixes[0]
	}
	newPool := func(name string, args ...string) string {
		return cognitoCLI(t, []string{"UserPool", "Id"}, append([]string{"create-user-pool", "--pool-name", name}, args...)...).(string)
	}

	t.Run("what moto can store", func(t *testing.T) {
		id := newPool("plain", "--policies", `{"PasswordPolicy": {"MinimumLength": 8, "TemporaryPasswordValidityDays": 30}}`)
		client := cognitoCLI(t, []string{"UserPoolClient", "ClientId"}, "create-user-pool-client", "--user-pool-id", id, "--client-name", "web",
			"--explicit-auth-flows", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "--callback-urls", "com.example.shop://signed-in").(string)
		describe := func(member ...string) any {
			return cognitoCLI(t, append([]string{"UserPool"}, member...), "describe-user-pool", "--user-pool-id", id)
		}
		o, done := fix(t, id, "password-minimum-length", "client-prevents-user-existence-errors", "client-token-revocation")
		if done.State != finding.FixApplied || o.code != exitOK {
			t.Fatalf("exit code %d, %s: %s\n%s", o.code, done.State, done.Message, o.stderr)
		}
		if length := describe("Policies", "PasswordPolicy", "MinimumLength"); length != 12.0 {
			t.Errorf("MinimumLength is %v", length)
		}
		errors := cognitoCLI(t, []string{"UserPoolClient", "PreventUserExistenceErrors"}, "describe-user-pool-client", "--user-pool-id", id, "--client-id", client)
		if errors != "ENABLED" {
			t.Errorf("PreventUserExistenceErrors is %v", errors)
		}
		undone := runFix(t, "rollback", "--yes", "--journal-dir", t.TempDir(), done.Journal)
		if length := describe("Policies", "PasswordPolicy", "MinimumLength"); undone.code != exitOK || length != 8.0 {
			t.Errorf("rollback: exit code %d, MinimumLength is %v: %s", undone.code, length, undone.stderr)
		}
	})
	t.Run("what moto tells in one place only", func(t *testing.T) {
		id := newPool("factors")
		o, done := fix(t, id, "mfa-required", "password-minimum-length")
		if o.code != exitFix || done.State != finding.FixDamaged || !strings.Contains(o.stderr, "UserPool MfaConfiguration") {
			t.Errorf("exit code %d, %s: %s\n%s", o.code, done.State, done.Message, o.stderr)
		}
	})
	t.Run("what moto loses", func(t *testing.T) {
		id := newPool("names", "--username-attributes", "email", "--policies", `{"PasswordPolicy": {"MinimumLength": 8}}`)
		o, done := fix(t, id, "password-minimum-length")
		if o.code != exitFix || done.State != finding.FixDamaged && done.State != finding.FixRestored {
			t.Errorf("exit code %d, %s: %s\n%s", o.code, done.State, done.Message, o.stderr)
		}
		if !strings.Contains(o.stderr, "SOMETHING CHANGED THAT WAS NOT PLANNED") || !strings.Contains(o.stderr, "UsernameAttributes") {
			t.Error(o.stderr)
		}
		if _, err := os.Stat(filepath.Clean(done.Journal)); err != nil {
			t.Error(err)
		}
	})
}
