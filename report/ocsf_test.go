package report

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/cognilint/cognilint/finding"
)

// ocsfEvents reads a report back and holds it against the rules of the class.
func ocsfEvents(t *testing.T, out string) []ocsfEvent {
	t.Helper()
	validate(t, "testdata/ocsf-compliance-finding.schema.json", out)
	var events []ocsfEvent
	if err := json.Unmarshal([]byte(out), &events); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for i, e := range events {
		if e.TypeUID != e.ClassUID*100+e.ActivityID {
			t.Errorf("event %d: type_uid is %d", i, e.TypeUID)
		}
		if seen[e.Metadata.UID] {
			t.Errorf("event %d: metadata.uid %s is there twice", i, e.Metadata.UID)
		}
		seen[e.Metadata.UID] = true
	}
	return events
}

func validate(t *testing.T, file, out string) {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Errorf("%s: %v", file, err)
	}
}

func TestOCSFGolden(t *testing.T) {
	r := followUp()
	for i := range r.Rules {
		if r.Rules[i].ID == "password-minimum-length" {
			r.Rules[i].Params = []finding.Param{
				{Name: "min_length", Value: json.Number("12")}, {Name: "not_set"}, {Name: "exempt", Value: []any{"a", "b"}},
			}
			r.Rules[i].References = []finding.Reference{{Description: "a page", URL: "https://docs.aws.amazon.com/cognito/"}}
		}
	}
	out := render(t, "ocsf", r, Options{})
	ocsfEvents(t, out)
	compareGolden(t, "ocsf.json", out)
	if out != render(t, "ocsf", r, Options{}) {
		t.Error("the same report has other ids the second time")
	}
	if got := render(t, "ocsf", cleanReport(), Options{}); got != "[]\n" {
		t.Errorf("no findings: got %q", got)
	}
}

// TestOCSFStates: activity, status and compliance of each outcome.
func TestOCSFStates(t *testing.T) {
	for _, tt := range []struct {
		status finding.Status
		change finding.Change
		want   [4]int // activity_id, status_id, compliance.status_id, severity_id
	}{
		{finding.Fail, "", [4]int{1, 1, 3, 4}},
		{finding.Fail, finding.ChangeNew, [4]int{1, 1, 3, 4}},
		{finding.Fail, finding.ChangeWorse, [4]int{2, 1, 3, 4}},
		{finding.Fail, finding.ChangeUnchanged, [4]int{2, 1, 3, 4}},
		{finding.Waived, "", [4]int{1, 3, 3, 4}},
		{finding.Waived, finding.ChangeNewlyWaived, [4]int{2, 3, 3, 4}},
		{finding.NotEvaluated, "", [4]int{1, 1, 2, 4}},
		{finding.NotEvaluated, finding.ChangeNewlyNotEvaluated, [4]int{2, 1, 2, 4}},
		{finding.Error, "", [4]int{1, 1, 2, 4}},
		{finding.Pass, "", [4]int{3, 4, 1, 1}},
		{finding.Pass, finding.ChangeResolved, [4]int{3, 4, 1, 1}},
		{finding.NotApplicable, finding.ChangeResolved, [4]int{3, 4, 1, 1}},
	} {
		c := finding.Check{Rule: "r", Severity: finding.High, Status: tt.status, Change: tt.change, Pool: "p"}
		if tt.status == finding.Waived {
			c.Waiver = &finding.Waiver{Reason: "why", Owner: "who", Expires: "2027-01-31"}
		}
		r := &finding.Report{Tool: finding.Tool{Name: "cognilint"}, Pools: []finding.Pool{{ID: "p"}}, Checks: []finding.Check{c}, FinishedAt: time.Date(2026, 11, 20, 2, 0, 4, 250_000_000, time.UTC)}
		events := ocsfEvents(t, render(t, "ocsf", r, Options{}))
		e := events[0]
		if got := [4]int{e.ActivityID, e.StatusID, e.Compliance.StatusID, e.SeverityID}; got != tt.want {
			t.Errorf("%s, %q: got %v, want %v", tt.status, tt.change, got, tt.want)
		}
		if e.Time != 1795140004250 {
			t.Errorf("time is %d", e.Time)
		}
		if (e.Comment != "") != (tt.status == finding.Waived) {
			t.Errorf("%s: comment is %q", tt.status, e.Comment)
		}
	}
	r := &finding.Report{Checks: []finding.Check{{Rule: "r", Severity: finding.Low, Status: finding.NotApplicable}}}
	if got := render(t, "ocsf", r, Options{}); got != "[]\n" {
		t.Errorf("not applicable: got %s", got)
	}
}

// TestFindingIDs: a finding keeps its id from report to report, is resolved once,
// and is another one for another source.
func TestFindingIDs(t *testing.T) {
	before := map[string]bool{}
	for _, e := range ocsfEvents(t, render(t, "ocsf", golden(), Options{})) {
		before[e.FindingInfo.UID] = true
	}
	now := map[string]int{}
	var closed []string
	for _, e := range ocsfEvents(t, render(t, "ocsf", followUp(), Options{})) {
		now[e.FindingInfo.UID]++
		if e.Unmapped != nil && e.Unmapped.Change == finding.ChangeResolved {
			closed = append(closed, e.Compliance.Control)
		}
	}
	for uid, n := range now {
		if n != 1 {
			t.Errorf("%s: %d events", uid, n)
		}
		delete(before, uid)
	}
	if len(before) > 0 {
		t.Errorf("other ids without a comparison: %v", before)
	}
	if diff := cmp.Diff([]string{"pool-deletion-protection", "deletion-protection"}, closed); diff != "" {
		t.Errorf("closed: -want +got\n%s", diff)
	}
	c := finding.Check{Fingerprint: "f"}
	a, b := c, c
	a.Source, b.Source = "a.json", "b.json"
	if findingID(c) != "f" || findingID(a) == findingID(b) || findingID(a) == findingID(c) {
		t.Errorf("ids are %s, %s, %s", findingID(c), findingID(a), findingID(b))
	}
}

func TestOCSFHostileNames(t *testing.T) {
	want := len(ocsfEvents(t, render(t, "ocsf", named("shop"), Options{})))
	for _, name := range hostileTexts {
		out := render(t, "ocsf", named(name), Options{})
		if n := len(ocsfEvents(t, out)); n != want {
			t.Errorf("%q: %d events, want %d", name, n, want)
		}
		// An event is a line, for readers of lines.
		if n := strings.Count(out, "\n"); n != want+2 {
			t.Errorf("%q: %d lines, want %d", name, n, want+2)
		}
	}
}
