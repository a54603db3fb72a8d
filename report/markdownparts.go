package report

import (
	"fmt"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// resolved lists what failed before and does not any more, and the pools that
// are not there any more.
func (m *markdownReport) resolved() {
	if m.Comparison == nil {
		return
	}
	pools := poolFinder{pools: m.Pools}
	checks, gone := m.Comparison.Resolved, m.Comparison.PoolsGone
	m.fold(count(len(checks), "check")+" resolved", part{
		what: "resolved checks", rows: len(checks), share: partShare,
		row: func(i int) string {
			c := checks[i]
			text := ""
			if len(c.Violations) > 0 {
				text = " " + prose(c.Violations[0].Message)
			}
			p := pools.find(c.Pool, c.Source)
			return "- " + span(c.Rule) + text + ", " + m.pool(p) + "\n"
		},
	})
	m.fold(count(len(gone), "pool")+" of the earlier report not in this one", part{
		what: "pools that are gone", rows: len(gone), share: partShare,
		row: func(i int) string { return "- " + m.pool(gone[i]) + "\n" },
	})
}

// pool names a pool outside of tables of groups.
func (m *markdownReport) pool(p finding.Pool) string {
	if p.Name == "" || p.Name == p.ID {
		return span(p.ID)
	}
	return span(p.Name) + " " + span(p.ID)
}

func (m *markdownReport) problems() {
	m.fold(count(len(m.Problems), "read")+" failed", part{
		what: "failed reads", rows: len(m.Problems), share: partShare,
		row: func(i int) string {
			p := m.Problems[i]
			text := "- " + span(p.Operation)
			if at := place(p.Account, p.Region, p.Pool); at != "" {
				text += ", " + span(at)
			}
			return text + ": " + prose(p.Error) + "\n"
		},
	})
}

// repairs tells what became of repairs, and each change that was planned or made.
func (m *markdownReport) repairs() {
	pools := poolFinder{pools: m.Pools}
	m.fold("Repair of "+count(len(m.Fixes), "pool"), part{
		head: table("Pool", "State", "Risk", "Remarks"), what: "repairs", rows: len(m.Fixes), share: partShare,
		row: func(i int) string {
			f := m.Fixes[i]
			var texts []string
			for _, text := range append(append([]string{f.Message}, f.Refusals...), f.Notes...) {
				if text != "" {
					texts = append(texts, prose(text))
				}
			}
			for _, d := range f.Unexpected {
				texts = append(texts, span(d.Path)+" is "+span(value(d.Actual))+", expected "+span(value(d.Expected)))
			}
			if f.Owner != "" {
				texts = append(texts, "owned by "+prose(f.Owner))
			}
			if n := len(f.Unfixed); n > 0 {
				texts = append(texts, count(n, "failure")+" left as it is")
			}
			return tableRow(m.pool(pools.find(f.Pool, f.Source)), prose(string(f.State)), prose(string(f.Risk)), strings.Join(texts, "; "))
		},
	})

	type change struct {
		fix, call, change int
	}
	var changes []change
	for i, f := range m.Fixes {
		for j, call := range f.Calls {
			for k := range call.Changes {
				changes = append(changes, change{i, j, k})
			}
		}
	}
	m.fold(count(len(changes), "change")+" by repairs", part{
		head: table("Pool", "Call", "Setting", "Old", "New", "Risk"), what: "changes of repairs", rows: len(changes), share: partShare,
		row: func(i int) string {
			f := m.Fixes[changes[i].fix]
			call := f.Calls[changes[i].call]
			c := call.Changes[changes[i].change]
			risk := prose(string(c.Risk))
			if c.Irreversible {
				risk += ", cannot be undone"
			}
			return tableRow(span(f.Pool), span(call.Operation), span(setting(c.Path, "")), span(value(c.Old)), span(value(c.New)), risk)
		},
	})
}

// noVerdict lists why checks have none. One unread section silences many rules,
// so those with the same reason are one entry.
func (m *markdownReport) noVerdict() {
	type cause struct {
		status       finding.Status
		reason, hint string
	}
	type silent struct {
		checks int
		rules  []string
		seen   map[string]bool
	}
	var causes []cause
	all := map[cause]*silent{}
	for _, status := range []finding.Status{finding.Error, finding.NotEvaluated} {
		for _, c := range m.Checks {
			if c.Status != status {
				continue
			}
			key := cause{status, c.Reason, c.Hint}
			s := all[key]
			if s == nil {
				s = &silent{seen: map[string]bool{}}
				all[key] = s
				causes = append(causes, key)
			}
			s.checks++
			if !s.seen[c.Rule] {
				s.seen[c.Rule] = true
				s.rules = append(s.rules, c.Rule)
			}
		}
	}
	m.fold(count(m.Summary.Checks.NotEvaluated+m.Summary.Checks.Error, "check")+" without a verdict", part{
		what: "reasons for checks without a verdict", rows: len(causes), share: partShare,
		row: func(i int) string {
			key := causes[i]
			s := all[key]
			word := "not evaluated"
			if key.status == finding.Error {
				word = "error"
			}
			text := fmt.Sprintf("- %s, %s: %s", word, count(s.checks, "check"), prose(key.reason))
			if key.hint != "" {
				text += "; hint: " + prose(key.hint)
			}
			var rules []string
			for _, rule := range s.rules[:min(len(s.rules), maxTargets)] {
				rules = append(rules, span(rule))
			}
			if n := len(s.rules) - len(rules); n > 0 {
				rules = append(rules, fmt.Sprintf("and %d more", n))
			}
			return text + " (" + strings.Join(rules, ", ") + ")\n"
		},
	})
}

func (m *markdownReport) waived() {
	var all []failed
	for i, g := range m.groups {
		for j, c := range g.checks {
			if c.Status == finding.Waived {
				for k := range c.Violations {
					all = append(all, failed{i, j, k})
				}
			}
		}
	}
	m.fold(count(len(all), "waived finding"), part{
		head: table("Severity", "Finding", "Where", "Until", "By", "Reason"), what: "waived findings", rows: len(all), share: partShare,
		row: func(i int) string {
			_, c, v := m.at(all[i])
			reason := prose(c.Waiver.Reason)
			if c.Waiver.Ticket != "" {
				reason += ", " + prose(c.Waiver.Ticket)
			}
			return tableRow(c.Severity.String(), span(c.Rule)+" "+prose(v.Message), m.where(all[i].group, v.Position), prose(c.Waiver.Expires), prose(c.Waiver.Owner), reason)
		},
	})
}

// advice tells how to repair what the failures that are shown break, once for
// each rule.
func (m *markdownReport) advice(shown []failed) {
	rules := rulesByID(m.Report)
	var broken []finding.Rule
	seen := map[string]bool{}
	for _, f := range shown {
		_, c, _ := m.at(f)
		if rule, ok := rules[c.Rule]; ok && !seen[c.Rule] {
			seen[c.Rule] = true
			broken = append(broken, rule)
		}
	}
	m.fold("How to fix what the table lists", part{
		what: "rules with advice", rows: len(broken), share: partShare,
		row: func(i int) string {
			rule := broken[i]
			return "- " + span(rule.ID) + " " + prose(rule.Title) + ". " + prose(rule.Remediation) + "\n"
		},
	})
}
