package report

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/cognilint/cognilint/finding"
)

const (
	exportID  = "eu-west-1_Ab12Cd34E"
	liveID    = "us-east-1_Zy98Xw76V"
	hostileID = "eu-central-1_Ho5t1L3xx"
	webID     = "1example23456789abcdefghij"
	mobileID  = "7m0b1le5zyxwvutsrqponmlkji"
	twinID    = "2tw1nclient0000aaaabbbbcccc"
	namelessD = "9nameless8client7id6543210z"
)

// golden is a report with every status and severity, files and live pools, and
// names that somebody chose to do harm.
func golden() *finding.Report {
	client := func(id, name string) finding.Target {
		return finding.Target{Kind: finding.TargetClient, ID: id, Name: name}
	}
	web, mobile := client(webID, "web"), client(mobileID, "mobile")
	at := func(file string, line, column, endLine, endColumn int, frame ...string) *finding.Position {
		return &finding.Position{File: file, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn, Frame: strings.Join(frame, "\n")}
	}
	const customers, mfa = "exports/prod/customers.json", "exports/prod/customers-mfa.json"
	hostileName := "\x1b[2J<script>alert(1)</script> | a\nexports/x.json:1:1: CRITICAL forged \u202egnp.exe 顧客 ユーザープール " + strings.Repeat("x", 40)

	r := &finding.Report{
		Schema:     finding.ReportSchema,
		Tool:       finding.Tool{Name: "cognilint", Version: "0.1.0"},
		Baseline:   "recommended",
		StartedAt:  time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC),
		FinishedAt: time.Date(2026, 11, 20, 2, 0, 4, 250_000_000, time.UTC),
		Summary:    finding.NewSummary(),
		Pools: []finding.Pool{
			{ID: hostileID, Name: hostileName, Source: "exports/odd name|日本.json"},
			{ID: exportID, Name: "customers", ARN: "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/" + exportID, Account: "111122223333", Region: "eu-west-1", Source: customers},
			{ID: "eu-west-1_Cl3anP00l", Name: "internal-tools", Account: "111122223333", Region: "eu-west-1", Source: "exports/prod/internal.json"},
			{ID: liveID, Name: "partners", ARN: "arn:aws:cognito-idp:us-east-1:444455556666:userpool/" + liveID, Account: "444455556666", Region: "us-east-1", Source: "live"},
		},
		Problems: []finding.Problem{
			{Account: "444455556666", Region: "us-east-1", Pool: liveID, Operation: "GetLogDeliveryConfiguration", Error: "AccessDeniedException: User: arn:aws:sts::444455556666:assumed-role/audit/ci is not authorized to perform: cognito-idp:GetLogDeliveryConfiguration"},
			{Account: "444455556666", Region: "ap-southeast-2", Operation: "ListUserPools", Error: "TooManyRequestsException: Rate exceeded"},
		},
	}
	add := func(c finding.Check) {
		if c.Target.Kind == "" {
			c.Target.Kind = finding.TargetPool
		}
		c.Fingerprint = finding.Fingerprint(c.Rule, c.Pool, c.Target)
		r.Checks = append(r.Checks, c)
	}
	fail := func(pool, rule string, severity finding.Severity, fix finding.FixClass, target finding.Target, violations ...finding.Violation) {
		add(finding.Check{Rule: rule, Severity: severity, Status: finding.Fail, Pool: pool, Target: target, Fix: fix, Violations: violations})
	}
	var none finding.Target

	fail(hostileID, "password-minimum-length", finding.High, finding.FixSafe, none, finding.Violation{
		Message: "pool " + hostileName + " allows 6 characters", Path: "/UserPool/Policies/PasswordPolicy/MinimumLength",
		Actual: json.Number("6"), Expected: json.Number("12"), Position: at("exports/odd name|日本.json", 3, 7, 3, 8),
	})
	fail(hostileID, "client-callback-https", finding.High, finding.FixManual, client(twinID, "twin|\x1b]0;owned\x07\t顧客"), finding.Violation{
		Message: "callback is not https", Path: "/Clients/0/CallbackURLs/1", Actual: "http://例え.テスト/\u2066callback\u2069?next=" + strings.Repeat("a", 200), Expected: "a URL that starts with https://",
		Position: at("exports/odd name|日本.json", 40, 9, 40, 80),
	})
	fail(hostileID, "client-callback-https", finding.High, finding.FixManual, client(webID, "twin|\x1b]0;owned\x07\t顧客"), finding.Violation{
		Message: "callback is not https", Path: "/Clients/1/CallbackURLs/0", Actual: "http://shop.example.com/callback", Expected: "a URL that starts with https://",
		Position: at("exports/odd name|日本.json", 60, 9, 60, 41),
	})
	add(finding.Check{Rule: "trigger-same-account-and-region", Severity: finding.Medium, Status: finding.Error, Pool: hostileID, Reason: "eval_conflict_error: functions must not produce multiple outputs\nfor same inputs \x1b[31m(rule.rego:12)"})

	fail(exportID, "client-secret-not-in-public-client", finding.Critical, finding.FixManual, mobile, finding.Violation{
		Message: "client mobile has a secret that ships with the app", Path: "/Clients/1", Actual: true, Expected: false, Position: at(customers, 88, 5, 97, 6),
	})
	fail(exportID, "client-callback-no-loopback-in-production", finding.High, finding.FixDisruptive, web, finding.Violation{
		Message: "client web sends codes to a loopback address", Path: "/Clients/0/CallbackURLs/2", Actual: "http://localhost:3000/callback", Expected: "no loopback address", Position: at(customers, 71, 9, 71, 41),
	})
	for i, target := range []finding.Target{web, client(namelessD, "")} {
		fail(exportID, "client-flows-no-plain-password", finding.High, finding.FixDisruptive, target, finding.Violation{
			Message: "client " + cmp.Or(target.Name, target.ID) + " accepts plain passwords", Path: "/Clients/" + string(rune('0'+2*i)) + "/ExplicitAuthFlows",
			Actual:   []any{"ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"},
			Expected: "neither ALLOW_USER_PASSWORD_AUTH nor ALLOW_ADMIN_USER_PASSWORD_AUTH", Position: at(customers, 62+40*i, 28, 67+40*i, 8),
		})
	}
	fail(exportID, "password-minimum-length", finding.High, finding.FixSafe, none, finding.Violation{
		Message: "passwords may have 8 characters, expected at least 12", Path: "/UserPool/Policies/PasswordPolicy/MinimumLength",
		Actual: json.Number("8"), Expected: json.Number("12"),
		Position: at(customers, 12, 26, 12, 27,
			`  11 |       "PasswordPolicy": {`, `> 12 |         "MinimumLength": 8,`, `     |                          ^`, `  13 |         "RequireLowercase": true,`),
	})
	fail(exportID, "mfa-totp-enabled", finding.Medium, finding.FixSafe, none, finding.Violation{
		Message: "authenticator apps are off", Path: "/MfaConfig/SoftwareTokenMfaConfiguration/Enabled", Actual: nil, Expected: true, Position: at(mfa, 2, 3, 2, 40),
	})
	fail(exportID, "recovery-first-channel-verifiable", finding.Low, finding.FixDisruptive, none,
		finding.Violation{Message: "recovery starts with the phone number, which nobody verifies", Path: "/UserPool/AccountRecoverySetting/RecoveryMechanisms/0/Name", Actual: "verified_phone_number", Expected: "verified_email", Position: at(customers, 33, 19, 33, 42)},
		finding.Violation{Message: "admin_only is not allowed next to others", Path: "/UserPool/AccountRecoverySetting/RecoveryMechanisms/1/Name", Actual: "admin_only", Expected: "verified_email", Position: at(customers, 37, 19, 37, 31)})
	fail(exportID, "pool-tags-owner", finding.Info, finding.FixManual, none, finding.Violation{
		Message: "the tag owner is missing", Path: "/UserPool/UserPoolTags", Actual: map[string]any{"stage": "prod", "cost-center": "4711"}, Expected: "a tag owner", Position: at(customers, 50, 5, 53, 6),
	})
	add(finding.Check{
		Rule: "client-token-revocation", Severity: finding.Medium, Status: finding.Waived, Pool: exportID, Target: mobile, Fix: finding.FixSafe,
		Violations: []finding.Violation{{Message: "client mobile has tokens that cannot be revoked", Path: "/Clients/1/EnableTokenRevocation", Actual: false, Expected: true, Position: at(customers, 93, 32, 93, 37)}},
		Waiver:     &finding.Waiver{Reason: "the partner SDK cannot handle revoked tokens before version 4, which ships in spring", Owner: "identity@example.com", Expires: "2027-03-31", Ticket: "SEC-123"},
	})
	add(finding.Check{
		Rule: "client-access-token-validity", Severity: finding.Low, Status: finding.Fail, Pool: exportID, Target: web, Fix: finding.FixDisruptive,
		Violations: []finding.Violation{{Message: "access tokens of client web are valid for 24 hours, expected at most 1", Path: "/Clients/0/AccessTokenValidity", Actual: json.Number("24"), Expected: json.Number("1"), Position: at(customers, 66, 28, 66, 30)}},
		Note:       "a waiver by shop@example.com expired on 2026-10-31",
	})
	for _, rule := range []string{"compromised-credentials-sign-in-blind", "account-takeover-high-risk-answered", "account-takeover-lower-risk-answered", "compromised-credentials-all-events", "compromised-credentials-blocked"} {
		add(finding.Check{
			Rule: rule, Severity: finding.Medium, Status: finding.NotEvaluated, Pool: exportID,
			Reason: "RiskConfigurations is not in the export", Hint: "add the output of aws cognito-idp describe-risk-configuration next to it",
		})
	}
	for _, target := range []finding.Target{web, mobile} {
		add(finding.Check{
			Rule: "client-identity-providers-exist", Severity: finding.Low, Status: finding.NotEvaluated, Pool: exportID, Target: target,
			Reason: "IdentityProviders is not in the export", Hint: "add the output of aws cognito-idp describe-identity-provider next to it",
		})
	}
	add(finding.Check{Rule: "passkey-phishing-resistant-offered", Severity: finding.Info, Status: finding.NotApplicable, Pool: exportID, Reason: "the pool has no passkeys"})
	add(finding.Check{Rule: "pool-deletion-protection", Severity: finding.High, Status: finding.Pass, Pool: exportID})
	for _, target := range []finding.Target{web, mobile} {
		add(finding.Check{Rule: "client-prevents-user-existence-errors", Severity: finding.Medium, Status: finding.Pass, Pool: exportID, Target: target})
	}

	fail(liveID, "client-has-sign-in-path", finding.Medium, finding.FixManual, client(twinID, "batch"), finding.Violation{
		Message: "client batch has no way to sign in", Path: "/Clients/4/ExplicitAuthFlows", Actual: nil,
		Expected: "a user flow, login pages with callback and provider, or the client credentials grant",
	})
	for _, rule := range []string{"logs-export-user-auth-events", "logs-export-errors"} {
		add(finding.Check{
			Rule: rule, Severity: finding.Medium, Status: finding.NotEvaluated, Pool: liveID, Incomplete: true,
			Reason: "LogDeliveryConfiguration could not be read: AccessDeniedException", Hint: "allow cognito-idp:GetLogDeliveryConfiguration",
		})
	}

	for _, c := range r.Checks {
		r.Summary.Add(c)
	}
	r.Summary.Pools = len(r.Pools)
	r.Summary.Checks.Pass += 117
	controls := map[string]map[string][]string{
		"password-minimum-length":           {"pci-dss-4.0.1": {"8.3.6"}, "aws-fsbp": {"Cognito.3"}},
		"mfa-totp-enabled":                  {"pci-dss-4.0.1": {"8.3.10", "8.3.6"}},
		"client-callback-https":             {"asvs-5.0": {"10.4.1"}},
		"client-flows-no-plain-password":    {"asvs-5.0": {"6.3.8"}},
		"client-token-revocation":           {"asvs-5.0": {"10.4.1"}},
		"client-identity-providers-exist":   {"asvs-5.0": {"10.4.1"}},
		"logs-export-errors":                {"asvs-5.0": {"10.4.1"}},
		"client-access-token-validity":      {"asvs-5.0": {"10.4.1"}},
		"recovery-first-channel-verifiable": {"aws-fsbp": {"Cognito.3"}},
	}
	seen := map[string]bool{}
	for _, c := range r.Checks {
		if !seen[c.Rule] {
			seen[c.Rule] = true
			r.Rules = append(r.Rules, finding.Rule{
				ID: c.Rule, Title: "Title of " + c.Rule, Severity: c.Severity, Category: "test", Target: c.Target.Kind,
				Description: "Why it matters.", Needs: []string{"UserPool"}, Remediation: "How to repair it.", Fix: finding.FixManual, Since: "0.1",
				Controls: controls[c.Rule],
			})
		}
	}
	r.Rules = append(r.Rules, finding.Rule{
		ID: "deletion-protection", Title: "Title of deletion-protection", Severity: finding.High, Category: "test", Target: finding.TargetPool,
		Description: "Why it matters.", Needs: []string{"UserPool"}, Remediation: "How to repair it.", Fix: finding.FixSafe, Since: "0.1",
		Controls: map[string][]string{"aws-fsbp": {"Cognito.6"}, "soc2": {"CC6.1"}},
	})
	slices.SortFunc(r.Rules, func(a, b finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return r
}
