package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
)

// TestGoldenRulePage: a page has every section that there is something for.
func TestGoldenRulePage(t *testing.T) {
	least, most := 6, 99
	page := RulePage{
		Rule: finding.Rule{
			ID: "password-minimum-length", Title: "Passwords are long enough", Severity: finding.High, Category: "password", Target: finding.TargetIdentityProvider,
			Description: "The minimum length is below the limit.\nLength is what resists guessing.", Remediation: "Raise the minimum length.",
			Needs: []string{"UserPool", "UserPool.Policies"}, AppliesNeeds: []string{"UserPool.Policies.SignInPolicy"},
			ReadsWithParam: map[string][]string{"min_when_mfa_required": {"MfaConfig"}},
			Params: []finding.Param{
				{Name: "min", Description: "The least number of characters that a password must have, whoever sets it.", Type: "integer", Default: 12, Min: &least, Max: &most},
				{Name: "min_when_mfa_required", Description: "The limit beside MFA.", Type: "integer", Min: &least},
				{Name: "mode", Description: "How to count.", Type: "string", Default: "a", Enum: []string{"a", "b"}},
			},
			Controls: map[string][]string{"pci-dss-4.0.1": {"8.3.6"}, "asvs-5.0": {"6.2.1", "6.2.9"}},
			Fix:      finding.FixSafe, FixNote: "Only new and changed passwords are checked; existing ones keep working.",
			WaiveWhen: "While an old application is replaced that cannot send longer passwords, if its accounts are few and watched.",
			Opposes:   []string{"password-short"}, Aliases: []string{"password-length"}, Since: "0.1",
			References: []finding.Reference{{Description: "Password policies", URL: "https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html"}},
		},
		Fields:  []string{"UserPool.Policies.PasswordPolicy.MinimumLength"},
		Example: &finding.Violation{Message: "passwords may have <8> characters, expected at least 12", Path: "/UserPool/Policies/PasswordPolicy/MinimumLength", Actual: "<8>", Expected: 12},
		Baselines: []finding.InBaseline{
			{Baseline: "all"},
			{Baseline: "ours", Severity: finding.Low, Params: map[string]any{"mode": "b", "min": 8}},
		},
	}
	var b strings.Builder
	if err := WriteRule(&b, page); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "rule.md")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("%s differs (go test ./report -update rewrites it), got:\n%s", path, &b)
	}
}

func TestRulePageWaiver(t *testing.T) {
	for _, tt := range []struct {
		name string
		rule finding.Rule
		want string
	}{
		{"nothing known", finding.Rule{}, ""},
		{"a text", finding.Rule{WaiveWhen: "Never alone."}, "Never alone."},
		{"a guard", finding.Rule{Guard: true}, "a state that cannot work"},
		{"a guard with a text", finding.Rule{Guard: true, WaiveWhen: "Never alone."}, "Never alone."},
		{"not waivable", finding.Rule{NotWaivable: true, WaiveWhen: "It is an attack."}, "no waiver of this rule is accepted. It is an attack."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			if err := WriteRule(&b, RulePage{Rule: tt.rule}); err != nil {
				t.Fatal(err)
			}
			_, rest, found := strings.Cut(b.String(), "## When a waiver is reasonable\n\n")
			section, _, _ := strings.Cut(rest, "\n\n##")
			if found != (tt.want != "") || !strings.Contains(section, tt.want) {
				t.Errorf("got %q, want %q", section, tt.want)
			}
		})
	}
}
