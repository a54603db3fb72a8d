package report

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cognilint/cognilint/finding"
)

// hostileTexts is what somebody may call a pool, a client or a file to mislead
// whoever or whatever reads the report.
var hostileTexts = []string{
	`<img src=x onerror=alert(1)>`,
	`</summary></details><h1>nothing failed</h1><details><summary>`,
	`--><script>alert(1)</script><!--`,
	"[click](https://evil.example/login) ![x](https://evil.example/x.png)",
	"<https://evil.example> https://evil.example/a www.evil.example mail@evil.example",
	"[a]: https://evil.example\n\n[a]",
	"@octocat @org/team #1 GH-2 octocat/repo#3 :tada: $x$",
	"a|b|c \\| d \\\\| e",
	"`` ` ``` code \\`",
	"*bold* _it_ ~~gone~~ **x",
	"# heading\n## heading\n- list\n> quote\n***\n1. one",
	"x\n\n| a | b |\n|---|---|\n| forged | row |",
	"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1",
	"\x1b[2J\x1b]0;owned\x07\x00\r\nforged",
	"\u202egnp.exe\u202c \u200f\u2066x\u2069 \u200b\ufeff",
	"bad\xff\xfe\xc3utf8",
	"&lt;b&gt; &#64;octocat &amp;",
	strings.Repeat("顧", 128),
	strings.Repeat("a\u0301\u0302", 64),
	strings.Repeat("|", 128),
	strings.Repeat("`", 128),
	"   ",
}

// followUp is the golden report after a repair, next to an earlier one: every
// change occurs.
func followUp() *finding.Report {
	r := golden()
	earlier := golden()
	earlier.StartedAt = time.Date(2026, 11, 19, 2, 0, 0, 0, time.UTC)
	earlier.Pools = append(earlier.Pools, finding.Pool{ID: "eu-west-1_G0neP00l1", Name: "old | shop", Account: "111122223333", Region: "eu-west-1", Source: "live"})
	was := func(i int) *finding.Check { return &earlier.Checks[i] }
	for i, c := range earlier.Checks {
		switch c.Rule {
		case "password-minimum-length": // 8 then, 6 or 8 now
			was(i).Violations = []finding.Violation{c.Violations[0]}
			was(i).Violations[0].Actual = json.Number("8")
		case "client-token-revocation":
			was(i).Status, was(i).Waiver = finding.Fail, nil
		case "pool-deletion-protection":
			was(i).Status = finding.Fail
			was(i).Violations = []finding.Violation{{Message: "deletion protection is off", Path: "/UserPool/DeletionProtection", Actual: "INACTIVE", Expected: "ACTIVE"}}
		case "logs-export-errors":
			was(i).Status, was(i).Incomplete, was(i).Reason, was(i).Hint = finding.Pass, false, "", ""
		}
	}
	// One that the report with passed checks left out does not list any more,
	// and two that are new.
	gone := finding.Check{
		Rule: "deletion-protection", Severity: finding.High, Status: finding.Fail, Pool: liveID, Target: finding.Target{Kind: finding.TargetPool}, Fix: finding.FixSafe,
		Violations: []finding.Violation{{Message: "deletion protection is off", Path: "/UserPool/DeletionProtection", Actual: "INACTIVE", Expected: "ACTIVE"}},
	}
	gone.Fingerprint = finding.Fingerprint(gone.Rule, gone.Pool, gone.Target)
	earlier.Checks = append(slices.DeleteFunc(earlier.Checks, func(c finding.Check) bool {
		return c.Rule == "client-callback-https" || c.Rule == "mfa-totp-enabled"
	}), gone)
	r.Compare(earlier, "reports/2026-11-19.json")

	users := int64(4711)
	r.Fixes = []finding.Fix{
		{
			Pool: exportID, Source: "exports/prod/customers.json", State: finding.FixPlanned, Risk: finding.FixDisruptive, Users: &users, Owner: "the CloudFormation stack customers",
			Calls: []finding.FixCall{{Operation: "UpdateUserPool", Changes: []finding.FixChange{
				{Path: "/UserPool/Policies/PasswordPolicy/MinimumLength", Old: json.Number("8"), New: json.Number("12"), Risk: finding.FixSafe, Rules: []string{"password-minimum-length"}},
			}}, {Operation: "UpdateUserPoolClient", Target: webID, Changes: []finding.FixChange{
				{Path: "/Clients/" + webID + "/ExplicitAuthFlows", Old: []any{"ALLOW_USER_PASSWORD_AUTH"}, New: []any{"ALLOW_USER_SRP_AUTH"}, Risk: finding.FixDisruptive, Rules: []string{"client-flows-no-plain-password"}},
			}}},
			Unfixed: []finding.Unfixed{{Rule: "pool-tags-owner", Severity: finding.Info, Target: finding.Target{Kind: finding.TargetPool}, Why: "manual", Reason: "only a person knows the owner"}},
			Notes:   []string{"the stack will undo this: change its template, too"},
		},
		{Pool: liveID, Source: "live", State: finding.FixRefused, Message: "the plan breaks what passed", Refusals: []string{"client batch would lose its only flow"}},
		{Pool: hostileID, Source: "exports/odd name|日本.json", State: finding.FixDamaged, Message: "a value is not as planned", Unexpected: []finding.FixDifference{{Path: "/UserPool/MfaConfiguration", Expected: "ON", Actual: "OFF"}}, Journal: "journals/1.json"},
	}
	return r
}

// named is a report in which everything that others write says name.
func named(name string) *finding.Report {
	r := followUp()
	for i := range r.Pools {
		r.Pools[i].Name = name
	}
	r.Pools[0].Source, r.Baseline = name, name
	for i := range r.Rules {
		r.Rules[i].Title, r.Rules[i].Remediation = name, name
	}
	for i := range r.Checks {
		c := &r.Checks[i]
		c.Note = name
		if c.Target.Kind != finding.TargetPool {
			c.Target.Name = name
		}
		if c.Reason != "" {
			c.Reason, c.Hint = name, name
		}
		if c.Waiver != nil {
			c.Waiver = &finding.Waiver{Reason: name, Owner: name, Expires: name, Ticket: name}
		}
		for j := range c.Violations {
			v := &c.Violations[j]
			v.Message, v.Actual, v.Expected, v.Path = name, name, name, "/UserPool/UserPoolTags/"+name
			if v.Position != nil {
				v.Position.File = name
			}
		}
	}
	for i := range r.Problems {
		r.Problems[i].Error, r.Problems[i].Operation = name, name
	}
	r.Comparison.Against, r.Comparison.PoolsGone[0].Name = name, name
	for i := range r.Fixes {
		r.Fixes[i].Message, r.Fixes[i].Owner, r.Fixes[i].Notes, r.Fixes[i].Refusals = name, name, []string{name}, []string{name}
	}
	return r
}

// importable is r with an ARN for each pool, as a live scan has it.
func importable(r *finding.Report) *finding.Report {
	for i := range r.Pools {
		p := &r.Pools[i]
		p.Region, _, _ = strings.Cut(p.ID, "_")
		p.Account = "111122223333"
		p.ARN = "arn:aws:cognito-idp:" + p.Region + ":" + p.Account + ":userpool/" + p.ID
	}
	return r
}

// TestFollowUpHasEveryChange: the golden files would not show a change that the
// report does not have.
func TestFollowUpHasEveryChange(t *testing.T) {
	for change, n := range followUp().Comparison.Counts {
		if n == 0 {
			t.Errorf("no check is %s", change)
		}
	}
}
