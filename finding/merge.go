package finding

import (
	"cmp"
	"fmt"
	"slices"
)

// Merge makes one report of those of several shards. The error says that two
// hold the same pool or are about different baselines; names are how it calls
// the reports. A shard that none of them is is a problem. If all were compared with the same earlier report, the merged one
// is, too.
func Merge(reports []*Report, names []string) (*Report, error) {
	missing, err := missingShards(reports, names)
	if err != nil {
		return nil, err
	}
	first := reports[0]
	merged := *first
	merged.Shard = ""
	merged.Summary, merged.Comparison = NewSummary(), mergeComparisons(reports)
	merged.Pools, merged.Rules, merged.Checks, merged.Problems, merged.Fixes = []Pool{}, []Rule{}, []Check{}, append([]Problem{}, missing...), nil
	from := map[Pool]string{}
	times := map[string]int{}
	for _, r := range reports {
		for _, pool := range r.Pools {
			times[pool.ID]++
		}
	}
	for i, r := range reports {
		if r.Baseline != first.Baseline {
			return nil, fmt.Errorf("%s is about the baseline %s and %s about %s, expected shards of one run", names[0], first.Baseline, names[i], r.Baseline)
		}
		if r.StartedAt.Before(merged.StartedAt) {
			merged.StartedAt = r.StartedAt
		}
		if r.FinishedAt.After(merged.FinishedAt) {
			merged.FinishedAt = r.FinishedAt
		}
		for _, pool := range r.Pools {
			key := Pool{ID: pool.ID, Account: pool.Account, Region: pool.Region, Source: pool.Source}
			if other, taken := from[key]; taken {
				return nil, fmt.Errorf("pool %s is in %s and in %s, expected shards, which have no pool in common", pool.ID, other, names[i])
			}
			from[key] = names[i]
		}
		merged.Pools = append(merged.Pools, r.Pools...)
		for _, check := range r.Checks {
			if times[check.Pool] > 1 && check.Source == "" {
				check.Source = r.sourceOf(check.Pool)
			}
			if merged.Comparison == nil {
				check.Change = ""
			}
			merged.Checks = append(merged.Checks, check)
		}
		merged.Fixes = append(merged.Fixes, r.Fixes...)
		for _, problem := range r.Problems {
			if !slices.Contains(merged.Problems, problem) {
				merged.Problems = append(merged.Problems, problem)
			}
		}
		for _, rule := range r.Rules {
			if !slices.ContainsFunc(merged.Rules, func(known Rule) bool { return known.ID == rule.ID }) {
				merged.Rules = append(merged.Rules, rule)
			}
		}
		merged.Summary.Merge(r.Summary)
	}
	merged.sort()
	return &merged, nil
}

// mergeComparisons returns nil if reports were compared with different ones, or
// not at all: changes since several days are not those of one run.
func mergeComparisons(reports []*Report) *Comparison {
	first := reports[0].Comparison
	if first == nil {
		return nil
	}
	merged := &Comparison{Against: first.Against, StartedAt: first.StartedAt, Counts: map[Change]int{}, Resolved: []Check{}, PoolsGone: []Pool{}}
	missed := map[Pool]int{} // by how many reports
	for _, r := range reports {
		c := r.Comparison
		if c == nil || !c.StartedAt.Equal(first.StartedAt) {
			return nil
		}
		for _, change := range Changes() {
			merged.Counts[change] += c.Counts[change]
		}
		merged.Resolved = append(merged.Resolved, c.Resolved...)
		for _, pool := range c.PoolsGone {
			missed[pool]++
		}
	}
	// Each shard misses the pools of the others.
	for _, pool := range first.PoolsGone {
		if missed[pool] == len(reports) {
			merged.PoolsGone = append(merged.PoolsGone, pool)
		}
	}
	return merged
}

// sourceOf returns the source of a pool that a report holds once.
func (r *Report) sourceOf(id string) string {
	i := slices.IndexFunc(r.Pools, func(p Pool) bool { return p.ID == id })
	if i < 0 {
		return ""
	}
	return r.Pools[i].Source
}

// sort puts the lists into their order, and leaves checks of one pool as they
// are.
func (r *Report) sort() {
	slices.SortStableFunc(r.Pools, ComparePools)
	slices.SortFunc(r.Rules, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(r.Problems, CompareProblems)
	type key struct{ id, source string }
	place := map[key]int{}
	for i, pool := range slices.Backward(r.Pools) {
		place[key{pool.ID, pool.Source}], place[key{id: pool.ID}] = i, i
	}
	slices.SortStableFunc(r.Checks, func(a, b Check) int {
		return cmp.Compare(place[key{a.Pool, a.Source}], place[key{b.Pool, b.Source}])
	})
	slices.SortStableFunc(r.Fixes, func(a, b Fix) int {
		return cmp.Compare(place[key{a.Pool, a.Source}], place[key{b.Pool, b.Source}])
	})
}

// ComparePools is the order of [Report.Pools].
func ComparePools(a, b Pool) int {
	return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Source, b.Source))
}

// CompareProblems is the order of [Report.Problems].
func CompareProblems(a, b Problem) int {
	return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region), cmp.Compare(a.Pool, b.Pool), cmp.Compare(a.Operation, b.Operation))
}
