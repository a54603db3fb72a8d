package report

import (
	"bufio"
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/tw"

	"github.com/cognilint/cognilint/finding"
)

// row is one violation, ready to print.
type row struct {
	severity      finding.Severity
	rule, fix, at string
	// marker is what a comparison says of the failure.
	marker                    string
	setting, actual, expected string
	// idWidth is what setting needs so that the ids in it stay whole.
	idWidth int
}

func failures(g *group) []row {
	var rows []row
	for _, c := range g.with(finding.Fail) {
		label, idWidth := g.labels[c.Target], g.poolIDs[c.Target]
		if id := targetID(c.Target); c.Target.Kind == finding.TargetClient && strings.Contains(label, id) {
			idWidth = max(idWidth, width(id)+len("():"))
		}
		for _, v := range c.Violations {
			rows = append(rows, row{
				severity: c.Severity,
				rule:     clean(c.Rule),
				fix:      clean(string(c.Fix)),
				at:       position(v.Position, g.pool.Source),
				marker:   marker(c),
				setting:  setting(v.Path, label),
				actual:   value(v.Actual),
				expected: value(v.Expected),
				idWidth:  idWidth,
			})
		}
	}
	return rows
}

// position leaves out the file that the heading names.
func position(p *finding.Position, source string) string {
	switch {
	case p == nil:
		return ""
	case p.File == source:
		return fmt.Sprintf("%d:%d", p.Line, p.Column)
	default:
		return fmt.Sprintf("%s:%d:%d", clean(path.Base(p.File)), p.Line, p.Column)
	}
}

const (
	gap = "  "
	// atWidth is the width from which a table has room for places.
	atWidth = 140
	// roomy is the room below which setting, actual and expected, unless they
	// are short, would be mostly wrapped text side by side.
	roomy = 46
	// maxLines is how many lines an actual value may take in its cell.
	maxLines = 6
)

// layout is how the columns are arranged, once for all pools of a report, so
// that their tables line up. The numbers are widths; setting, actual and
// expected wrap at theirs.
type layout struct {
	// stacked puts the fix below the severity and the setting below the rule.
	stacked bool
	// at is 0 when there is no column of places.
	severity, rule, setting, actual, expected, fix, at int
}

// newLayout puts the columns side by side where limit leaves enough room for
// those that wrap, else it stacks them.
func newLayout(tables [][]row, limit int) layout {
	l := layout{severity: len("severity"), rule: len("rule"), fix: len("fix")}
	setting := column{least: 22, natural: len("setting")}
	actual := column{least: 10, natural: len("actual")}
	expected := column{least: 14, natural: len("expected")}
	for _, rows := range tables {
		for _, r := range rows {
			l.rule = max(l.rule, width(r.rule))
			l.fix = max(l.fix, width(r.fix))
			l.at = max(l.at, width(r.at))
			setting.least = max(setting.least, r.idWidth)
			setting.natural = max(setting.natural, width(r.setting))
			actual.natural = max(actual.natural, width(r.actual))
			expected.natural = max(expected.natural, width(r.expected))
		}
	}
	if limit == 0 {
		l.setting, l.actual, l.expected = setting.natural, actual.natural, expected.natural
		return l
	}
	if limit < atWidth {
		l.at = 0
	}
	if l.at > 0 {
		limit -= l.at + len(gap)
	}
	room := limit - l.severity - l.rule - l.fix - 5*len(gap)
	columns := []column{setting, actual, expected}
	natural := setting.natural + actual.natural + expected.natural
	if l.stacked = room < max(min(roomy, natural), setting.least+actual.least+expected.least); l.stacked {
		room = limit - max(l.severity, l.fix) - 4*len(gap)
		// The setting takes the room below the rule, whatever it needs.
		columns[0].least = max(setting.least, l.rule-len(gap))
	}
	widths := share(room, columns)
	l.setting, l.actual, l.expected = widths[0], widths[1], widths[2]
	return l
}

// column is one whose text wraps where it is wider than its share, which is
// at least least.
type column struct{ least, natural int }

// share gives the columns a common limit that makes the best of room, and
// less to those that need less. The least widths are given in any case.
func share(room int, columns []column) []int {
	widths := make([]int, len(columns))
	for limit := 0; limit <= max(0, room); limit++ {
		sum, next := 0, make([]int, len(columns))
		for i, c := range columns {
			next[i] = max(c.least, min(c.natural, limit))
			sum += next[i]
		}
		if sum > room && limit > 0 {
			break
		}
		widths = next
	}
	return widths
}

// write renders rows with all cells already wrapped: the table's own wrapping
// would break ids.
func (l layout) write(w *bufio.Writer, rows []row, p palette) error {
	header := l.header()
	padding := slices.Repeat([]tw.Padding{{Right: gap, Overwrite: true}}, len(header))
	padding[len(header)-1].Right = ""

	var b bytes.Buffer
	table := tablewriter.NewTable(&b,
		tablewriter.WithRendition(tw.Rendition{
			Borders: tw.BorderNone,
			Symbols: tw.NewSymbols(tw.StyleLight),
			Settings: tw.Settings{
				Separators: tw.Separators{ShowHeader: tw.Off, BetweenColumns: tw.Off, BetweenRows: tw.Off},
				Lines:      tw.Lines{ShowHeaderLine: tw.On},
			},
		}),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithHeaderAutoWrap(tw.WrapNone),
		tablewriter.WithHeaderAlignment(tw.AlignLeft),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithRowAlignment(tw.AlignLeft),
		tablewriter.WithTrimSpace(tw.Off),
		tablewriter.WithHeaderPaddingPerColumn(padding),
		tablewriter.WithRowPaddingPerColumn(padding),
	)
	table.Header(header)
	for _, r := range rows {
		if err := table.Append(l.cells(r, p)); err != nil {
			return err
		}
	}
	if err := table.Render(); err != nil {
		return err
	}
	for line := range strings.Lines(b.String()) {
		w.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	return nil
}

func (l layout) header() []string {
	// Padded to the widths that all pools share.
	pad := func(s string, columns int) string { return s + strings.Repeat(" ", max(0, columns-len(s))) }
	actual, expected := pad("actual", l.actual), pad("expected", l.expected)
	var cells []string
	if l.stacked {
		severity := pad("severity", max(l.severity, l.fix)) + "\nfix"
		rule := pad("rule", max(l.rule, len(gap)+l.setting)) + "\n" + gap + "setting"
		cells = []string{severity, rule, actual, expected}
	} else {
		cells = []string{pad("severity", l.severity), pad("rule", l.rule), pad("setting", l.setting), actual, expected, pad("fix", l.fix)}
	}
	if l.at > 0 {
		cells = append(cells, pad("at", l.at))
	}
	return cells
}

func (l layout) cells(r row, p palette) []string {
	severity := p.severity(r.severity, r.severity.String())
	setting := wrap(r.setting, l.setting)
	lines := wrap(r.actual, l.actual)
	if len(lines) > maxLines {
		lines = lines[:maxLines]
		lines[maxLines-1] = strings.TrimSuffix(shorten(lines[maxLines-1], l.actual-1), ellipsis) + ellipsis
	}
	actual, expected := strings.Join(lines, "\n"), strings.Join(wrap(r.expected, l.expected), "\n")
	var cells []string
	if r.marker != "" {
		severity += "\n" + p.status(finding.Fail, r.marker)
	}
	if l.stacked {
		cells = []string{severity + "\n" + r.fix, r.rule + "\n" + gap + strings.Join(setting, "\n"+gap), actual, expected}
	} else {
		cells = []string{severity, r.rule, strings.Join(setting, "\n"), actual, expected, r.fix}
	}
	if l.at > 0 {
		cells = append(cells, r.at)
	}
	return cells
}
