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
