package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// maxTargets is how many targets an entry names.
const maxTargets = 6

// blocks writes what the table of failures has no place for.
func (p printer) blocks(g *group) {
	p.notes(g)
	p.reasons(g, finding.Error, "error")
	p.waived(g)
	p.reasons(g, finding.NotEvaluated, "not evaluated")
	p.reasons(g, finding.NotApplicable, "not applicable")
	p.passed(g)
}

// title opens a block; there is none without checks.
func (p printer) title(status finding.Status, title string, checks []finding.Check) bool {
	if len(checks) > 0 {
		p.WriteString(p.status(status, title) + " (" + count(len(checks), "check") + ")\n")
	}
	return len(checks) > 0
}

// notes writes what there is to say about failures of the table.
func (p printer) notes(g *group) {
	checks := slices.DeleteFunc(g.with(finding.Fail), func(c finding.Check) bool { return c.Note == "" })
	if !p.title(finding.Fail, "failed, with a note", checks) {
		return
	}
	for _, c := range checks {
		rules, targets := g.subjects([]finding.Check{c})
		if len(targets) > 0 {
			rules[0] += " (" + targets[0] + ")"
		}
		p.fill("  "+p.severity(c.Severity, c.Severity.String())+" ", "    ", rules[0]+": "+clean(c.Note))
	}
	p.WriteByte('\n')
}

func (p printer) waived(g *group) {
	checks := g.with(finding.Waived)
	if !p.title(finding.Waived, "waived", checks) {
		return
	}
	for _, c := range checks {
		for _, v := range c.Violations {
			p.fill("  "+p.severity(c.Severity, c.Severity.String())+" ", "    ", clean(c.Rule)+" ("+setting(v.Path, g.labels[c.Target])+"): "+clean(v.Message))
		}
		p.fill("    ", "    ", clean(waiver(c.Waiver)))
	}
	p.WriteByte('\n')
}

// reasons writes checks without a verdict. Often one unread section silences
// many rules, so checks with the same reason and hint are one entry.
func (p printer) reasons(g *group, status finding.Status, title string) {
	type cause struct{ reason, hint string }
	checks := g.with(status)
	if !p.title(status, title, checks) {
		return
	}
	var causes []cause
	silenced := map[cause][]finding.Check{}
	for _, c := range checks {
		key := cause{c.Reason, c.Hint}
		if silenced[key] == nil {
			causes = append(causes, key)
		}
		silenced[key] = append(silenced[key], c)
	}
	for _, key := range causes {
		rules, targets := g.subjects(silenced[key])
		subject := rules[0]
		if len(rules) > 1 {
			subject = count(len(rules), "rule")
		}
		if len(targets) > maxTargets {
			targets = append(targets[:maxTargets:maxTargets], "and "+strconv.Itoa(len(targets)-maxTargets)+" more")
		}
		if len(targets) > 0 {
			subject += " (" + strings.Join(targets, ", ") + ")"
		}
		p.fill("  ", "    ", subject+": "+clean(key.reason))
		if key.hint != "" {
			p.fill("    ", "    ", "hint: "+clean(key.hint))
		}
		if len(rules) > 1 {
			p.fill("    ", "    ", strings.Join(rules, ", "))
		}
	}
	p.WriteByte('\n')
}

// subjects lists the rules and the labels of the targets that checks are
// about, each once.
func (g *group) subjects(checks []finding.Check) (rules, targets []string) {
	seen := map[string]bool{}
	for _, c := range checks {
		if rule := clean(c.Rule); !seen["rule "+rule] {
			seen["rule "+rule] = true
			rules = append(rules, rule)
		}
		if label := g.labels[c.Target]; label != "" && !seen["target "+label] {
			seen["target "+label] = true
			targets = append(targets, label)
		}
	}
	return rules, targets
}

func (p printer) passed(g *group) {
	checks := g.with(finding.Pass)
	if !p.title(finding.Pass, "passed", checks) {
		return
	}
	// A rule of targets passes once for each; it is one entry.
	checks = slices.Clone(checks)
	slices.SortStableFunc(checks, func(a, b finding.Check) int { return strings.Compare(a.Rule, b.Rule) })
	for len(checks) > 0 {
		n := slices.IndexFunc(checks, func(c finding.Check) bool { return c.Rule != checks[0].Rule })
		if n < 0 {
			n = len(checks)
		}
		rules, targets := g.subjects(checks[:n])
		if len(targets) > 0 {
			rules[0] += ": " + strings.Join(targets, ", ")
		}
		p.fill("  ", "    ", rules[0])
		checks = checks[n:]
	}
	p.WriteByte('\n')
}
