package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/cognilint/cognilint/finding"
)

func sarifSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile(filepath.Join("testdata", "schemas", "sarif-2.1.0-rtm.5.json"))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// sarif renders a report, and checks what the schema and GitHub ask for.
func sarif(t testing.TB, r *finding.Report, opts Options) sarifRun {
	t.Helper()
	out := render(t, "sarif", r, opts)
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if err := sarifSchema(t).Validate(document); err != nil {
		t.Errorf("%#v", err)
	}
	if strings.Contains(out, "-1,") || strings.Contains(out, `"results": null`) {
		t.Error("an absent number or list is written")
	}
	var log sarifLog
	if err := json.Unmarshal([]byte(out), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	for _, rule := range run.Tool.Driver.Rules {
		for _, text := range []string{rule.ID, rule.ShortDescription.Text, rule.FullDescription.Text, rule.Help.Text, rule.Help.Markdown, rule.DefaultConfiguration.Level} {
			if text == "" {
				t.Errorf("rule %s has an empty text", rule.ID)
			}
		}
		if slices.Contains(rule.Properties.Tags, "security") != (rule.Properties.SecuritySeverity != "") {
			t.Errorf("rule %s has tags %q with severity %q", rule.ID, rule.Properties.Tags, rule.Properties.SecuritySeverity)
		}
		if len(rule.Properties.Tags) > maxSARIFTags {
			t.Errorf("rule %s has %d tags", rule.ID, len(rule.Properties.Tags))
		}
	}
	for _, result := range run.Results {
		if result.Message.Text == "" || result.Level == "" || result.PartialFingerprints["primaryLocationLineHash"] == "" || result.PartialFingerprints["cognilint/v1"] == "" {
			t.Errorf("a required member is empty: %+v", result)
		}
		if len(result.Locations) == 0 && result.BaselineState != "absent" {
			t.Errorf("%s has no location", result.RuleID)
		}
		for _, location := range result.Locations {
			uri, err := url.Parse(location.PhysicalLocation.ArtifactLocation.URI)
			if err != nil || uri.Path == "" || strings.HasPrefix(uri.Path, "./") || strings.Contains(uri.String(), `\`) {
				t.Errorf("location %+v: %v", location, err)
			}
		}
		if result.RuleIndex != nil && run.Tool.Driver.Rules[*result.RuleIndex].ID != result.RuleID {
			t.Errorf("index %d is not rule %s", *result.RuleIndex, result.RuleID)
		}
	}
	return run
}

func TestSARIF(t *testing.T) {
	run := sarif(t, exported(), Options{})
	if run.Invocations[0].ExecutionSuccessful {
		t.Error("a scan with problems is successful")
	}
	prints := map[string]bool{}
	for i, result := range run.Results {
		if len(result.Suppressions) > 0 || result.RuleID == "client-token-revocation" {
			t.Error("a waived finding is an alert")
		}
		if result.BaselineState != "" {
			t.Errorf("state %q without a comparison", result.BaselineState)
		}
		if prints[result.PartialFingerprints["cognilint/v1"]] {
			t.Errorf("result %d has the fingerprint of another", i)
		}
		prints[result.PartialFingerprints["cognilint/v1"]] = true
	}
	if first := run.Results[0]; first.RuleID != "client-secret-not-in-public-client" || first.Level != "error" {
		t.Errorf("the first result is %+v, want the worst", first)
	}
	wants := []string{"GetLogDeliveryConfiguration", "functions must not produce multiple outputs", "5 rules: RiskConfigurations is not in the export"}
	for _, want := range wants {
		if !slices.ContainsFunc(run.Invocations[0].Notifications, func(n sarifNotification) bool { return strings.Contains(n.Message.Text, want) }) {
			t.Errorf("no notification says %q", want)
		}
	}
	// A clean scan has results, none, and was successful.
	run = sarif(t, &finding.Report{Tool: finding.Tool{Name: "cognilint", Version: "devel"}}, Options{})
	if run.Results == nil || len(run.Results) != 0 || !run.Invocations[0].ExecutionSuccessful || run.Tool.Driver.Version != "devel" {
		t.Errorf("a clean scan gives %+v", run)
	}
}

func TestSARIFWaived(t *testing.T) {
	run := sarif(t, exported(), Options{IncludeWaived: true})
	last := run.Results[len(run.Results)-1]
	if len(last.Suppressions) != 1 || last.Suppressions[0].Kind != "external" || last.Suppressions[0].Status != "accepted" || !strings.Contains(last.Suppressions[0].Justification, "until 2027-03-31") {
		t.Errorf("the waived result is %+v", last)
	}
}

func TestSARIFComparison(t *testing.T) {
	states := func(opts Options) map[string]int {
		all := map[string]int{}
		for _, result := range sarif(t, compared(), opts).Results {
			all[result.BaselineState]++
		}
		return all
	}
	got, all := states(Options{}), states(Options{IncludeWaived: true})
	if got["new"] != 1 || got["updated"] != 1 || got["unchanged"] < 5 || got["absent"] != 0 {
		t.Errorf("got states %v", got)
	}
	// The newly waived one is updated.
	if all["absent"] != 2 || all["updated"] != 2 {
		t.Errorf("with what is not open: got states %v", all)
	}
	run := sarif(t, compared(), Options{})
	if c := run.Properties.Comparison; c.Counts["resolved"] != 2 || len(c.PoolsGone) != 1 {
		t.Errorf("the comparison is %+v", c)
	}
}

func TestSARIFNeedsFiles(t *testing.T) {
	stdin := exported()
	stdin.Checks[0].Violations[0].Position.File = "-"
	for name, r := range map[string]*finding.Report{"live": golden(), "standard input": stdin} {
		for _, format := range []string{"sarif", "gitlab"} {
			var b strings.Builder
			if err := Write(&b, format, r, Options{}); !errors.Is(err, ErrNoPositions) || b.Len() > 0 {
				t.Errorf("%s, %s: got error %v and %d bytes, want %v and none", format, name, err, b.Len(), ErrNoPositions)
			}
		}
	}
}

// TestSARIFLimit: GitHub takes 25,000 results, so the worst are kept.
func TestSARIFLimit(t *testing.T) {
	r := &finding.Report{Rules: []finding.Rule{{ID: "a", Severity: finding.Low}, {ID: "b", Severity: finding.Critical}}}
	for i := range maxSARIFResults + 1 {
		c := finding.Check{Rule: "a", Severity: finding.Low, Status: finding.Fail, Pool: fmt.Sprint(i)}
		c.Violations = []finding.Violation{{Message: "m", Position: &finding.Position{File: "a.json", Line: 1, Column: 1, EndLine: 1, EndColumn: 2}}}
		if i == maxSARIFResults {
			c.Rule, c.Severity = "b", finding.Critical
		}
		r.Checks = append(r.Checks, c)
	}
	var log sarifLog
	if err := json.Unmarshal([]byte(render(t, "sarif", r, Options{})), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if len(run.Results) != maxSARIFResults || run.Results[0].RuleID != "b" {
		t.Errorf("%d results, the first of rule %s", len(run.Results), run.Results[0].RuleID)
	}
	if n := run.Invocations[0].Notifications; len(n) != 1 || !strings.HasPrefix(n[0].Message.Text, "1 result left out") {
		t.Errorf("notifications are %+v", n)
	}
}

func TestSARIFHostileNames(t *testing.T) {
	for what, name := range hostileNames() {
		t.Run(what, func(t *testing.T) {
			run := sarif(t, hostile(name), Options{IncludeWaived: true})
			for _, result := range run.Results {
				if strings.Contains(result.Message.Text, "](") {
					t.Errorf("a name is a link: %s", result.Message.Text)
				}
			}
		})
	}
}

func TestFileURI(t *testing.T) {
	for file, want := range map[string]string{
		"a.json":                "a.json",
		"./exports/a.json":      "exports/a.json",
		"exports/odd name|日.js": "exports/odd%20name%7C%E6%97%A5.js",
		"a:b/c:d.json":          "a%3Ab/c:d.json",
		"100%.json":             "100%25.json",
		"/tmp/a b.json":         "file:///tmp/a%20b.json",
		"C:/pools/a.json":       "file:///C:/pools/a.json",
		"../a.json":             "../a.json",
		"a\xff.json":            "a%FF.json",
		"a#b?c.json":            "a%23b%3Fc.json",
	} {
		if got := fileURI(file); got != want {
			t.Errorf("%q: got %q, want %q", file, got, want)
		}
	}
}
