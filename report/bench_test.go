package report

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/cognilint/cognilint/finding"
)

// organization is the report on a large organization: pools with ten failed
// checks each. Its pools have both a place in AWS and a file, so that every
// format can show them.
func organization(pools int) *finding.Report {
	r := &finding.Report{
		Schema: finding.ReportSchema, Tool: finding.Tool{Name: "cognilint", Version: "0.1.0"}, Baseline: "recommended",
		StartedAt: time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC), FinishedAt: time.Date(2026, 11, 20, 2, 20, 0, 0, time.UTC),
		Summary: finding.NewSummary(),
	}
	r.Summary.Pools = pools
	for i := range 100 {
		r.Rules = append(r.Rules, finding.Rule{
			ID: fmt.Sprintf("client-flows-no-plain-password-%02d", i), Title: "Clients do not accept plain passwords", Severity: finding.Severities()[i%5],
			Category: "clients", Target: finding.TargetClient, Needs: []string{"Client.ExplicitAuthFlows"}, Fix: finding.FixSafe, Since: "0.1",
			Description: "A client that accepts plain passwords sees them, and so does whoever sees what it sends.",
			Remediation: "Turn off ALLOW_USER_PASSWORD_AUTH and let the application sign in by SRP.",
			Controls:    map[string][]string{"asvs-5.0": {"6.3.8"}, "pci-dss-4.0.1": {"8.3.1", "8.3.2"}},
			References:  []finding.Reference{{Description: "flows", URL: "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow.html"}},
		})
	}
	for i := range pools {
		account, region := fmt.Sprintf("%012d", 100_000_000_000+i/20), []string{"eu-west-1", "us-east-1"}[i/10%2]
		pool := finding.Pool{ID: fmt.Sprintf("%s_%09d", region, i), Name: fmt.Sprintf("pool %d", i), Account: account, Region: region}
		pool.ARN = "arn:aws:cognito-idp:" + region + ":" + account + ":userpool/" + pool.ID
		pool.Source = "pools/" + account + "/" + region + "/" + pool.ID + ".json"
		r.Pools = append(r.Pools, pool)
		for j := range 10 {
			rule := r.Rules[(i+j)%len(r.Rules)]
			c := finding.Check{Rule: rule.ID, Severity: rule.Severity, Status: finding.Fail, Pool: pool.ID, Fix: rule.Fix}
			c.Target = finding.Target{Kind: finding.TargetClient, ID: fmt.Sprintf("%026d", j), Name: fmt.Sprintf("client %d", j)}
			c.Violations = []finding.Violation{{
				Message: fmt.Sprintf("client %d accepts plain passwords", j), Path: fmt.Sprintf("/Clients/%d/ExplicitAuthFlows", j),
				Actual: []any{"ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", json.Number("1")}, Expected: "no ALLOW_USER_PASSWORD_AUTH",
				Position: &finding.Position{File: pool.Source, Line: 40*j + 1, Column: 28, EndLine: 40*j + 5, EndColumn: 8},
			}}
			c.Fingerprint = finding.Fingerprint(c.Rule, c.Pool, c.Target)
			r.Checks = append(r.Checks, c)
			r.Summary.Add(c)
		}
	}
	return r
}

type byteCounter int

func (n *byteCounter) Write(p []byte) (int, error) {
	*n += byteCounter(len(p))
	return len(p), nil
}

// BenchmarkFormats writes 100,000 findings of 10,000 pools in each format.
func BenchmarkFormats(b *testing.B) {
	pools := 10_000
	if testing.Short() {
		pools = 100 // large reports take seconds
	}
	r := organization(pools)
	for _, format := range Formats() {
		b.Run(format, func(b *testing.B) {
			b.ReportAllocs()
			var written byteCounter
			for b.Loop() {
				written = 0
				if err := Write(&written, format, r, Options{Width: 120}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(written), "written-B/op")
		})
	}
}
