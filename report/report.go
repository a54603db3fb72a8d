// Package report writes a [finding.Report] in the formats that people and
// pipelines read. It concludes nothing: whatever a format shows is in the
// report already, so a saved report can be rendered later in any of them.
//
// Start with [Write]. Each format has a file of its own and one line in the
// map formats; text.go makes foreign strings fit to print.
package report

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// Options shape the formats made for people; a format that has no use for an
// option ignores it.
type Options struct {
	// Width is the number of columns that a line of the table should fit in:
	// that of the terminal, or 120 for a pipe. 0 is no limit. The table gets
	// wider rather than break an id.
	Width int
	// Color lets the table use ANSI colours.
	Color bool
	// Verbose adds message, place and source lines of each failure to the
	// table.
	Verbose bool
	// Quiet leaves only the summary of the table.
	Quiet bool
	// GroupBy is one of [Groupings]; empty is the first.
	GroupBy string
	// IncludeWaived lets SARIF hold waived findings, too, as suppressed results,
	// and resolved ones as absent: GitHub would show both as open.
	IncludeWaived bool
	// StepSummary is where the GitHub format writes its job summary; nil is
	// nowhere.
	StepSummary io.Writer
}

// formats is the only list of formats there is. A format may ignore errors
// of w: [Write] hands in a buffer that keeps the first one.
var formats = map[string]func(w *bufio.Writer, r *finding.Report, opts Options) error{
	"asff":     writeASFF,
	"compact":  writeCompact,
	"csv":      writeCSV,
	"github":   writeGitHub,
	"gitlab":   writeGitLab,
	"html":     writeHTML,
	"json":     writeJSON,
	"junit":    writeJUnit,
	"markdown": writeMarkdown,
	"ndjson":   writeNDJSON,
	"ocsf":     writeOCSF,
	"sarif":    writeSARIF,
	"table":    writeTable,
}

// Formats lists the names that [Write] knows, sorted.
func Formats() []string {
	return slices.Sorted(maps.Keys(formats))
}

// Write renders r. A format that does not exist is an error, and nothing is
// written.
func Write(w io.Writer, format string, r *finding.Report, opts Options) error {
	write, ok := formats[format]
	if !ok {
		return fmt.Errorf("unknown format %q, expected one of %s", format, strings.Join(Formats(), ", "))
	}
	b := bufio.NewWriter(w)
	if err := write(b, r, opts); err != nil {
		return fmt.Errorf("write %s report: %w", format, err)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("write %s report: %w", format, err)
	}
	return nil
}
