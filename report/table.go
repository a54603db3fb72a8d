package report

import (
	"bufio"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// printer writes the report for people at a terminal.
type printer struct {
	*bufio.Writer
	palette
	width int
}

// writeTable writes per pool, or per control, a table of the failures and, below
// it, what was accepted or has no verdict; then a summary.
func writeTable(w *bufio.Writer, r *finding.Report, opts Options) error {
	p := printer{w, palette(opts.Color), opts.Width}
	if !opts.Quiet {
		var err error
		if opts.GroupBy == byControl {
			err = p.controls(r, opts.Verbose)
		} else {
			err = p.pools(r, opts.Verbose)
		}
		if err != nil {
			return err
		}
	}
	p.summary(r)
	return nil
}

func (p printer) pools(r *finding.Report, verbose bool) error {
	all := groups(r)
	tables := make([][]row, len(all))
	for i, g := range all {
		tables[i] = failures(g)
	}
	columns := newLayout(tables, p.width)

	var quiet []*group
	for i, g := range all {
		fixes := fixesOf(r, g.pool)
		if len(g.checks) == 0 && len(fixes) == 0 {
			quiet = append(quiet, g)
			continue
		}
		p.identify("", g.pool, p.heading)
		p.WriteByte('\n')
		if len(tables[i]) > 0 {
			if err := columns.write(p.Writer, tables[i], p.palette); err != nil {
				return err
			}
			p.WriteByte('\n')
		}
		if verbose {
			p.details(g)
		}
		p.blocks(g)
		p.repairs(fixes)
	}
	if len(quiet) > 0 {
		p.WriteString(p.heading("No findings to show") + "\n")
		for _, g := range quiet {
			p.identify(gap, g.pool, func(s string) string { return s })
		}
		p.WriteByte('\n')
	}
	return nil
}

const separator = " · "

// identify writes what is known of a pool. It breaks between parts only: an
// id in them can be copied.
func (p printer) identify(indent string, pool finding.Pool, paint func(string) string) {
	p.WriteString(indent)
	used := width(indent)
	for i, part := range identity(pool) {
		switch {
		case i == 0:
		case p.width > 0 && used+width(separator)+width(part) > p.width:
			p.WriteString("\n" + indent + gap)
			used = width(indent + gap)
		default:
			p.WriteString(separator)
			used += width(separator)
		}
		p.WriteString(paint(part))
		used += width(part)
	}
	p.WriteByte('\n')
}

// details tells each failure in words, with place and source lines.
func (p printer) details(g *group) {
	for _, c := range g.with(finding.Fail) {
		for _, v := range c.Violations {
			p.WriteString(where(g.pool, v.Position) + ": " + p.severity(c.Severity, c.Severity.String()) + " " + clean(c.Rule) + "\n")
			p.fill("  ", "  ", clean(v.Message))
			if v.Position != nil && v.Position.Frame != "" {
				for line := range strings.SplitSeq(strings.TrimRight(v.Position.Frame, "\n"), "\n") {
					p.WriteString("  " + strings.TrimRight(clean(line), " ") + "\n")
				}
			}
			p.WriteByte('\n')
		}
	}
}

// fill writes text after first, with further lines below indent. It breaks at
// spaces only: an id in text can be copied.
func (p printer) fill(first, indent, text string) {
	p.WriteString(first)
	used := width(first)
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
		case p.width > 0 && used+1+width(word) > p.width:
			p.WriteString("\n" + indent)
			used = width(indent)
		default:
			p.WriteByte(' ')
			used++
		}
		p.WriteString(word)
		used += width(word)
	}
	p.WriteByte('\n')
}
