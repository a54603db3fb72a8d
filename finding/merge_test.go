package finding_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/finding"
)

// shard is the report of one pool that fails one rule.
func shard(pool string) *finding.Report {
	check := finding.Check{Rule: "r", Severity: finding.High, Status: finding.Fail, Pool: pool, Fingerprint: "r " + pool}
	check.Violations = []finding.Violation{{Message: "wrong", Path: "/a"}}
	return &finding.Report{
		Pools: []finding.Pool{{ID: pool, Source: "live"}}, Rules: []finding.Rule{{ID: "r"}}, Checks: []finding.Check{check}, Summary: finding.NewSummary(),
	}
}

func TestMergeCompared(t *testing.T) {
	earlier := shard("a")
	earlier.StartedAt = time.Date(2026, 11, 1, 2, 0, 0, 0, time.UTC)
	for _, pool := range []string{"b", "gone"} {
		other := shard(pool)
		earlier.Pools, earlier.Checks = append(earlier.Pools, other.Pools...), append(earlier.Checks, other.Checks...)
	}
	shards := []*finding.Report{shard("a"), shard("b"), shard("c")}
	shards[1].Checks = nil // resolved
	for _, r := range shards {
		r.Compare(earlier, "old.json")
	}
	merged, err := finding.Merge(shards, []string{"1.json", "2.json", "3.json"})
	if err != nil {
		t.Fatal(err)
	}
	whole := shard("a")
	for _, r := range shards[1:] {
		whole.Pools, whole.Checks = append(whole.Pools, r.Pools...), append(whole.Checks, r.Checks...)
	}
	whole.Compare(earlier, "old.json")
	if diff := cmp.Diff(whole.Comparison, merged.Comparison); diff != "" {
		t.Errorf("the comparison of the shards is not that of the whole: -want +got\n%s", diff)
	}
	if diff := cmp.Diff(whole.Checks, merged.Checks); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestMergeComparedDifferently(t *testing.T) {
	first, second := shard("a"), shard("b")
	first.Compare(shard("x"), "old.json")
	merged, err := finding.Merge([]*finding.Report{first, second}, []string{"1.json", "2.json"})
	if err != nil {
		t.Fatal(err)
	}
	if merged.Comparison != nil {
		t.Errorf("the comparison is %+v, want none", merged.Comparison)
	}
	for _, c := range merged.Checks {
		if c.Change != "" {
			t.Errorf("the check of pool %s is %s, want no change without a comparison", c.Pool, c.Change)
		}
	}
	if first.Checks[0].Change == "" {
		t.Error("the report that was merged was changed")
	}
}

func TestMergeShards(t *testing.T) {
	of := func(shards ...string) (reports []*finding.Report) {
		for i, text := range shards {
			r := shard(string(rune('a' + i)))
			r.Shard = text
			reports = append(reports, r)
		}
		return reports
	}
	for _, tt := range []struct {
		name    string
		reports []*finding.Report
		problem string // empty is none
		err     string
	}{
		{"all of them", of("2/2", "1/2"), "", ""},
		{"one that is not divided", of("1/1"), "", ""},
		{"reports that are no shards", of("", ""), "", ""},
		{"a report that is no shard beside them", of("1/2", "", "2/2"), "", ""},
		{"one is missing", of("1/3", "3/3"), "shard 2/3 is missing", ""},
		{"several are missing", of("2/4"), "shards 1/4, 3/4, 4/4 are missing", ""},
		{"many are missing", of("1/100000"), "shards 2/100000, 3/100000, 4/100000, 5/100000, 6/100000 and 99994 more are missing", ""},
		{"the same twice", of("1/2", "1/2"), "", "1.json and 2.json are both shard 1/2, expected different ones"},
		{"of different numbers", of("1/2", "2/3"), "", "1.json is shard 1/2 and 2.json is 2/3, expected shards of one run"},
		{"none at all", of("3/2"), "", `1.json is shard "3/2", expected i/n`},
		{"no number", of("a/2"), "", `1.json is shard "a/2", expected i/n`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			merged, err := finding.Merge(tt.reports, []string{"1.json", "2.json", "3.json"})
			if tt.err != "" {
				if err == nil || err.Error() != tt.err {
					t.Errorf("error %v, want %s", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			want := []finding.Problem{}
			if tt.problem != "" {
				want = append(want, finding.Problem{Operation: "merge", Error: tt.problem + "; its accounts are not in this report"})
			}
			if diff := cmp.Diff(want, merged.Problems); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if merged.Shard != "" {
				t.Errorf("the merged report is shard %s", merged.Shard)
			}
		})
	}
}
