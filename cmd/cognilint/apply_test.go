package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognitotest"
)

// savedPlan saves the plan of a scan and returns its path.
func savedPlan(t *testing.T, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "plan.json")
	o := runFix(t, append([]string{"scan", "--fix", "--allow-disruptive", "--plan-out", file, "--journal-dir", t.TempDir(), "-f", "json"}, args...)...)
	for _, state := range states(o) {
		if state != finding.FixPlanned {
			t.Fatalf("states %v, want planned: %s", states(o), o.stderr)
		}
	}
	return file
}

func applyPlan(t *testing.T, file string, args ...string) outcome {
	t.Helper()
	return runFix(t, append([]string{"apply", "--yes", "--allow-incomplete", "--journal-dir", t.TempDir(), "-f", "json", file}, args...)...)
}

func TestApply(t *testing.T) {
	server := startServer(t, fixables(t, 3)...)
	direct := cognitotest.New(fixables(t, 3)...)
	defer direct.Close()
	plan := savedPlan(t, "--pool", "*-01", "--pool", "*-02")
	if got := writes(server); len(got) > 0 {
		t.Fatalf("a plan is saved with the writes %v", got)
	}
	if info, err := os.Stat(plan); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the plan has mode %v: %v", info.Mode(), err)
	}
	checkFix(t, runFix(t, "apply", "--allow-incomplete", "-f", "json", plan), exitFailed, finding.FixPlanned, finding.FixPlanned)
	checkFix(t, applyPlan(t, plan, "--dry-run"), exitFailed, finding.FixPlanned, finding.FixPlanned)
	if got := writes(server); len(got) > 0 {
		t.Fatalf("writes without consent: %v", got)
	}
	checkFix(t, applyPlan(t, plan, "--max-pools", "1"), exitFailed, finding.FixApplied, finding.FixPostponed)
	// What was done meanwhile is a change like any other.
	again := applyPlan(t, plan)
	checkFix(t, again, exitFix, finding.FixUnchanged, finding.FixApplied)
	if got := writtenTo(server); !slices.Equal(got, []string{"eu-west-1_Fixable01", "eu-west-1_Fixable02"}) {
		t.Errorf("changed %v", got)
	}
	if len(again.report.Pools) != 2 {
		t.Errorf("%d pools in the report, want those of the plan", len(again.report.Pools))
	}
	// A plan does what a scan does that carries its plan out at once.
	t.Setenv("AWS_ENDPOINT_URL", direct.URL)
	runFix(t, "scan", "--fix", "--yes", "--allow-disruptive", "--journal-dir", t.TempDir(), "-f", "json")
	for _, id := range writtenTo(server) {
		if diff := cmp.Diff(withoutDates(t, direct.State(id)), withoutDates(t, server.State(id))); diff != "" {
			t.Errorf("-at once +saved and applied\n%s", diff)
		}
	}
}

// The report judges by the rules that the plan was made with.
func TestApplyJudgesAsPlanned(t *testing.T) {
	startServer(t, fixables(t, 1)...)
	plan := savedPlan(t, "--rule", "password-minimum-length", "--param", "password-minimum-length.min=14")
	o := applyPlan(t, plan, "--show-passed")
	checkFix(t, o, exitOK, finding.FixApplied)
	if len(o.report.Rules) != 1 || o.report.Fixes[0].Calls[0].Changes[0].New != 14.0 {
		t.Errorf("rules %v, change to %v", o.report.Rules, o.report.Fixes[0].Calls[0].Changes[0].New)
	}
	for _, flag := range []string{"--rule", "--param", "--baseline", "--waivers"} {
		if got := applyPlan(t, plan, flag, "x"); got.code != exitUsage {
			t.Errorf("%s: exit code %d, want %d", flag, got.code, exitUsage)
		}
	}
	for _, args := range [][]string{{"--max-pools", "0"}, {"--journal-dir", ""}, {"another"}} {
		if got := applyPlan(t, plan, args...); got.code != exitUsage {
			t.Errorf("%v: exit code %d, want %d", args, got.code, exitUsage)
		}
	}
}

func TestApplyToAChangedPool(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*cognitotest.Server) error
	}{
		{"the same value is another one", func(s *cognitotest.Server) error {
			return s.Change(fixable, cognitotest.UserPool, "", func(tree map[string]any) { tree["DeletionProtection"] = "ACTIVE" })
		}},
		{"a setting that is new", func(s *cognitotest.Server) error {
			return s.Change(fixable, cognitotest.UserPool, "", func(tree map[string]any) { tree["FutureSetting"] = "x" })
		}},
		{"a client", func(s *cognitotest.Server) error {
			return s.Change(fixable, cognitotest.Clients, "1web", func(tree map[string]any) { tree["CallbackURLs"] = []any{"https://example.com"} })
		}},
		{"a client more", func(s *cognitotest.Server) error {
			return s.Change(fixable, cognitotest.Clients, "2app", func(tree map[string]any) { tree["ClientName"] = "app" })
		}},
		{"it belongs to Terraform now", func(s *cognitotest.Server) error {
			return s.Change(fixable, cognitotest.UserPool, "", func(tree map[string]any) {
				tree["UserPoolTags"] = map[string]any{"managed-by": "terraform"}
			})
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := startServer(t, fixables(t, 1)...)
			plan := savedPlan(t)
			if err := tt.change(server); err != nil {
				t.Fatal(err)
			}
			o := applyPlan(t, plan)
			checkFix(t, o, exitFix, finding.FixUnchanged)
			if got := writes(server); len(got) > 0 || !strings.Contains(o.report.Fixes[0].Message, "not as it was when the plan was made") {
				t.Errorf("writes %v, message %q", got, o.report.Fixes[0].Message)
			}
		})
	}
}

// What other writers do not matter to: dates and counts.
func TestApplyToATouchedPool(t *testing.T) {
	server := startServer(t, fixables(t, 1)...)
	plan := savedPlan(t)
	if err := server.Change(fixable, cognitotest.UserPool, "", func(tree map[string]any) {
		tree["EstimatedNumberOfUsers"], tree["LastModifiedDate"] = 7, 1.7e9
	}); err != nil {
		t.Fatal(err)
	}
	checkFix(t, applyPlan(t, plan), exitFailed, finding.FixApplied)
}

func TestApplyElsewhere(t *testing.T) {
	server := startServer(t, fixables(t, 2)...)
	plan := savedPlan(t)
	unwritten := func(t *testing.T, o outcome, text string) {
		t.Helper()
		if got := writes(server); o.code != exitUsage || len(got) > 0 || !strings.Contains(o.stderr, text) {
			t.Errorf("exit code %d, writes %v: %s", o.code, got, o.stderr)
		}
	}
	t.Run("another Region", func(t *testing.T) {
		t.Setenv("AWS_REGION", "us-east-1")
		unwritten(t, applyPlan(t, plan), "another account or Region")
	})
	t.Run("another Region in a flag", func(t *testing.T) {
		unwritten(t, applyPlan(t, plan, "--region", "us-east-1"), "another account or Region")
	})
	t.Run("another account", func(t *testing.T) {
		other := cognitotest.NewOrganization(cognitotest.Account{ID: "999988887777", Regions: map[string][]cognitotest.Pool{"eu-west-1": nil}})
		defer other.Close()
		t.Setenv("AWS_ENDPOINT_URL", other.URL)
		unwritten(t, applyPlan(t, plan), "another account or Region")
	})
	t.Run("one pool of two is elsewhere", func(t *testing.T) {
		tampered := tamper(t, plan, func(file map[string]any) {
			pool := file["plans"].([]any)[1].(map[string]any)["pool"].(map[string]any)
			pool["region"] = "eu-north-1"
		})
		unwritten(t, applyPlan(t, tampered), "")
	})
}

// A pool that is gone is a failure of its own.
func TestApplyToADeletedPool(t *testing.T) {
	pools := fixables(t, 2)
	for _, left := range [][]cognitotest.Pool{pools[1:], nil} {
		t.Run(fmt.Sprint(len(left), " left"), func(t *testing.T) {
			account := func(pools []cognitotest.Pool) *cognitotest.Server {
				server := cognitotest.NewOrganization(cognitotest.Account{ID: "111122223333", Regions: map[string][]cognitotest.Pool{"eu-west-1": pools}})
				t.Cleanup(server.Close)
				return server
			}
			startServer(t)
			t.Setenv("AWS_ENDPOINT_URL", account(pools).URL)
			plan := savedPlan(t)
			after := account(left)
			t.Setenv("AWS_ENDPOINT_URL", after.URL)
			o := applyPlan(t, plan)
			want := []finding.FixState{finding.FixUnchanged, finding.FixApplied, finding.FixUnchanged}[:2]
			if len(left) == 0 {
				want = []finding.FixState{finding.FixUnchanged, finding.FixUnchanged}
			}
			checkFix(t, o, exitFix, want...)
			if len(o.report.Problems) == 0 || !strings.Contains(o.report.Fixes[0].Message, "does not exist") {
				t.Errorf("problems %v, message %q", o.report.Problems, o.report.Fixes[0].Message)
			}
		})
	}
}

// tamper returns the path of a changed copy of a plan.
func tamper(t *testing.T, plan string, change func(map[string]any)) string {
	t.Helper()
	text, err := os.ReadFile(plan)
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&file); err != nil {
		t.Fatal(err)
	}
	change(file)
	if text, err = json.Marshal(file); err != nil {
		t.Fatal(err)
	}
	changed := filepath.Join(t.TempDir(), "changed.json")
	if err := os.WriteFile(changed, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return changed
}

func TestApplyTampered(t *testing.T) {
	server := startServer(t, fixables(t, 1)...)
	plan := savedPlan(t)
	first := func(file map[string]any) map[string]any { return file["plans"].([]any)[0].(map[string]any) }
	call := func(file map[string]any) map[string]any { return first(file)["calls"].([]any)[0].(map[string]any) }
	change := func(file map[string]any) map[string]any { return call(file)["changes"].([]any)[0].(map[string]any) }
	ago := func(d time.Duration) func(map[string]any) {
		return func(file map[string]any) { file["created_at"] = time.Now().UTC().Add(-d).Format(time.RFC3339Nano) }
	}
	for name, alter := range map[string]func(map[string]any){
		"too old":                     ago(25 * time.Hour),
		"of the future":               ago(-2 * time.Hour),
		"without a date":              func(f map[string]any) { delete(f, "created_at") },
		"a date that is none":         func(f map[string]any) { f["created_at"] = "today" },
		"an unknown schema":           func(f map[string]any) { f["schema"] = "cognilint.plan/v2" },
		"no schema":                   func(f map[string]any) { delete(f, "schema") },
		"an unknown member":           func(f map[string]any) { f["force"] = true },
		"an unknown member of a call": func(f map[string]any) { call(f)["Operation2"] = "x" },
		"an unknown flag":             func(f map[string]any) { f["flags"] = map[string]any{"yes": []any{"true"}} },
		"a flag of a wrong value":     func(f map[string]any) { f["flags"] = map[string]any{"baseline": []any{"nothing"}} },
		"a flag that is no list":      func(f map[string]any) { f["flags"] = map[string]any{"baseline": "all"} },
		"plans that are no list":      func(f map[string]any) { f["plans"] = map[string]any{} },
		"a plan that is null":         func(f map[string]any) { f["plans"] = []any{nil} },
		"a plan that is empty":        func(f map[string]any) { f["plans"] = []any{map[string]any{}} },
		"the same pool twice":         func(f map[string]any) { f["plans"] = []any{first(f), first(f)} },
		"no pool":                     func(f map[string]any) { delete(first(f), "before") },
		"a pool without an id":        func(f map[string]any) { delete(first(f)["pool"].(map[string]any), "id") },
		"another pool":                func(f map[string]any) { first(f)["pool"].(map[string]any)["id"] = "eu-west-1_Other" },
		"a call that is unknown":      func(f map[string]any) { call(f)["operation"] = "DeleteUserPool" },
		"another order of calls":      func(f map[string]any) { slices.Reverse(first(f)["calls"].([]any)) },
		"a call without changes":      func(f map[string]any) { call(f)["changes"] = []any{} },
		"a change of another part":    func(f map[string]any) { change(f)["part"] = map[string]any{"section": "Domains"} },
		"a change of no part":         func(f map[string]any) { delete(change(f), "part") },
		"a change of all of a part":   func(f map[string]any) { change(f)["path"] = "" },
		"a path that is no pointer":   func(f map[string]any) { change(f)["path"] = "DeletionProtection" },
		"a path that leads on":        func(f map[string]any) { change(f)["path"] = "/Name/a/b" },
		"another old value":           func(f map[string]any) { change(f)["old"] = "x" },
		"a risk that is unknown":      func(f map[string]any) { change(f)["risk"] = "none" },
		"a change for no rule":        func(f map[string]any) { change(f)["rules"] = []any{} },
		"a change for another rule":   func(f map[string]any) { change(f)["rules"] = []any{"pool-name"} },
		"no check that is fixed":      func(f map[string]any) { first(f)["fixes"] = []any{} },
		"a part that is not there":    func(f map[string]any) { change(f)["part"].(map[string]any)["section"] = "RiskConfigurations" },
	} {
		t.Run(name, func(t *testing.T) {
			before := len(writes(server))
			o := applyPlan(t, tamper(t, plan, alter))
			if got := writes(server); o.code != exitUsage || len(got) > before || o.stdout != "" {
				t.Errorf("exit code %d, writes %v: %s", o.code, got[before:], o.stderr)
			}
		})
	}
	whole, err := os.ReadFile(plan)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"empty":            "",
		"not JSON":         "cognilint",
		"cut off":          string(whole[:len(whole)/2]),
		"followed by more": string(whole) + "{}",
		"a list":           "[]",
		"null":             "null",
		"deeply nested":    strings.Repeat("[", 100_000),
		"a report":         `{"schema": "cognilint.report/v1", "checks": []}`,
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "plan.json")
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			before := len(writes(server))
			o := applyPlan(t, file)
			if got := writes(server); o.code != exitUsage || len(got) > before || !strings.Contains(o.stderr, file) {
				t.Errorf("exit code %d, writes %v: %s", o.code, got[before:], o.stderr)
			}
		})
	}
	t.Run("huge", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "plan.json")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(file, maxPlanFile+10); err != nil {
			t.Skip(err)
		}
		if o := applyPlan(t, file); o.code != exitUsage || !strings.Contains(o.stderr, "larger than") {
			t.Errorf("exit code %d: %s", o.code, o.stderr)
		}
	})
	t.Run("missing", func(t *testing.T) {
		if o := applyPlan(t, filepath.Join(t.TempDir(), "plan.json")); o.code != exitUsage {
			t.Errorf("exit code %d: %s", o.code, o.stderr)
		}
	})
	t.Run("a folder", func(t *testing.T) {
		if o := applyPlan(t, t.TempDir()); o.code != exitUsage {
			t.Errorf("exit code %d: %s", o.code, o.stderr)
		}
	})
	checkFix(t, applyPlan(t, plan), exitFailed, finding.FixApplied)
}

// A new value that the rules or the API would not have is refused, whoever wrote
// it there.
func TestApplyTamperedValue(t *testing.T) {
	for name, alter := range map[string]func(change map[string]any){
		"a value of another type":   func(c map[string]any) { c["new"] = map[string]any{"a": 1} },
		"a number as text":          func(c map[string]any) { c["new"] = "12" },
		"beyond what the API takes": func(c map[string]any) { c["new"] = 1000 },
		"not what the rule wants":   func(c map[string]any) { c["new"] = 7 },
		"nothing":                   func(c map[string]any) { c["new"] = nil },
	} {
		t.Run(name, func(t *testing.T) {
			server := startServer(t, fixables(t, 1)...)
			plan := savedPlan(t, "--rule", "password-minimum-length")
			tampered := tamper(t, plan, func(file map[string]any) {
				alter(file["plans"].([]any)[0].(map[string]any)["calls"].([]any)[0].(map[string]any)["changes"].([]any)[0].(map[string]any))
			})
			o := applyPlan(t, tampered)
			if got := writes(server); len(got) > 0 || o.code != exitFix && o.code != exitUsage {
				t.Errorf("exit code %d, writes %v: %s", o.code, got, o.stderr)
			}
		})
	}
}
