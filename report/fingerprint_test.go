package report

import (
	"slices"
	"testing"

	"github.com/cognilint/cognilint/finding"
)

// TestFingerprintsSurvive: another order of clients and of lists, other
// formatting, moved lines and renamed files change no fingerprint.
func TestFingerprintsSurvive(t *testing.T) {
	at := func(file string, line int) *finding.Position {
		return &finding.Position{File: file, Line: line, Column: 1, EndLine: line, EndColumn: 2}
	}
	callback := func(path, url string, at *finding.Position) finding.Violation {
		return finding.Violation{Message: "not https", Path: path, Actual: url, Expected: "https", Position: at}
	}
	check := finding.Check{Rule: "client-callback-https", Pool: "p", Target: finding.Target{Kind: finding.TargetClient, ID: "c"}}
	check.Fingerprint = finding.Fingerprint(check.Rule, check.Pool, check.Target)
	before, after := check, check
	before.Violations = []finding.Violation{
		callback("/Clients/0/CallbackURLs/0", "http://a", at("a.json", 10)),
		callback("/Clients/0/CallbackURLs/3", "http://b", at("a.json", 13)),
		callback("/Clients/0/CallbackURLs/4", "http://b", at("a.json", 14)),
		callback("/Clients/0/LogoutURLs/0", "http://a", at("a.json", 20)),
		callback("/Clients/0/Chain/0/Name", "x", at("a.json", 30)),
		callback("/Clients/0/Chain/1/Name", "y", at("a.json", 31)),
	}
	after.Violations = []finding.Violation{
		callback("/Clients/7/Chain/1/Name", "x", at("b.yaml", 1)),
		callback("/Clients/7/Chain/0/Name", "y", at("b.yaml", 1)),
		callback("/Clients/7/LogoutURLs/5", "http://a", at("b.yaml", 2)),
		callback("/Clients/7/CallbackURLs/0", "http://b", at("b.yaml", 3)),
		callback("/Clients/7/CallbackURLs/1", "http://b", at("b.yaml", 4)),
		callback("/Clients/7/CallbackURLs/2", "http://a", at("b.yaml", 5)),
	}
	was, is := fingerprints(before), fingerprints(after)
	for i := range was {
		if slices.Index(was, was[i]) != i {
			t.Errorf("%s and another violation have the same fingerprint", before.Violations[i].Path)
		}
	}
	for i, j := range []int{5, 3, 4, 2, 0, 1} {
		if was[i] != is[j] && !(i == 1 || i == 2) {
			t.Errorf("%s is %s, and %s after a move", before.Violations[i].Path, was[i], is[j])
		}
	}
	slices.Sort(was)
	slices.Sort(is)
	if !slices.Equal(was, is) {
		t.Errorf("got %q after the move, want %q", is, was)
	}

	// A value that is wrong in another way is the same finding.
	changed := check
	changed.Violations = []finding.Violation{{Path: "/Clients/0/IdTokenValidity", Actual: 24}}
	worse := check
	worse.Violations = []finding.Violation{{Path: "/Clients/1/IdTokenValidity", Actual: 48}}
	if fingerprints(changed)[0] != fingerprints(worse)[0] {
		t.Error("a new value changes the fingerprint")
	}
	// Two pools with the same id are two findings.
	worse.Source = "copy.json"
	if fingerprints(changed)[0] == fingerprints(worse)[0] {
		t.Error("the same pool in two files has one fingerprint")
	}
}

func TestWorstFirst(t *testing.T) {
	r := &finding.Report{}
	for _, c := range []struct {
		rule     string
		severity finding.Severity
		change   finding.Change
	}{{"old-low", finding.Low, finding.ChangeUnchanged}, {"new-low", finding.Low, finding.ChangeNew}, {"old-high", finding.High, finding.ChangeUnchanged}, {"worse-high", finding.High, finding.ChangeWorse}} {
		r.Checks = append(r.Checks, finding.Check{Rule: c.rule, Severity: c.severity, Change: c.change, Status: finding.Fail, Violations: make([]finding.Violation, 1)})
	}
	order := func() []string {
		var rules []string
		for _, v := range worstFirst(r, finding.Fail) {
			rules = append(rules, v.check.Rule)
		}
		return rules
	}
	r.Comparison = &finding.Comparison{}
	if got, want := order(), []string{"worse-high", "old-high", "new-low", "old-low"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	r.Comparison.OnlyNew = true
	if got, want := order(), []string{"worse-high", "new-low", "old-high", "old-low"}; !slices.Equal(got, want) {
		t.Errorf("only new: got %q, want %q", got, want)
	}
}
