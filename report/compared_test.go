package report

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/cognilint/cognilint/finding"
)

// exported is the golden report as a scan with an export writes it: findings of
// the live pool stand in its snapshot.
func exported() *finding.Report {
	r := golden()
	for _, c := range r.Checks {
		for i := range c.Violations {
			if v := &c.Violations[i]; v.Position == nil {
				v.Position = &finding.Position{File: "./snapshots/444455556666/us-east-1/" + c.Pool + ".json", Line: 7, Column: 3, EndLine: 9, EndColumn: 4}
			}
		}
	}
	return r
}

// compared is the same report with a comparison and repairs.
func compared() *finding.Report {
	r := exported()
	earlier := exported()
	earlier.StartedAt = earlier.StartedAt.AddDate(0, 0, -1)
	var checks []finding.Check
	for _, c := range earlier.Checks {
		switch {
		case c.Rule == "client-secret-not-in-public-client":
			continue // new
		case c.Rule == "password-minimum-length" && c.Pool == exportID:
			c.Violations[0].Actual = json.Number("10") // worse
		case c.Rule == "client-token-revocation":
			c.Status, c.Waiver = finding.Fail, nil // newly waived
		case c.Rule == "pool-deletion-protection":
			c.Status = finding.Fail // resolved, and listed
			c.Violations = []finding.Violation{{Message: "deletion protection was off", Path: "/UserPool/DeletionProtection", Actual: "INACTIVE", Expected: "ACTIVE"}}
		case c.Rule == "logs-export-errors":
			c.Status, c.Reason, c.Hint, c.Incomplete = finding.Pass, "", "", false // newly not evaluated
		}
		checks = append(checks, c)
	}
	was := finding.Check{
		Rule: "mfa-totp-enabled", Severity: finding.Medium, Status: finding.Fail, Pool: hostileID, Target: finding.Target{Kind: finding.TargetPool},
		Violations: []finding.Violation{{Message: "authenticator apps were off", Path: "/MfaConfig/SoftwareTokenMfaConfiguration/Enabled", Actual: false, Expected: true, Position: &finding.Position{File: "exports/odd name|日本.json", Line: 9, Column: 1, EndLine: 9, EndColumn: 5}}},
	}
	was.Fingerprint = finding.Fingerprint(was.Rule, was.Pool, was.Target)
	earlier.Checks = append(checks, was)
	earlier.Pools = append(earlier.Pools, finding.Pool{ID: "eu-west-1_G0ne", Name: "=HYPERLINK(\"x\")|<b>gone</b>\n\x1b[1m", Account: "111122223333", Region: "eu-west-1", Source: "exports/prod/gone.json"})
	r.Compare(earlier, "reports/2026-11-19.json")

	users := int64(1200)
	r.Fixes = []finding.Fix{
		{Pool: exportID, Source: "exports/prod/customers.json", State: finding.FixApplied, Risk: finding.FixDisruptive, Users: &users, Journal: "journal.json", Notes: []string{"tokens stay valid"}, Unfixed: []finding.Unfixed{}, Calls: []finding.FixCall{
			{Operation: "UpdateUserPool", Changes: []finding.FixChange{{Path: "/UserPool/Policies/PasswordPolicy/MinimumLength", Old: json.Number("8"), New: json.Number("12"), Risk: finding.FixSafe, Rules: []string{"password-minimum-length"}}}},
			{Operation: "UpdateUserPoolClient", Target: webID, Changes: []finding.FixChange{{Path: "/Clients/" + webID + "/AccessTokenValidity", Old: json.Number("24"), New: json.Number("1"), Risk: finding.FixDisruptive, Irreversible: true, Rules: []string{"client-access-token-validity"}}}},
		}},
		{Pool: "eu-west-1_Cl3anP00l", Source: "exports/prod/internal.json", State: finding.FixNothing, Message: "nothing fails", Calls: []finding.FixCall{}, Unfixed: []finding.Unfixed{}},
		{Pool: liveID, Source: "live", State: finding.FixDamaged, Message: "the pool is not as planned", Owner: "the stack <b>|\x1b[31m", Refusals: []string{"it changed since"}, Calls: []finding.FixCall{}, Unfixed: []finding.Unfixed{}, Unexpected: []finding.FixDifference{{Path: "/UserPool/MfaConfiguration", Expected: "ON", Actual: "OFF"}}},
	}
	return r
}

// hostile is a report in which everything that somebody else can name does harm.
func hostile(name string) *finding.Report {
	target := finding.Target{Kind: finding.TargetClient, ID: name, Name: name}
	r := &finding.Report{
		Schema: finding.ReportSchema, Baseline: "recommended", Summary: finding.NewSummary(),
		StartedAt: time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC), FinishedAt: time.Date(2026, 11, 20, 2, 0, 4, 0, time.UTC),
		Pools:    []finding.Pool{{ID: "eu-west-1_A", Name: name, Source: name + ".json"}},
		Rules:    []finding.Rule{{ID: "a-rule", Title: "A rule", Severity: finding.High}},
		Problems: []finding.Problem{{Pool: name, Operation: "DescribeUserPool", Error: name}},
	}
	violations := []finding.Violation{{Message: name, Path: "/Clients/0/" + name, Actual: name, Expected: name, Position: &finding.Position{File: name + ".json", Line: 1, Column: 1, EndLine: 1, EndColumn: 2}}}
	for _, status := range []finding.Status{finding.Fail, finding.Waived, finding.NotEvaluated, finding.Error, finding.NotApplicable, finding.Pass} {
		c := finding.Check{Rule: "a-rule-" + status.String(), Severity: finding.High, Status: status, Pool: "eu-west-1_A", Target: target, Note: name}
		c.Fingerprint = finding.Fingerprint(c.Rule, c.Pool, c.Target)
		switch status {
		case finding.Fail:
			c.Violations = violations
		case finding.Waived:
			c.Violations, c.Waiver = violations, &finding.Waiver{Reason: name, Owner: name, Expires: "2027-01-31", Ticket: name}
		default:
			c.Reason, c.Hint = name, name
		}
		r.Checks = append(r.Checks, c)
		r.Summary.Add(c)
	}
	r.Summary.Pools = 1
	earlier := &finding.Report{Pools: []finding.Pool{{ID: "gone", Name: name}, r.Pools[0]}, Checks: []finding.Check{{Rule: "a-rule", Severity: finding.Low, Status: finding.Fail, Pool: "eu-west-1_A", Target: target, Violations: violations, Fingerprint: "x"}}}
	r.Compare(earlier, name)
	r.Fixes = []finding.Fix{{Pool: "eu-west-1_A", State: finding.FixRefused, Message: name, Refusals: []string{name}}}
	return r
}

// hostileNames are what people call pools to see what happens.
func hostileNames() map[string]string {
	return map[string]string{
		"markup":          "<script>alert(1)</script>&amp;]]><![CDATA[x]]><!--",
		"control":         "a\x00b\x07\x1b[2J\x1b]0;owned\x07\x7f\u0085\ufffe",
		"lines":           "a\r\nb\n::error::forged\n\u2028\"x\",y",
		"formula":         "=cmd|'/c calc'!A1",
		"formula behind":  " \t@SUM(1+1)*cmd",
		"full width":      "\uff1d1+1",
		"pipes":           "a|b`c`*d*[e](https://evil.example)~~f~~#1@user",
		"right to left":   "\u202egnp.exe\u2066\u200f\u061c",
		"128 characters":  strings.Repeat("顧", 128),
		"invalid UTF-8":   "a\xff\xfe\xc3\x28b",
		"workflow":        "%0A::error file=x::y,title=z:%25",
		"quotes":          `"quoted", 'single' \ back`,
		"nothing at all":  "",
		"looks like JSON": `{"a": null}`,
	}
}

// TestComparisonInText: the formats for terminals say what changed.
func TestComparisonInText(t *testing.T) {
	for format, want := range map[string][]string{
		"table":   {"changes   1 new, 1 worse, 1 newly not evaluated", "2 resolved; compared with reports/2026-11-19.json of 2026-11-19", "\nresolved  pool-deletion-protection, customers", "\ngone      =HYPERLINK", "critical  client-secret-not-in-public-client", "\nnew\n", "repair: applied (2 calls, 2 changes, disruptive)", "Policies.PasswordPolicy.MinimumLength: 8 → 12 (safe)", "repairs   1 applied, 1 without anything to repair, 1 damaged"},
		"compact": {"CRITICAL client-secret-not-in-public-client eu-west-1_Ab12Cd34E: client mobile has a secret that ships with the app (new)\n", "expected at least 12 (worse)\n", ": RESOLVED mfa-totp-enabled eu-central-1_Ho5t1L3xx: authenticator apps were off\n", "exports/prod/gone.json: GONE - eu-west-1_G0ne: ", "\n-: COMPARED - -: with reports/2026-11-19.json of 2026-11-19: 1 new, 1 worse"},
	} {
		out := render(t, format, compared(), Options{Width: 200})
		for _, text := range want {
			if !strings.Contains(out, text) {
				t.Errorf("%s does not say %q:\n%s", format, text, out)
			}
		}
	}
	// The summary alone has it, too, and many resolved checks do not fill it.
	r := compared()
	for range 3 * maxResolved {
		r.Comparison.Resolved = append(r.Comparison.Resolved, r.Comparison.Resolved[0])
	}
	out := render(t, "table", r, Options{Width: 200, Quiet: true})
	if !strings.Contains(out, "\n          and 42 more\n") || !strings.Contains(out, "repairs   1 applied") {
		t.Errorf("the summary is\n%s", out)
	}
}

// TestRepairsByControl: a repair shows once, whichever way checks are grouped.
func TestRepairsByControl(t *testing.T) {
	for _, by := range Groupings() {
		out := render(t, "table", compared(), Options{Width: 200, GroupBy: by})
		if n := strings.Count(out, "repair: applied"); n != 1 {
			t.Errorf("by %s: the repair shows %d times", by, n)
		}
	}
}

// TestHostileNamesInText extends what the golden report has.
func TestHostileNamesInText(t *testing.T) {
	for what, name := range hostileNames() {
		for _, format := range []string{"table", "compact", "github"} {
			var summary strings.Builder
			out := render(t, format, hostile(name), Options{Width: 80, Verbose: true, StepSummary: &summary})
			out += summary.String()
			if i := strings.IndexFunc(out, func(r rune) bool { return r != '\n' && clean(string(r)) != string(r) }); i >= 0 {
				t.Errorf("%s, %s: %q", format, what, out[max(0, i-20):i+3])
			}
			for line := range strings.Lines(out) {
				if strings.HasPrefix(line, "::error::forged") {
					t.Errorf("%s, %s: a name forged a line", format, what)
				}
			}
		}
	}
}
