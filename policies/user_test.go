package policies

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
)

// userRule is a rule of a user with a body.
func userRule(id, body string) string {
	return "# METADATA\n# title: A rule\n# description: A rule.\n# custom: {id: " + id +
		", severity: low, target: pool, needs: [UserPool], remediation: none, fix: {class: manual}}\npackage custom." +
		strings.ReplaceAll(id, "-", "_") + "\n\n" + body + "\n"
}

func addUserRules(t *testing.T, files map[string]string) (*Library, error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	library, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return library, library.Add(dir)
}

// Rules of users stand beside the built-in ones: they are selected on top of any
// baseline, may share helpers, and one that fails or does not end fails alone.
func TestUserRules(t *testing.T) {
	library, err := addUserRules(t, map[string]string{
		"finds.rego":   userRule("finds", "import data.custom.shared\n\ndeny contains shared.violation"),
		"fails.rego":   userRule("fails", "deny contains x if x := 1 / (count(input.UserPool.Id) - 11)"),
		"endless.rego": userRule("endless", "deny contains 1 if {\n\tsome a in numbers.range(1, 100000)\n\tsome b in numbers.range(1, 100000)\n\ta * b < 0\n}"),
		"shared.rego":  "package custom.shared\n\nviolation := {\"msg\": \"found\", \"path\": [\"UserPool\", \"Id\"], \"actual\": 1, \"expected\": 2}\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	set, err := library.Select(t.Context(), Selection{Baseline: "documented"})
	if err != nil {
		t.Fatal(err)
	}
	status := map[string]finding.Status{}
	reason := map[string]string{}
	for _, r := range evaluate(t, set, poolFrom(t, `{"UserPool": {"Id": "eu-west-1_A", "Name": "a", "Policies": {"PasswordPolicy": {"MinimumLength": 8}}}}`)) {
		status[r.Rule], reason[r.Rule] = r.Status, r.Reason
	}
	for rule, want := range map[string]finding.Status{"finds": finding.Fail, "fails": finding.Error, "endless": finding.Error, "password-minimum-length": finding.Fail} {
		if status[rule] != want {
			t.Errorf("%s is %s, want %s (%s)", rule, status[rule], want, reason[rule])
		}
	}
	if !strings.Contains(reason["endless"], "takes longer than") {
		t.Errorf("reason %q, want that the rule was cut off", reason["endless"])
	}
}

// Whoever writes the rules, they cannot reach beyond the snapshot.
func TestUserRulesAreConfined(t *testing.T) {
	for _, call := range []string{
		`http.send({"url": "http://127.0.0.1", "method": "get"})`, `net.lookup_ip_addr("localhost")`, `opa.runtime()`,
		`bits.lsh(1, 10)`, `net.cidr_merge([])`, `time.now_ns()`, `rand.intn("x", 2)`, `uuid.rfc4122("x")`,
	} {
		library, err := addUserRules(t, map[string]string{"calls.rego": userRule("calls", "deny contains "+call)})
		if err != nil {
			t.Fatal(err)
		}
		_, err = library.Select(t.Context(), Selection{Rules: []string{"calls"}})
		if name, _, _ := strings.Cut(call, "("); err == nil || !strings.Contains(err.Error(), "calls.rego:7:") || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v, want an error with its place", call, err)
		}
	}
}

func TestNewRulePassesItsTest(t *testing.T) {
	files, err := NewRule("my-own-rule")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	results, err := TestFolder(t.Context(), dir)
	if err != nil || len(results) != 3 {
		t.Fatalf("%d tests and error %v, want 3 and none", len(results), err)
	}
	for _, r := range results {
		if !r.Passed {
			t.Errorf("%s failed: %v", r.Name, r.Err)
		}
	}
}
