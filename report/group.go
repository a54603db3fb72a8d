package report

import (
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// live is the source of a pool that no file holds.
const live = "live"

// group is what a report says about one pool.
type group struct {
	pool   finding.Pool
	checks []finding.Check
	// labels names the targets of the checks.
	labels map[finding.Target]string
	// poolIDs tells how much room the ids of pools take in labels that name
	// them.
	poolIDs map[finding.Target]int
}

// poolKey tells pools apart: by id and, where several have the same id, by
// source.
type poolKey struct{ id, source string }

// poolsByKey returns the pools of a report and their keys in its order.
func poolsByKey(r *finding.Report) (map[poolKey]finding.Pool, []poolKey) {
	times := map[string]int{}
	for _, p := range r.Pools {
		times[p.ID]++
	}
	pools := map[poolKey]finding.Pool{}
	var keys []poolKey
	for _, p := range r.Pools {
		key := poolKey{id: p.ID}
		if times[p.ID] > 1 {
			key.source = p.Source
		}
		if _, ok := pools[key]; !ok {
			pools[key] = p
			keys = append(keys, key)
		}
	}
	return pools, keys
}

// groups sorts the checks to their pools, in the order of the report.
func groups(r *finding.Report) []*group {
	pools, keys := poolsByKey(r)
	byKey := map[poolKey]*group{}
	var all []*group
	for _, key := range keys {
		g := &group{pool: pools[key]}
		byKey[key] = g
		all = append(all, g)
	}
	for _, c := range r.Checks {
		key := poolKey{c.Pool, c.Source}
		g := byKey[key]
		if g == nil {
			g = &group{pool: finding.Pool{ID: c.Pool, Source: c.Source}}
			byKey[key] = g
			all = append(all, g)
		}
		g.checks = append(g.checks, c)
	}
	for _, g := range all {
		g.labels = labels(g.checks)
	}
	return all
}

func (g *group) with(status finding.Status) []finding.Check {
	var checks []finding.Check
	for _, c := range g.checks {
		if c.Status == status {
			checks = append(checks, c)
		}
	}
	return checks
}

// labels names targets by what people call them. Names are not unique in
// Cognito, so where two targets look the same the id follows.
func labels(checks []finding.Check) map[finding.Target]string {
	all := map[finding.Target]string{}
	bearers := map[string]finding.Target{}
	ambiguous := map[string]bool{}
	key := func(t finding.Target) string { return string(t.Kind) + " " + all[t] }
	for _, c := range checks {
		t := c.Target
		if _, done := all[t]; done || t.Kind == finding.TargetPool {
			continue
		}
		all[t] = shorten(clean(t.Name), maxName)
		if all[t] == "" {
			all[t] = targetID(t)
		}
		if other, taken := bearers[key(t)]; taken && other != t {
			ambiguous[key(t)] = true
		}
		bearers[key(t)] = t
	}
	for t, label := range all {
		if ambiguous[key(t)] && t.ID != "" {
			all[t] = label + " (" + targetID(t) + ")"
		}
	}
	return all
}

// targetID shows client ids in full whatever their length, since people copy
// them; the ids of other targets are names.
func targetID(t finding.Target) string {
	if t.Kind == finding.TargetClient {
		return clean(t.ID)
	}
	return shorten(clean(t.ID), maxName)
}

// identity lists what identifies a pool, as far as it is known.
func identity(p finding.Pool) []string {
	parts := []string{shorten(clean(p.Name), maxName), clean(p.ID), clean(p.Account), clean(p.Region), clean(p.Source)}
	return slices.DeleteFunc(parts, func(s string) bool { return s == "" })
}

// place says where a pool is when no file holds it.
func place(account, region, pool string) string {
	parts := []string{clean(account), clean(region), clean(pool)}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "/")
}

var pointerUnescaper = strings.NewReplacer("~1", "/", "~0", "~")

// setting shows a pointer into the snapshot as people write settings: dotted,
// without what all of them share, below the label of the target.
func setting(pointer, label string) string {
	parts := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	switch {
	case label != "" && len(parts) > 1 && isIndex(parts[1]):
		// Section and index are the target, which the label names.
		parts = parts[2:]
	case len(parts) > 1 && parts[0] == "UserPool":
		parts = parts[1:]
	}
	var b strings.Builder
	for i, part := range parts {
		switch part = clean(pointerUnescaper.Replace(part)); {
		case isIndex(part) && i > 0:
			b.WriteString("[" + part + "]")
			continue
		case i > 0:
			b.WriteByte('.')
		}
		b.WriteString(part)
	}
	switch path := b.String(); {
	case label == "" && path == "":
		return "(whole pool)"
	case label == "" || path == "":
		return label + path
	default:
		return label + ": " + path
	}
}

func isIndex(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
