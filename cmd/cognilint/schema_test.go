package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/urfave/cli/v2"
	"go.yaml.in/yaml/v3"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognitotest"
)

// schema compiles one of the schemas that users get.
func schema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	compiled, err := compiler.Compile(filepath.Join("..", "..", "docs", "schemas", name+".schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// valid checks a JSON text against a schema.
func valid(t *testing.T, s *jsonschema.Schema, text []byte) error {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return s.Validate(document)
}

func TestReportSchema(t *testing.T) {
	s := schema(t, "report")
	for _, args := range [][]string{
		{"scan", "--baseline", "all", "--show-passed", "-f", "json", "../../testdata/worst", "../../testdata/pools", "../../testdata/good"},
		{"scan", "-f", "json", "../../testdata/pools/partner-portal.yaml"},
	} {
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), append([]string{"cognilint"}, args...), nil, &stdout, &stderr); code == exitUsage {
			t.Fatalf("%v: %s", args, &stderr)
		}
		if err := valid(t, s, stdout.Bytes()); err != nil {
			t.Errorf("%v: %v", args, err)
		}
	}
	if err := valid(t, s, []byte(`{"schema": "cognilint.report/v1"}`)); err == nil {
		t.Error("a report without members is valid")
	}
}

func TestSnapshotSchema(t *testing.T) {
	s := schema(t, "snapshot")
	startServer(t, secretPool("eu-west-1_A"), secretPool("eu-west-1_B"))
	folder := t.TempDir()
	var stderr bytes.Buffer
	run(t.Context(), []string{"cognilint", "export", "-o", folder}, nil, &stderr, &stderr)
	files := filesIn(t, folder)
	if len(files) != 2 {
		t.Fatalf("%d files: %s", len(files), &stderr)
	}
	for _, name := range append(files, "../../testdata/good/recommended.json") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := valid(t, s, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestConfigSchema checks the examples of the documentation, and that each
// setting of a scan is known.
func TestConfigSchema(t *testing.T) {
	s := schema(t, "config")
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := 0
	for _, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(page, -1) {
		if strings.Contains(string(block[1]), "extends:") || strings.Contains(string(block[1]), "waivers:") {
			continue
		}
		examples++
		if err := valid(t, s, asJSON(t, block[1])); err != nil {
			t.Errorf("%v\n%s", err, block[1])
		}
		if _, err := parseConfig("x.yaml", block[1], scanCommand().Flags); err != nil {
			t.Errorf("%v\n%s", err, block[1])
		}
	}
	if examples != 2 {
		t.Errorf("%d examples, want 2", examples)
	}
	for _, flag := range scanCommand().Flags {
		value := "x"
		switch flag.(type) {
		case *cli.BoolFlag:
			value = "true"
		case *cli.Float64Flag:
			value = "0.5"
		case *cli.IntFlag:
			value = "7"
		}
		name := flag.Names()[0]
		if slices.Contains(decisions, name) {
			continue
		}
		switch name {
		case "config":
			continue
		case "region":
			value = "eu-west-1"
		case "account":
			value = `"111122223333"`
		case "fail-on":
			value = "high"
		}
		if err := valid(t, s, asJSON(t, fmt.Appendf(nil, "%s: %s", name, value))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, wrong := range []string{"fial-on: high", "rules: {mfa-required: {severity: dire}}", "overrides: [{rules: {}}]", "accounts: [{role: a}]"} {
		if err := valid(t, s, asJSON(t, []byte(wrong))); err == nil {
			t.Errorf("%s is valid", wrong)
		}
	}
}

func asJSON(t *testing.T, text []byte) []byte {
	t.Helper()
	var document any
	if err := yaml.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	converted, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	return converted
}

// TestFixSchemas validates reports of repairs that end in different states, saved
// plans, and each line of journals.
func TestFixSchemas(t *testing.T) {
	reports, plans, journals := schema(t, "report"), schema(t, "plan"), schema(t, "journal")
	pools := fixables(t, 8)
	pools[1] = tagged(t, pools[1], map[string]string{"managed-by": "terraform"})
	server := startServer(t, pools...)
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "UpdateUserPool", PoolID: "eu-west-1_Fixable03"})
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "UpdateUserPoolClient", PoolID: "eu-west-1_Fixable04"})
	verifiesNothing := func(tree map[string]any) { tree["AutoVerifiedAttributes"] = []any{} }
	server.Fail(cognitotest.Fault{Kind: cognitotest.Collateral, Operation: "UpdateUserPool", PoolID: "eu-west-1_Fixable05", Call: 1, Alter: verifiesNothing})
	server.Fail(cognitotest.Fault{Kind: cognitotest.Collateral, Operation: "UpdateUserPool", PoolID: "eu-west-1_Fixable07", Alter: verifiesNothing})
	server.Fail(cognitotest.Fault{Kind: cognitotest.DropAfter, Operation: "UpdateUserPool", PoolID: "eu-west-1_Fixable06"})
	folder := t.TempDir()
	plan := filepath.Join(folder, "plan.json")
	flags := []string{"scan", "--fix", "--allow-disruptive", "--allow-incomplete", "--journal-dir", folder, "-f", "json"}
	all := []outcome{
		runFix(t, append(flags, "--plan-out", plan, "--baseline", "recommended")...),
		runFix(t, append(flags, "--yes", "--max-pools", "6")...),
		runFix(t, append(flags, "--yes")...),
		runFix(t, "scan", "--fix", "-f", "json", "../../testdata/fixable", "../../testdata/worst"),
	}
	seen := map[finding.FixState]bool{}
	var undo string
	for _, o := range all {
		if err := valid(t, reports, []byte(o.stdout)); err != nil {
			t.Error(err)
		}
		for _, fix := range o.report.Fixes {
			seen[fix.State] = true
			if fix.State == finding.FixApplied {
				undo = fix.Journal
			}
		}
	}
	runFix(t, "rollback", "--yes", "--journal-dir", folder, undo)
	for _, state := range []finding.FixState{
		finding.FixPlanned, finding.FixRefused, finding.FixApplied, finding.FixUnchanged, finding.FixIncomplete, finding.FixRestored, finding.FixDamaged, finding.FixPostponed, finding.FixNothing,
	} {
		if !seen[state] {
			t.Errorf("no report has the state %s; there are %v", state, seen)
		}
	}
	text, err := os.ReadFile(plan)
	if err != nil {
		t.Fatal(err)
	}
	if err := valid(t, plans, text); err != nil {
		t.Error(err)
	}
	files, _ := filepath.Glob(filepath.Join(folder, "*Z_*.ndjson"))
	kinds, purposes := map[string]bool{}, map[string]bool{}
	for _, file := range files {
		records, err := readJournal(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			kinds[r.Kind], purposes[r.Purpose] = true, true
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(text) {
			if err := valid(t, journals, line); err != nil {
				t.Errorf("%v: %s", err, line)
			}
		}
	}
	if len(kinds) != 4 || !purposes["fix"] || !purposes["restore"] || !purposes["rollback"] {
		t.Errorf("kinds %v, purposes %v", kinds, purposes)
	}
	for name, wrong := range map[string]string{"plan": `{"schema": "cognilint.plan/v1"}`, "journal": `{"record": "call"}`, "report": `{"fixes": [{}]}`} {
		if err := valid(t, schema(t, name), []byte(wrong)); err == nil {
			t.Errorf("%s is a valid %s", wrong, name)
		}
	}
}

// TestComparisonSchema checks a report that was compared with an earlier one.
func TestComparisonSchema(t *testing.T) {
	folder := t.TempDir()
	old, compared := filepath.Join(folder, "old.json"), filepath.Join(folder, "compared.json")
	runFix(t, "scan", "-f", "json", "-o", "json="+old, "../../testdata/worst")
	runFix(t, "scan", "-f", "json", "-o", "json="+compared, "--show-passed", "--compare", old, "--only-new", "../../testdata/fixable", "../../testdata/worst")
	text, err := os.ReadFile(compared)
	if err != nil {
		t.Fatal(err)
	}
	if err := valid(t, schema(t, "report"), text); err != nil {
		t.Error(err)
	}
	if !bytes.Contains(text, []byte(`"change": "new"`)) || !bytes.Contains(text, []byte(`"change": "unchanged"`)) {
		t.Error("no check is new, or none unchanged")
	}
}
