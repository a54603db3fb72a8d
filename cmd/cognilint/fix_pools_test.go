package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognitotest"
)

// fixables returns pools that need a repair: fixable-01, fixable-02, …
func fixables(t *testing.T, n int) []cognitotest.Pool {
	t.Helper()
	var pools []cognitotest.Pool
	for i := range n {
		pool := served(t, "fixable/shop.json")
		number := fmt.Sprintf("%02d", i+1)
		rename := strings.NewReplacer("Fixable01", "Fixable"+number, `"fixable"`, `"fixable-`+number+`"`)
		pool.UserPool, pool.LogDelivery = rename.Replace(pool.UserPool), rename.Replace(pool.LogDelivery)
		for j := range pool.Clients {
			pool.Clients[j] = rename.Replace(pool.Clients[j])
		}
		pools = append(pools, pool)
	}
	return pools
}

// tagged adds tags to a pool.
func tagged(t *testing.T, pool cognitotest.Pool, tags map[string]string) cognitotest.Pool {
	t.Helper()
	return altered(t, pool, func(members map[string]any) { members["UserPoolTags"] = tags })
}

// altered changes the document of a pool.
func altered(t *testing.T, pool cognitotest.Pool, change func(map[string]any)) cognitotest.Pool {
	t.Helper()
	var members map[string]any
	if err := json.Unmarshal([]byte(pool.UserPool), &members); err != nil {
		t.Fatal(err)
	}
	change(members)
	text, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	pool.UserPool = string(text)
	return pool
}

// safely repairs what is safe, of the rules that the stand-in's pool fails.
func safely(t *testing.T, args ...string) outcome {
	t.Helper()
	return runFix(t, append([]string{"scan", "--fix", "--yes", "--allow-incomplete", "--journal-dir", t.TempDir(), "-f", "json"}, args...)...)
}

func states(o outcome) []finding.FixState {
	var all []finding.FixState
	for _, fix := range o.report.Fixes {
		all = append(all, fix.State)
	}
	return all
}

// writtenTo are the pools that a write was about, each once, sorted.
func writtenTo(server *cognitotest.Server) []string {
	var ids []string
	for _, r := range server.Requests() {
		if r.Body != "" {
			ids = append(ids, r.PoolID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// checkFix compares exit code and states.
func checkFix(t *testing.T, o outcome, code int, want ...finding.FixState) {
	t.Helper()
	if o.code != code || !slices.Equal(states(o), want) {
		t.Errorf("exit code %d, states %v, want %d and %v: %s", o.code, states(o), code, want, o.stderr)
	}
}

// unfixed returns why each rule is not fixed.
func unfixed(o outcome) map[string]string {
	reasons := map[string]string{}
	for _, fix := range o.report.Fixes {
		for _, u := range fix.Unfixed {
			reasons[u.Rule] = u.Why
		}
	}
	return reasons
}

// changedPaths are the places that the plans of a report change, sorted.
func changedPaths(o outcome) []string {
	var paths []string
	for _, fix := range o.report.Fixes {
		for _, call := range fix.Calls {
			for _, change := range call.Changes {
				paths = append(paths, change.Path)
			}
		}
	}
	slices.Sort(paths)
	return paths
}

func TestFixMaxPools(t *testing.T) {
	server := startServer(t, fixables(t, 12)...)
	o := safely(t, "--rule", "deletion-protection")
	want := append(slices.Repeat([]finding.FixState{finding.FixApplied}, 10), finding.FixPostponed, finding.FixPostponed)
	checkFix(t, o, exitFailed, want...)
	if got := writtenTo(server); len(got) != 10 || got[9] != "eu-west-1_Fixable10" {
		t.Errorf("changed %v, want the first ten", got)
	}
	checkFix(t, safely(t, "--rule", "deletion-protection"), exitOK, finding.FixApplied, finding.FixApplied)
}

// A journal that cannot be opened stops the repair before it begins, and nothing
// else: the report is there.
func TestFixWithoutJournal(t *testing.T) {
	server := startServer(t, fixables(t, 2)...)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o := safely(t, "--journal-dir", filepath.Join(file, "journals"))
	checkFix(t, o, exitFix, finding.FixUnchanged, finding.FixUnchanged)
	if got := writes(server); len(got) > 0 {
		t.Errorf("writes %v, want none", got)
	}
	if !strings.Contains(o.stderr, "--journal-dir") || o.report.Fixes[0].Journal != "" {
		t.Errorf("journal %q, stderr %s", o.report.Fixes[0].Journal, o.stderr)
	}
}

// When a record cannot be written any more, the work on the pool ends, and what
// was done is reported and can be undone.
func TestFixJournalFull(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("there is no device that is always full")
	}
	pools := fixables(t, 1)
	server := startServer(t, pools...)
	journals := t.TempDir()
	if err := os.Symlink("/dev/full", filepath.Join(journals, "audit.ndjson")); err != nil {
		t.Fatal(err)
	}
	o := safely(t, "--journal-dir", journals)
	checkFix(t, o, exitFix, finding.FixIncomplete)
	if got := writes(server); len(got) != 1 {
		t.Errorf("writes %v, want one", got)
	}
	undone := runFix(t, "rollback", "--yes", "--journal-dir", t.TempDir(), o.report.Fixes[0].Journal)
	if diff := cmp.Diff(withoutDates(t, pools[0]), withoutDates(t, server.State(fixable))); undone.code != exitOK || diff != "" {
		t.Errorf("exit code %d, -before +after rollback\n%s\n%s", undone.code, diff, undone.stderr)
	}
}

// A denied write says what to allow, and the other pools are repaired.
func TestFixDenied(t *testing.T) {
	server := startServer(t, fixables(t, 3)...)
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "UpdateUserPool", PoolID: "eu-west-1_Fixable02"})
	o := safely(t)
	checkFix(t, o, exitFix, finding.FixApplied, finding.FixUnchanged, finding.FixApplied)
	if fix := o.report.Fixes[1]; !strings.Contains(fix.Message, "cognito-idp:UpdateUserPool") {
		t.Errorf("message %q, want the permission", fix.Message)
	}
}

func TestFixManaged(t *testing.T) {
	for name, tags := range map[string]map[string]string{
		"the CloudFormation stack shop-prod": {"aws:cloudformation:stack-name": "shop-prod"},
		"Terraform":                          {"managed-by": "terraform"},
		"Amplify":                            {"user:Application": "shop", "user:Stack": "dev"},
	} {
		t.Run(name, func(t *testing.T) {
			server := startServer(t, tagged(t, fixables(t, 1)[0], tags))
			o := safely(t)
			checkFix(t, o, exitFailed, finding.FixRefused)
			if got := writes(server); len(got) > 0 {
				t.Errorf("writes %v, want none", got)
			}
			if fix := o.report.Fixes[0]; fix.Owner != name || !strings.Contains(fix.Message, name) || !strings.Contains(o.stderr, "--force-managed") {
				t.Errorf("owner %q, message %q", fix.Owner, fix.Message)
			}
			checkFix(t, safely(t, "--force-managed"), exitFailed, finding.FixApplied)
		})
	}
}

func TestFixUserImport(t *testing.T) {
	pool := fixables(t, 1)[0]
	pool.ImportJobs = []string{`{"JobId": "import-1", "JobName": "a", "UserPoolId": "eu-west-1_Fixable01", "Status": "InProgress"}`}
	server := startServer(t, pool)
	o := safely(t)
	checkFix(t, o, exitFix, finding.FixUnchanged)
	if got := writes(server); len(got) > 0 || !strings.Contains(o.stderr, "users are imported") {
		t.Errorf("writes %v, want none: %s", got, o.stderr)
	}
}

// TestFixConsents: what needs a consent of its own stays without it.
func TestFixConsents(t *testing.T) {
	const mfa, custom = "/MfaConfig/MfaConfiguration", "/UserPool/SchemaAttributes"
	open := func(t *testing.T) cognitotest.Pool {
		return altered(t, fixables(t, 1)[0], func(members map[string]any) {
			members["AdminCreateUserConfig"] = map[string]any{"AllowAdminCreateUserOnly": false}
		})
	}
	for _, tt := range []struct {
		name  string
		args  []string
		rule  string
		why   string // empty if it is fixed
		path  string
		waive bool
	}{
		{"disruptive", nil, "mfa-required", "disruptive", mfa, false},
		{"disruptive, allowed", []string{"--allow-disruptive"}, "mfa-required", "", mfa, false},
		{"only if named", []string{"--baseline", "all", "--skip-rule", "signup-enabled", "--allow-disruptive"}, "signup-disabled", "only_named", "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", false},
		{"named", []string{"--rule", "signup-disabled", "--allow-disruptive"}, "signup-disabled", "", "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", false},
		{"named, but disruptive", []string{"--rule", "signup-disabled"}, "signup-disabled", "disruptive", "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", false},
		{"two rules want opposite things", []string{"--baseline", "all", "--allow-disruptive"}, "signup-disabled", "opposed", "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", false},
		{"irreversible", []string{"--rule", "custom-attributes-present", "--allow-disruptive"}, "custom-attributes-present", "irreversible", custom, false},
		{"irreversible, not disruptive", []string{"--rule", "custom-attributes-present", "--allow-irreversible"}, "custom-attributes-present", "disruptive", custom, false},
		{"irreversible, allowed", []string{"--rule", "custom-attributes-present", "--allow-disruptive", "--allow-irreversible"}, "custom-attributes-present", "", custom, false},
		{"waived", []string{"--rule", "password-minimum-length", "--rule", "deletion-protection"}, "password-minimum-length", "", "/UserPool/Policies/PasswordPolicy/MinimumLength", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := startServer(t, open(t))
			if tt.waive {
				file := filepath.Join(t.TempDir(), "waivers.yaml")
				waiver := "waivers:\n- {rule: password-minimum-length, pool: fixable-01, reason: a, owner: b, expires: 2999-01-01}\n"
				if err := os.WriteFile(file, []byte(waiver), 0o600); err != nil {
					t.Fatal(err)
				}
				tt.args = append(tt.args, "--waivers", file)
			}
			o := safely(t, tt.args...)
			if got := unfixed(o)[tt.rule]; got != tt.why {
				t.Errorf("not fixed because %q, want %q: %s", got, tt.why, o.stderr)
			}
			if got, want := slices.Contains(changedPaths(o), tt.path), tt.why == "" && !tt.waive; got != want {
				t.Errorf("changes %v; %s among them is %v", changedPaths(o), tt.path, got)
			}
			if len(writes(server)) == 0 && len(changedPaths(o)) > 0 {
				t.Error("nothing was written")
			}
		})
	}
}

// userRule writes a rule with a fix into a folder.
func userRule(t *testing.T, folder, id, section, condition, edits string) {
	t.Helper()
	text := fmt.Sprintf(`# METADATA
# title: %[1]s
# description: Tests a fix.
# custom:
#   id: %[1]s
#   severity: medium
#   target: pool
#   needs: [%[2]s]
#   remediation: none
#   fix: {class: safe}
package custom.%[3]s

deny contains {"msg": "wrong", "path": ["%[2]s"], "actual": 1, "expected": 2} if %[4]s

fix contains edit if some edit in [%[5]s]
`, id, section, strings.ReplaceAll(id, "-", "_"), condition, edits)
	if err := os.WriteFile(filepath.Join(folder, id+".rego"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestFixUserRules(t *testing.T) {
	server := startServer(t, fixables(t, 1)...)
	rules := t.TempDir()
	length := `"path": ["UserPool", "Policies", "PasswordPolicy", "MinimumLength"]`
	userRule(t, rules, "length-ten", "UserPool", "input.UserPool.Policies.PasswordPolicy.MinimumLength != 10", `{"op": "replace", `+length+`, "value": 10}`)
	userRule(t, rules, "length-twenty", "UserPool", "input.UserPool.Policies.PasswordPolicy.MinimumLength != 20", `{"op": "replace", `+length+`, "value": 20}`)
	userRule(t, rules, "no-flows", "Clients", `input.Clients[0].ExplicitAuthFlows != ["ALLOW_REFRESH_TOKEN_AUTH"]`, `{"op": "remove", "path": ["Clients", 0, "ExplicitAuthFlows"], "value": "ALLOW_USER_SRP_AUTH"}`)
	userRule(t, rules, "tier-plus", "UserPool", `input.UserPool.UserPoolTier != "PLUS"`, `{"op": "replace", "path": ["UserPool", "UserPoolTier"], "value": "PLUS"}`)
	userRule(t, rules, "own-provider", "IdentityProviders", "count(input.IdentityProviders) == 0", `{"op": "add", "path": ["IdentityProviders"], "value": {"ProviderName": "x"}}`)
	userRule(t, rules, "own-domain", "Domains", "count(input.Domains) == 0", `{"op": "add", "path": ["Domains"], "value": {"Domain": "x"}}`)
	userRule(t, rules, "own-sms", "UserPool", "not input.UserPool.SmsConfiguration", `{"op": "replace", "path": ["UserPool", "SmsConfiguration"], "value": {"SnsCallerArn": "arn:aws:iam::1:role/a"}}`)
	userRule(t, rules, "no-effect", "UserPool", `true`, `{"op": "replace", "path": ["UserPool", "DeletionProtection"], "value": "ACTIVE"}`)
	userRule(t, rules, "own-name", "UserPool", `input.UserPool.Name != "x"`, `{"op": "replace", "path": ["UserPool", "Name"], "value": "x"}`)

	for _, tt := range []struct {
		name string
		want map[string]string
	}{
		{"two rules want different values", map[string]string{"length-ten": "conflict", "length-twenty": "conflict"}},
		{"a fix breaks a guard", map[string]string{"no-flows": "breaks"}},
		{"the plan costs money", map[string]string{"tier-plus": "refused"}},
		{"identity providers are not changed", map[string]string{"own-provider": "unsupported"}},
		{"domains are not changed", map[string]string{"own-domain": "unsupported"}},
		{"SMS settings are not changed", map[string]string{"own-sms": "refused"}},
		{"the name is not changed", map[string]string{"own-name": "refused"}},
		{"a fix without effect", map[string]string{"no-effect": "ineffective"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			args := []string{"--policy", rules}
			for rule := range tt.want {
				args = append(args, "--rule", rule)
			}
			o := safely(t, args...)
			checkFix(t, o, exitFailed, finding.FixNothing)
			if diff := cmp.Diff(tt.want, unfixed(o)); diff != "" {
				t.Errorf("-want +got\n%s\n%s", diff, o.stderr)
			}
		})
	}
	if got := writes(server); len(got) > 0 {
		t.Errorf("writes %v, want none", got)
	}
}

// An interrupt while pools are still read leaves no plan without a state.
func TestFixInterruptedWhileReading(t *testing.T) {
	server := startServer(t, fixables(t, 2)...)
	server.Fail(cognitotest.Fault{Kind: cognitotest.Hang, Operation: "GetUserPoolMfaConfig", PoolID: "eu-west-1_Fixable02"})
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	server.Before("GetUserPoolMfaConfig", 2, func(cognitotest.Request) { interrupt() })
	o := runFixContext(t, ctx, "scan", "--fix", "--yes", "--journal-dir", t.TempDir(), "-f", "json")
	if o.code != exitInterrupted || len(writes(server)) > 0 {
		t.Errorf("exit code %d, writes %v", o.code, writes(server))
	}
	for _, fix := range o.report.Fixes {
		if fix.State != finding.FixInterrupted || fix.Pool == "" {
			t.Errorf("pool %q is %q, want interrupted", fix.Pool, fix.State)
		}
	}
}

// The settings of MFA stand in two answers. One that is late is waited for.
func TestFixSeenInOnePlaceFirst(t *testing.T) {
	server := startServer(t, fixables(t, 1)...)
	set := func(mode string) {
		if err := server.Change(fixable, cognitotest.UserPool, "", func(tree map[string]any) { tree["MfaConfiguration"] = mode }); err != nil {
			t.Error(err)
		}
	}
	server.After("SetUserPoolMfaConfig", 1, func(cognitotest.Request) {
		set("OFF")
		server.After("DescribeUserPool", 7, func(cognitotest.Request) { set("ON") })
	})
	checkFix(t, safely(t, "--allow-disruptive", "--rule", "mfa-required"), exitOK, finding.FixApplied)
	if got := writes(server); len(got) != 1 {
		t.Errorf("writes %v, want one", got)
	}
}
