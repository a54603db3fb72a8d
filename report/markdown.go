package report

import (
	"bufio"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

const (
	// maxMarkdown is the size of a Markdown report in bytes. GitHub refuses
	// comments of more than 65,536 characters; the rest is for whoever adds
	// something.
	maxMarkdown = 60_000
	// closing is room that stays for the last lines.
	closing = 1_000
	// maxTop is how many failures stand outside of folded parts, and topShare and
	// partShare the bytes that failures and each other part may take at first, so
	// that none crowds out the others.
	maxTop    = 25
	topShare  = 24_000
	partShare = 6_000
)

// markdownReport is a report that is cut to a size: rows that do not fit are
// counted instead.
type markdownReport struct {
	strings.Builder
	*finding.Report
	groups []*group
	names  []string
	left   []string
}

// part is a table, or a list, of which the last rows may be left out.
type part struct {
	head, foot string
	// what names the rows for the note about those that were left out.
	what string
	// shown is how many rows stand elsewhere.
	shown, rows int
	row         func(i int) string
	share       int
}

// table is the head of a table.
func table(columns ...string) string {
	return tableRow(columns...) + "|" + strings.Repeat("---|", len(columns)) + "\n"
}

// add writes the rows that fit and returns how many those are.
func (m *markdownReport) add(p part) int {
	limit := min(m.Len()+p.share, maxMarkdown-closing) - len(p.head) - len(p.foot)
	var rows strings.Builder
	n := 0
	for ; n < p.rows; n++ {
		row := p.row(n)
		if m.Len()+rows.Len()+len(row) > limit {
			break
		}
		rows.WriteString(row)
	}
	if n > 0 {
		m.WriteString(p.head + rows.String() + p.foot)
	}
	return n
}

// fold adds a part that a reader opens, and remembers what it left out.
func (m *markdownReport) fold(title string, p part) {
	p.head, p.foot = "<details>\n<summary>"+title+"</summary>\n\n"+p.head, "\n</details>\n\n"
	if n := m.add(p); n < p.rows {
		m.left = append(m.left, fmt.Sprintf("%d of %d %s", p.rows-n, p.shown+p.rows, p.what))
	}
}

// writeMarkdown writes a comment for a pull request: the verdict, what changed,
// the worst failures; the rest is folded.
func writeMarkdown(w *bufio.Writer, r *finding.Report, _ Options) error {
	m := &markdownReport{Report: r, groups: groups(r)}
	m.names = poolNames(m.groups)
	m.verdict()
	m.comparison()
	failures := m.failures()
	changed := r.Comparison != nil
	columns := []string{"Severity", "Finding", "Where", "Fix"}
	if changed {
		columns = append(columns, "Change")
	}
	shown := m.add(part{
		head: table(columns...), foot: "\n", rows: min(len(failures), maxTop), share: topShare,
		row: func(i int) string { return m.failure(failures[i], changed) },
	})
	m.resolved()
	m.problems()
	m.repairs()
	m.noVerdict()
	m.waived()
	m.advice(failures[:shown])
	// What room is left belongs to the other failures.
	rest := failures[shown:]
	m.fold(count(len(rest), "more failure"), part{
		head: table(columns...), what: "failures", shown: shown, rows: len(rest), share: maxMarkdown,
		row: func(i int) string { return m.failure(rest[i], changed) },
	})

	if len(m.left) > 0 {
		fmt.Fprintf(m, "**Left out**, because a comment has a limit: %s. The formats json and html hold everything.\n\n", strings.Join(m.left, ", "))
	}
	fmt.Fprintf(m, "%s %s, baseline %s, %s\n", prose(r.Tool.Name), prose(r.Tool.Version), span(r.Baseline), r.FinishedAt.UTC().Format("2006-01-02 15:04 MST"))
	_, err := w.WriteString(m.String())
	return err
}

// verdict writes the heading and the counts.
func (m *markdownReport) verdict() {
	m.WriteString("## cognilint: " + printer{}.verdict(m.Report) + "\n\n")
	if m.Summary.Pools == 0 {
		return
	}
	m.WriteString("| Pools | Critical | High | Medium | Low | Info | Errors | Not evaluated | Waived | Passed |\n|" + strings.Repeat("---:|", 10) + "\n|")
	fmt.Fprintf(m, " %d |", m.Summary.Pools)
	for _, severity := range finding.Severities() {
		fmt.Fprintf(m, " %d |", m.Summary.FailedBySeverity[severity])
	}
	c := m.Summary.Checks
	fmt.Fprintf(m, " %d | %d | %d | %d |\n\n", c.Error, c.NotEvaluated, c.Waived, c.Pass)
}

// comparison tells what changed since the earlier report.
func (m *markdownReport) comparison() {
	c := m.Comparison
	if c == nil {
		return
	}
	var counts []string
	for _, change := range finding.Changes() {
		if n := c.Counts[change]; n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, changeText(change)))
		}
	}
	if len(c.PoolsGone) > 0 {
		counts = append(counts, count(len(c.PoolsGone), "pool")+" gone")
	}
	text := "no change"
	if len(counts) > 0 {
		text = strings.Join(counts, ", ")
	}
	fmt.Fprintf(m, "Since %s, the report %s: **%s**.", c.StartedAt.UTC().Format("2006-01-02 15:04 MST"), span(c.Against), text)
	if c.OnlyNew {
		m.WriteString(" Only new and worse failures count.")
	}
	m.WriteString("\n\n")
}

func changeText(change finding.Change) string {
	return strings.ReplaceAll(string(change), "_", " ")
}

// failed is one violation of a failed check.
type failed struct {
	group, check, violation int
}

func (m *markdownReport) at(f failed) (*group, finding.Check, finding.Violation) {
	g := m.groups[f.group]
	c := g.checks[f.check]
	return g, c, c.Violations[f.violation]
}

// failures lists all violations of failed checks: the most severe first, and of
// these what changed, or the other way round where only changes count.
func (m *markdownReport) failures() []failed {
	var all []failed
	for i, g := range m.groups {
		for j, c := range g.checks {
			if c.Status == finding.Fail {
				for k := range c.Violations {
					all = append(all, failed{i, j, k})
				}
			}
		}
	}
	rank := func(c finding.Check) int {
		if i := slices.Index(finding.Changes(), c.Change); i >= 0 {
			return i
		}
		return len(finding.Changes())
	}
	slices.SortStableFunc(all, func(a, b failed) int {
		_, ca, _ := m.at(a)
		_, cb, _ := m.at(b)
		severity, change := cmp.Compare(cb.Severity, ca.Severity), cmp.Compare(rank(ca), rank(cb))
		if m.Comparison != nil && m.Comparison.OnlyNew {
			return cmp.Or(change, severity)
		}
		return cmp.Or(severity, change)
	})
	return all
}

// failure is the row of one violation.
func (m *markdownReport) failure(f failed, changed bool) string {
	g, c, v := m.at(f)
	text := span(c.Rule) + " " + prose(v.Message) + "; " + span(setting(v.Path, g.labels[c.Target])) + " is " + span(value(v.Actual)) + ", expected " + span(value(v.Expected))
	if c.Note != "" {
		text += " (" + prose(c.Note) + ")"
	}
	cells := []string{c.Severity.String(), text, m.where(f.group, v.Position), prose(string(c.Fix))}
	if changed {
		cells = append(cells, prose(changeText(c.Change)))
	}
	return tableRow(cells...)
}

// where names the pool and, if a file holds it, the place in the file.
func (m *markdownReport) where(i int, at *finding.Position) string {
	name, place := m.names[i], where(m.groups[i].pool, at)
	if name == place {
		return span(name)
	}
	return span(name) + " " + span(place)
}
