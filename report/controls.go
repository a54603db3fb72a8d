package report

import (
	"maps"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// Groupings lists what the table can be grouped by, the default first.
func Groupings() []string { return []string{"pool", byControl} }

const byControl = "control"

// controlGroup is what a report says about one control of a framework. A check
// counts for every control of its rule.
type controlGroup struct {
	title string
	// group has the checks of all pools; its targets name their pool, too.
	*group
	// pools has the same checks, pool by pool.
	pools []*group
}

// controls writes like pools, but per framework and control what there is about
// it in all pools; rules without controls come last.
func (p printer) controls(r *finding.Report, verbose bool) error {
	all, silent := controlGroups(r)
	tables := make([][]row, len(all))
	for i, g := range all {
		tables[i] = failures(g.group)
	}
	columns := newLayout(tables, p.width)
	for i, g := range all {
		p.WriteString(p.heading(g.title) + "\n\n")
		if len(tables[i]) > 0 {
			if err := columns.write(p.Writer, tables[i], p.palette); err != nil {
				return err
			}
			p.WriteByte('\n')
		}
		if verbose {
			for _, pool := range g.pools {
				p.details(pool)
			}
		}
		p.blocks(g.group)
	}
	for _, fix := range r.Fixes {
		// A repair is of a pool, whichever controls it is about.
		p.identify("", poolOfFix(r, fix), p.heading)
		p.WriteByte('\n')
		p.repairs([]finding.Fix{fix})
	}
	if len(silent) > 0 {
		p.WriteString(p.heading("No findings to show") + "\n")
		for _, text := range silent {
			p.fill(gap, gap+gap, text)
		}
		p.WriteByte('\n')
	}
	return nil
}

// controlGroups returns a group for each control with checks, in the order of
// the frameworks and controls, and a text for each framework about the others.
func controlGroups(r *finding.Report) (all []controlGroup, silent []string) {
	pools := groups(r)
	names := poolNames(pools)
	rules := map[string]map[string][]string{}
	controlled := map[string]bool{}
	for _, rule := range r.Rules {
		for framework, controls := range rule.Controls {
			for _, control := range controls {
				if rules[framework] == nil {
					rules[framework] = map[string][]string{}
				}
				rules[framework][control] = append(rules[framework][control], rule.ID)
				controlled[rule.ID] = true
			}
		}
	}
	for _, framework := range slices.Sorted(maps.Keys(rules)) {
		var without []string
		for _, control := range slices.SortedFunc(maps.Keys(rules[framework]), finding.CompareControls) {
			ids := rules[framework][control]
			g := newControlGroup(clean(framework+" "+control), pools, names, func(rule string) bool { return slices.Contains(ids, rule) })
			if len(g.checks) == 0 {
				without = append(without, clean(control))
				continue
			}
			all = append(all, g)
		}
		if len(without) > 0 {
			silent = append(silent, clean(framework)+": "+strings.Join(without, ", "))
		}
	}
	if g := newControlGroup("no control", pools, names, func(rule string) bool { return !controlled[rule] }); len(g.checks) > 0 {
		all = append(all, g)
	}
	return all, silent
}

// newControlGroup takes the checks of the wanted rules from the pools, whose
// names are at the same places.
func newControlGroup(title string, pools []*group, names []string, wanted func(rule string) bool) controlGroup {
	g := controlGroup{title: title, group: &group{labels: map[finding.Target]string{}, poolIDs: map[finding.Target]int{}}}
	for i, pool := range pools {
		part := &group{pool: pool.pool, labels: pool.labels}
		for _, c := range pool.checks {
			if !wanted(c.Rule) {
				continue
			}
			part.checks = append(part.checks, c)
			label := names[i]
			if target := pool.labels[c.Target]; target != "" {
				label += separator + target
			} else {
				c.Violations = ofPool(c.Violations)
			}
			// Targets of two pools may be the same; with the pool they are not.
			c.Target.Name = label
			g.labels[c.Target] = label
			if id := clean(pool.pool.ID); strings.Contains(names[i], id) {
				g.poolIDs[c.Target] = width(id) + len("() ")
			}
			g.checks = append(g.checks, c)
		}
		if len(part.checks) > 0 {
			g.pools = append(g.pools, part)
		}
	}
	// The most severe first, as within a pool.
	slices.SortStableFunc(g.checks, func(a, b finding.Check) int {
		if a.Severity != b.Severity {
			return int(b.Severity) - int(a.Severity)
		}
		return strings.Compare(a.Rule, b.Rule)
	})
	return g
}

// ofPool keeps [setting] from taking the element of a list, which the label
// does not name, for the target.
func ofPool(violations []finding.Violation) []finding.Violation {
	violations = slices.Clone(violations)
	for i, v := range violations {
		if v.Path != "" && !strings.HasPrefix(v.Path, "/UserPool/") {
			violations[i].Path = "/UserPool" + v.Path
		}
	}
	return violations
}

// poolNames names pools by what people call them; what others are called, too,
// is followed by what tells them apart.
func poolNames(pools []*group) []string {
	name := func(p finding.Pool) string {
		if p.Name == "" {
			return clean(p.ID)
		}
		return shorten(clean(p.Name), maxName)
	}
	bearers, sources := map[string]int{}, map[string]int{}
	for _, g := range pools {
		text, id := name(g.pool), clean(g.pool.ID)
		bearers[text]++
		sources[id]++
		if text != id {
			bearers[id]++
		}
	}
	var names []string
	for _, g := range pools {
		text, id := name(g.pool), clean(g.pool.ID)
		if bearers[text] > 1 && text != id {
			text += " (" + id + ")"
		}
		if sources[id] > 1 {
			text += " (" + clean(g.pool.Source) + ")"
		}
		names = append(names, text)
	}
	return names
}
