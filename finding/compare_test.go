package finding_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/finding"
)

func TestCompare(t *testing.T) {
	check := func(rule string, status finding.Status, actual string) finding.Check {
		c := finding.Check{Rule: rule, Severity: finding.Medium, Status: status, Pool: "p", Fingerprint: rule}
		if status == finding.Fail || status == finding.Waived {
			c.Violations = []finding.Violation{{Path: "/a", Actual: json.Number(actual), Expected: json.Number("12")}}
		}
		return c
	}
	rules := func(ids ...string) []finding.Rule {
		var list []finding.Rule
		for _, id := range ids {
			list = append(list, finding.Rule{ID: id})
		}
		return list
	}
	for _, tt := range []struct {
		name    string
		was, is []finding.Check
		rules   []finding.Rule
		want    map[finding.Change]int
		gate    int
	}{
		{"a failure that was not there", nil, []finding.Check{check("r", finding.Fail, "8")}, rules("r"), map[finding.Change]int{finding.ChangeNew: 1}, 1},
		{"the same failure", []finding.Check{check("r", finding.Fail, "8")}, []finding.Check{check("r", finding.Fail, "8")}, rules("r"), map[finding.Change]int{finding.ChangeUnchanged: 1}, 0},
		{"further away", []finding.Check{check("r", finding.Fail, "8")}, []finding.Check{check("r", finding.Fail, "6")}, rules("r"), map[finding.Change]int{finding.ChangeWorse: 1}, 1},
		{"further away on the other side", []finding.Check{check("r", finding.Fail, "30")}, []finding.Check{check("r", finding.Fail, "90")}, rules("r"), map[finding.Change]int{finding.ChangeWorse: 1}, 1},
		{"nearer, but not there", []finding.Check{check("r", finding.Fail, "6")}, []finding.Check{check("r", finding.Fail, "8")}, rules("r"), map[finding.Change]int{finding.ChangeUnchanged: 1}, 0},
		{"resolved, passed checks shown", []finding.Check{check("r", finding.Fail, "8")}, []finding.Check{check("r", finding.Pass, "")}, rules("r"), map[finding.Change]int{finding.ChangeResolved: 1}, 0},
		{"resolved, passed checks left out", []finding.Check{check("r", finding.Fail, "8")}, nil, rules("r"), map[finding.Change]int{finding.ChangeResolved: 1}, 0},
		{"a rule that is not selected any more", []finding.Check{check("r", finding.Fail, "8")}, nil, rules("other"), nil, 0},
		{"a pool that is not in the report", []finding.Check{{Rule: "r", Status: finding.Fail, Pool: "gone"}}, nil, rules("r"), nil, 0},
		{"newly waived", []finding.Check{check("r", finding.Fail, "8")}, []finding.Check{check("r", finding.Waived, "8")}, rules("r"), map[finding.Change]int{finding.ChangeNewlyWaived: 1}, 0},
		{"a waiver that ended", []finding.Check{check("r", finding.Waived, "8")}, []finding.Check{check("r", finding.Fail, "8")}, rules("r"), map[finding.Change]int{finding.ChangeNew: 1}, 1},
		{"without a verdict then and now", []finding.Check{check("r", finding.NotEvaluated, "")}, []finding.Check{check("r", finding.NotEvaluated, "")}, rules("r"), nil, 0},
		{"no verdict any more, passed checks left out", nil, []finding.Check{check("r", finding.NotEvaluated, "")}, rules("r"), map[finding.Change]int{finding.ChangeNewlyNotEvaluated: 1}, 0},
		{"an error, passed checks left out", nil, []finding.Check{check("r", finding.Error, "")}, rules("r"), map[finding.Change]int{finding.ChangeNewlyNotEvaluated: 1}, 0},
		{"no verdict of a rule that was not selected", nil, []finding.Check{check("new", finding.NotEvaluated, "")}, rules("r"), nil, 0},
		{"no verdict of a pool that was not there", nil, []finding.Check{{Rule: "r", Status: finding.NotEvaluated, Pool: "second", Fingerprint: "x"}}, rules("r"), nil, 0},
		{"newly without a verdict", []finding.Check{check("r", finding.Fail, "8")}, []finding.Check{check("r", finding.NotEvaluated, "")}, rules("r"), map[finding.Change]int{finding.ChangeNewlyNotEvaluated: 1}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			now := &finding.Report{Checks: tt.is, Rules: tt.rules, Pools: []finding.Pool{{ID: "p"}}, Summary: finding.NewSummary()}
			now.Compare(&finding.Report{Checks: tt.was, Rules: rules("r"), Pools: []finding.Pool{{ID: "p"}}}, "old.json")
			got := map[finding.Change]int{}
			for change, n := range now.Comparison.Counts {
				if n > 0 {
					got[change] = n
				}
			}
			want := tt.want
			if want == nil {
				want = map[finding.Change]int{}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if n := len(now.Comparison.Resolved); n != want[finding.ChangeResolved] {
				t.Errorf("%d resolved checks are listed", n)
			}
			now.Comparison.OnlyNew = true
			if n := now.FailedAtLeast(finding.Info); n != tt.gate {
				t.Errorf("the gate counts %d, want %d", n, tt.gate)
			}
		})
	}
}

// TestCompareCopies is about a pool that one of the reports holds twice, in two
// files, and the other once.
func TestCompareCopies(t *testing.T) {
	of := func(status finding.Status, sources ...string) *finding.Report {
		r := &finding.Report{Rules: []finding.Rule{{ID: "r"}}, Summary: finding.NewSummary()}
		for _, source := range sources {
			r.Pools = append(r.Pools, finding.Pool{ID: "p", Source: source})
			if status == finding.Pass {
				continue
			}
			c := finding.Check{Rule: "r", Severity: finding.Medium, Status: status, Pool: "p", Fingerprint: "f", Violations: []finding.Violation{{Path: "/a"}}}
			if len(sources) > 1 {
				c.Source = source
			}
			r.Checks = append(r.Checks, c)
		}
		return r
	}
	for _, tt := range []struct {
		name    string
		was, is *finding.Report
		want    map[finding.Change]int
	}{
		{"a copy came", of(finding.Fail, "a"), of(finding.Fail, "a", "b"), map[finding.Change]int{finding.ChangeUnchanged: 1, finding.ChangeNew: 1}},
		{"a copy went", of(finding.Fail, "a", "b"), of(finding.Fail, "a"), map[finding.Change]int{finding.ChangeUnchanged: 1}},
		{"a copy went, and the other is right now", of(finding.Fail, "a", "b"), of(finding.Pass, "a"), map[finding.Change]int{finding.ChangeResolved: 1}},
		{"one stayed under another name", of(finding.Fail, "a", "b"), of(finding.Fail, "c"), map[finding.Change]int{finding.ChangeUnchanged: 1}},
		{"both are right now", of(finding.Fail, "a", "b"), of(finding.Pass, "a", "b"), map[finding.Change]int{finding.ChangeResolved: 2}},
		{"both have other names", of(finding.Fail, "a", "b"), of(finding.Fail, "c", "d"), map[finding.Change]int{finding.ChangeNew: 2}},
		{"a copy came that is wrong", of(finding.Pass, "a"), of(finding.Fail, "a", "b"), map[finding.Change]int{finding.ChangeNew: 2}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.is.Compare(tt.was, "old.json")
			got := map[finding.Change]int{}
			for change, n := range tt.is.Comparison.Counts {
				if n > 0 {
					got[change] = n
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestCompareOtherOrder: the client of a check is another element of the list.
func TestCompareOtherOrder(t *testing.T) {
	of := func(actual string, paths ...string) *finding.Report {
		c := finding.Check{Rule: "r", Severity: finding.Medium, Status: finding.Fail, Pool: "p", Fingerprint: "f"}
		for _, path := range paths {
			c.Violations = append(c.Violations, finding.Violation{Path: path, Actual: json.Number(actual), Expected: json.Number("12")})
		}
		return &finding.Report{Pools: []finding.Pool{{ID: "p"}}, Rules: []finding.Rule{{ID: "r"}}, Checks: []finding.Check{c}, Summary: finding.NewSummary()}
	}
	for _, tt := range []struct {
		name    string
		was, is *finding.Report
		want    finding.Change
	}{
		{"further away", of("24", "/Clients/0/Validity"), of("48", "/Clients/3/Validity"), finding.ChangeWorse},
		{"nearer", of("48", "/Clients/0/Validity"), of("24", "/Clients/3/Validity"), finding.ChangeUnchanged},
		{"another member", of("24", "/Clients/0/Validity"), of("48", "/Clients/0/Other"), finding.ChangeUnchanged},
		{"the same element of several", of("24", "/Clients/0/A/0", "/Clients/0/A/1"), of("48", "/Clients/0/A/0", "/Clients/0/A/1"), finding.ChangeWorse},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.is.Compare(tt.was, "old.json")
			if got := tt.is.Checks[0].Change; got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
