package policies

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// noon of the day that the waivers of these tests are about.
var noon = time.Date(2027, 1, 31, 12, 0, 0, 0, time.UTC)

func waiverOf(expires string, change func(*finding.WaiverEntry)) finding.WaiverEntry {
	e := finding.WaiverEntry{Rule: "client-flow", Waiver: finding.Waiver{Reason: "r", Owner: "o", Expires: expires, Ticket: "T-1"}}
	change(&e)
	return e
}

func waivable() (*snapshot.Pool, []Result) {
	pool := &snapshot.Pool{
		Account: "111122223333", Region: "eu-west-1", Source: "pool.json",
		Sections: map[string]any{"UserPool": map[string]any{
			"Id": "eu-west-1_A", "Name": "prod-shop", "UserPoolTags": map[string]any{"stage": "prod", "team": "shop"},
		}},
	}
	check := func(status finding.Status, id, name string) Result {
		return Result{Check: finding.Check{
			Rule: "client-flow", Severity: finding.High, Status: status, Pool: "eu-west-1_A",
			Target: finding.Target{Kind: finding.TargetClient, ID: id, Name: name}, Fix: finding.FixSafe,
		}}
	}
	failed := check(finding.Fail, "1a", "web")
	failed.Violations = []finding.Violation{{Message: "m", Path: "/Clients/0"}}
	failed.Edits = []snapshot.Edit{{Op: "replace", Path: "/Clients/0", Value: true}}
	return pool, []Result{failed, check(finding.Pass, "2b", "web-2"), check(finding.Error, "3c", "batch")}
}

func TestWaiversMatch(t *testing.T) {
	type entry = finding.WaiverEntry
	for _, tt := range []struct {
		name   string
		change func(*entry)
		waived bool
	}{
		{"the id of the pool", func(e *entry) { e.Pool = "eu-west-1_A" }, true},
		{"a glob of ids", func(e *entry) { e.Pool = "eu-west-1_*" }, true},
		{"the name", func(e *entry) { e.Pool = "prod-shop" }, true},
		{"a glob of names", func(e *entry) { e.Pool = "prod-????" }, true},
		{"a class of letters", func(e *entry) { e.Pool = "prod-[r-t]hop" }, true},
		{"part of a name", func(e *entry) { e.Pool = "prod" }, false},
		{"another case", func(e *entry) { e.Pool = "Prod-*" }, false},
		{"another pool", func(e *entry) { e.Pool = "test-*" }, false},
		{"another rule", func(e *entry) { e.Pool, e.Rule = "prod-*", "client-flo" }, false},
		{"the id of the target", func(e *entry) { e.Pool, e.Target = "prod-*", "1a" }, true},
		{"a glob of target names", func(e *entry) { e.Pool, e.Target = "prod-*", "w*" }, true},
		{"another target", func(e *entry) { e.Pool, e.Target = "prod-*", "web-2" }, false},
		{"the account", func(e *entry) { e.Account = "111122223333" }, true},
		{"another account", func(e *entry) { e.Account = "444455556666" }, false},
		{"the Region", func(e *entry) { e.Region = "eu-west-1" }, true},
		{"another Region", func(e *entry) { e.Region = "eu-west-2" }, false},
		{"a tag", func(e *entry) { e.Tags = map[string]string{"stage": "prod"} }, true},
		{"tags", func(e *entry) { e.Tags = map[string]string{"stage": "prod", "team": "shop"} }, true},
		{"one tag of two", func(e *entry) { e.Tags = map[string]string{"stage": "prod", "team": "other"} }, false},
		{"a tag that the pool has not", func(e *entry) { e.Tags = map[string]string{"owner": ""} }, false},
		{"all but one", func(e *entry) {
			e.Pool, e.Target, e.Account, e.Tags, e.Region = "prod-*", "web", "111122223333", map[string]string{"stage": "prod"}, "us-east-1"
		}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			pool, results := waivable()
			want := finding.Fail
			if tt.waived {
				want = finding.Waived
			}
			w := NewWaivers([]finding.WaiverEntry{waiverOf("2027-02-01", tt.change)}, noon)
			w.Apply(pool, results)
			if got := results[0].Status; got != want {
				t.Errorf("status %s, want %s", got, want)
			}
			if results[1].Status != finding.Pass || results[2].Status != finding.Error {
				t.Error("a check that did not fail changed")
			}
		})
	}
}

// TestWaiversAccept looks at all that changes in a check that is waived.
func TestWaiversAccept(t *testing.T) {
	pool, results := waivable()
	_, want := waivable()
	want[0].Status, want[0].Waiver, want[0].Edits = finding.Waived, &finding.Waiver{Reason: "r", Owner: "o", Expires: "2027-02-01", Ticket: "T-1"}, nil
	NewWaivers([]finding.WaiverEntry{waiverOf("2027-02-01", func(e *finding.WaiverEntry) { e.Pool = "prod-*" })}, noon).Apply(pool, results)
	if diff := cmp.Diff(want, results); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	_, untouched := waivable()
	_, results = waivable()
	var none *Waivers
	none.Apply(pool, results)
	NewWaivers(nil, noon).Apply(pool, results)
	if diff := cmp.Diff(untouched, results); diff != "" || none.Review(nil) != nil {
		t.Errorf("without waivers: -want +got\n%s", diff)
	}
}

func TestWaiversDates(t *testing.T) {
	at := func(text string) time.Time {
		now, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	for _, tt := range []struct {
		name    string
		expires []string
		now     string
		until   string // empty: it fails
		note    string
	}{
		{"the first second of the last day", []string{"2027-01-31"}, "2027-01-31T00:00:00Z", "2027-01-31", ""},
		{"the last second of the last day", []string{"2027-01-31"}, "2027-01-31T23:59:59Z", "2027-01-31", ""},
		{"the next day", []string{"2027-01-31"}, "2027-02-01T00:00:00Z", "", "a waiver by o expired on 2027-01-31"},
		{"the next day only where the clock is", []string{"2027-01-31"}, "2027-02-01T05:00:00+09:00", "2027-01-31", ""},
		{"the next day only in UTC", []string{"2027-01-31"}, "2027-01-31T20:00:00-08:00", "", "a waiver by o expired on 2027-01-31"},
		{"several: the one that expires last", []string{"2027-03-01", "2028-01-01", "2027-12-31"}, "2027-01-31T12:00:00Z", "2028-01-01", ""},
		{"an expired one does no harm", []string{"2026-12-31", "2027-12-31"}, "2027-01-31T12:00:00Z", "2027-12-31", ""},
		{"the last one of expired ones", []string{"2026-12-31", "2026-11-30"}, "2027-01-31T12:00:00Z", "", "a waiver by o expired on 2026-12-31"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var entries []finding.WaiverEntry
			for _, expires := range tt.expires {
				entries = append(entries, waiverOf(expires, func(e *finding.WaiverEntry) { e.Region = "eu-west-1" }))
			}
			pool, results := waivable()
			NewWaivers(entries, at(tt.now)).Apply(pool, results)
			c, until := results[0], ""
			if c.Waiver != nil {
				until = c.Waiver.Expires
			}
			if until != tt.until || c.Note != tt.note || (c.Status == finding.Waived) != (until != "") || len(c.Violations) != 1 {
				t.Errorf("%s until %q, note %q; want until %q, note %q", c.Status, until, c.Note, tt.until, tt.note)
			}
		})
	}
}

func TestWaiversReview(t *testing.T) {
	named := func(pool, target string) func(*finding.WaiverEntry) {
		return func(e *finding.WaiverEntry) { e.Pool, e.Target = pool, target }
	}
	entries := []finding.WaiverEntry{
		waiverOf("2027-01-30", named("gone", "")),
		waiverOf("2027-01-31", named("prod-*", "")),
		waiverOf("2027-02-14", named("prod-*", "web")),
		waiverOf("2027-02-15", named("prod-*", "web")),
		waiverOf("2027-02-15", named("gone", "")),
		waiverOf("2027-02-01", named("gone", "")),
		waiverOf("2027-12-31", named("prod-*", "web-2")), // it passes
		waiverOf("2027-12-31", named("prod-*", "batch")), // no verdict
	}
	const expired, expiring, unused, valid = finding.WaiverExpired, finding.WaiverExpiring, finding.WaiverUnused, finding.WaiverValid
	states := func(w *Waivers, judged bool) []finding.WaiverState {
		var states []finding.WaiverState
		for _, e := range w.Review(func(finding.WaiverEntry) bool { return judged }) {
			states = append(states, e.State)
		}
		return states
	}
	w := NewWaivers(entries, noon)
	w.Apply(waivable())
	if diff := cmp.Diff([]finding.WaiverState{expired, expiring, expiring, valid, unused, unused, unused, valid}, states(w, true)); diff != "" {
		t.Errorf("a complete scan: -want +got\n%s", diff)
	}
	if diff := cmp.Diff([]finding.WaiverState{expired, expiring, expiring, valid, valid, expiring, valid, valid}, states(w, false)); diff != "" {
		t.Errorf("another scan: -want +got\n%s", diff)
	}

	// A saved report says the same, but for tags.
	_, results := waivable()
	saved := &finding.Report{Pools: []finding.Pool{{ID: "eu-west-1_A", Name: "prod-shop", Source: "pool.json"}}}
	for _, r := range results {
		saved.Checks = append(saved.Checks, r.Check)
	}
	saved.Checks[0].Status = finding.Waived
	tagged := waiverOf("2027-12-31", func(e *finding.WaiverEntry) { e.Tags = map[string]string{"stage": "?"} })
	w = NewWaivers(append(entries, tagged), noon)
	w.Meet(saved)
	if diff := cmp.Diff([]finding.WaiverState{expired, expiring, expiring, valid, unused, unused, unused, valid, valid}, states(w, true)); diff != "" {
		t.Errorf("a report: -want +got\n%s", diff)
	}
}

// TestWaiversUnknownTarget: a list of clients that was not read may hold the one
// that a waiver is about.
func TestWaiversUnknownTarget(t *testing.T) {
	pool, results := waivable()
	results = results[:1]
	results[0].Status, results[0].Violations, results[0].Target = finding.NotEvaluated, nil, finding.Target{Kind: finding.TargetClient}
	w := NewWaivers([]finding.WaiverEntry{waiverOf("2027-12-31", func(e *finding.WaiverEntry) { e.Pool, e.Target = "prod-*", "web" })}, noon)
	w.Apply(pool, results)
	if results[0].Status != finding.NotEvaluated || results[0].Waiver != nil {
		t.Errorf("got %+v", results[0])
	}
	if got := w.Review(func(finding.WaiverEntry) bool { return true })[0].State; got != finding.WaiverValid {
		t.Errorf("state %s", got)
	}
}

func TestMatchGlob(t *testing.T) {
	for _, tt := range []struct {
		glob, name string
		want       bool
	}{
		{"https://api.*", "https://api.example.com/orders", true},
		{"*", "a/b", true},
		{"[x", "[x", true},
		{"*", "", false},
		{"a*", "ba", false},
	} {
		if got := matchGlob(tt.glob, tt.name); got != tt.want {
			t.Errorf("%q matches %q: %t", tt.glob, tt.name, got)
		}
	}
}

func TestWaivableMetadata(t *testing.T) {
	set := engine(t, map[string]*fstest.MapFile{
		"a": ruleText("a", "waivable: false", denies),
		"b": ruleText("b", "waivable: true", denies),
		"c": ruleText("c", "", denies),
	})
	for i, want := range []bool{true, false, false} {
		if r := set.Rules[i]; r.NotWaivable != want {
			t.Errorf("rule %s: not waivable %t", r.ID, r.NotWaivable)
		}
	}
}
