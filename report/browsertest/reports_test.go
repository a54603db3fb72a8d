package browsertest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cognilint/cognilint/finding"
)

// golden is the report of the package's golden files, which holds every status
// and hostile names, with what an earlier report and repairs add.
func golden(t *testing.T) *finding.Report {
	t.Helper()
	r := saved(t, "../testdata/report.json")
	earlier := saved(t, "../testdata/report.json")
	earlier.StartedAt = earlier.StartedAt.Add(-24 * time.Hour)
	earlier.Pools = append(earlier.Pools, finding.Pool{ID: "eu-west-1_G0neP00l", Name: "</bdi><img src=x onerror=alert(2)>", Account: "111122223333", Region: "eu-west-1"})
	old := earlier.Checks[:0]
	for _, c := range earlier.Checks {
		switch c.Rule {
		case "password-minimum-length": // new now
			continue
		case "client-access-token-validity":
			c.Violations[0].Actual = json.Number("2") // worse now
		case "client-token-revocation":
			c.Status = finding.Fail // newly waived now
		case "client-identity-providers-exist":
			c.Status = finding.Pass // without verdict now
		}
		old = append(old, c)
	}
	gone := old[len(old)-1]
	gone.Rule, gone.Status, gone.Severity = "deletion-protection", finding.Fail, finding.High
	gone.Violations = []finding.Violation{{Message: "deletion protection is off", Path: "/UserPool/DeletionProtection", Actual: "INACTIVE", Expected: "ACTIVE"}}
	gone.Fingerprint = finding.Fingerprint(gone.Rule, gone.Pool, gone.Target)
	earlier.Checks = append(old, gone)
	r.Compare(earlier, "reports/yesterday.json")

	for i := range r.Checks {
		if w := r.Checks[i].Waiver; w != nil {
			w.Expires = "2026-11-30"
		}
	}
	users := int64(48211)
	r.Fixes = []finding.Fix{
		{Pool: "eu-west-1_Cl3anP00l", State: finding.FixApplied, Risk: finding.FixSafe, Users: &users, Journal: "journal/1.json", Calls: []finding.FixCall{{
			Operation: "UpdateUserPool", Changes: []finding.FixChange{{Path: "/UserPool/DeletionProtection", Old: "INACTIVE", New: "ACTIVE", Risk: finding.FixSafe, Rules: []string{"deletion-protection"}}},
		}}},
		{Pool: "us-east-1_Zy98Xw76V", State: finding.FixRefused, Refusals: []string{"<b>Terraform</b> owns the pool"}, Unfixed: []finding.Unfixed{{Rule: "client-has-sign-in-path", Why: "manual", Reason: "the owner has to decide"}}},
	}
	// Rules of users may link to anything.
	r.Rules[0].References = []finding.Reference{{Description: "a page", URL: "https://docs.aws.amazon.com/cognito/"}, {Description: "a trap", URL: "javascript:alert(3)"}}
	return r
}

// many is a report of many pools with 20 findings each, most of them about app
// clients that have names of their own.
func many(pools int) *finding.Report {
	r := &finding.Report{
		Schema: finding.ReportSchema, Tool: finding.Tool{Name: "cognilint", Version: "0.1.0"}, Baseline: "recommended",
		StartedAt: time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC), Summary: finding.NewSummary(),
	}
	for i := range 100 {
		r.Rules = append(r.Rules, finding.Rule{
			ID: fmt.Sprintf("rule-about-setting-%02d", i), Title: fmt.Sprintf("Setting %d is as it should be", i),
			Severity: finding.Info + finding.Severity(i%5), Category: "test", Target: finding.TargetClient,
			Description: strings.Repeat(fmt.Sprintf("Why setting %d matters. ", i), 8),
			Remediation: strings.Repeat(fmt.Sprintf("How setting %d is repaired.\n", i), 20),
			Controls:    map[string][]string{"asvs-5.0": {fmt.Sprint("6.", i%9)}, "pci-dss-4.0.1": {fmt.Sprint("8.3.", i%13)}},
			References:  []finding.Reference{{Description: fmt.Sprint("About setting ", i), URL: fmt.Sprint("https://docs.aws.amazon.com/cognito/", i)}},
		})
	}
	regions := []string{"eu-west-1", "eu-central-1", "us-east-1", "ap-southeast-2"}
	for i := range pools {
		pool := finding.Pool{Name: fmt.Sprintf("shop-%04d", i), Account: fmt.Sprintf("1111%08d", i%40), Region: regions[i%4], Source: fmt.Sprintf("exports/shop-%04d.json", i)}
		pool.ID = fmt.Sprintf("%s_%09d", pool.Region, i)
		r.Pools = append(r.Pools, pool)
		for j := range 20 {
			rule := r.Rules[(i*7+j*5)%len(r.Rules)]
			client := fmt.Sprintf("app-%d-%d", i, j%4)
			c := finding.Check{
				Rule: rule.ID, Severity: rule.Severity, Status: finding.Fail, Pool: pool.ID, Fix: finding.FixDisruptive,
				Target: finding.Target{Kind: finding.TargetClient, ID: fmt.Sprintf("%013d%013d", i, j%4), Name: client},
			}
			if j < 8 {
				c.Target = finding.Target{Kind: finding.TargetPool}
			}
			c.Violations = []finding.Violation{{
				Message: fmt.Sprintf("client %q has setting %d at %d, expected at least 12 (local passwords: client \"app-%d-0\", \"app-%d-1\")", client, j, i%9, i, i),
				Path:    fmt.Sprintf("/Clients/%d/Setting%d", j%4, j), Actual: i % 9, Expected: "at least 12",
				Position: &finding.Position{File: pool.Source, Line: 20 + 7*j, Column: 9, EndLine: 20 + 7*j, EndColumn: 12},
			}}
			c.Fingerprint = finding.Fingerprint(c.Rule, c.Pool, c.Target)
			r.Checks = append(r.Checks, c)
			r.Summary.Add(c)
		}
	}
	r.Summary.Pools = pools
	return r
}
