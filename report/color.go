package report

import "github.com/cognilint/cognilint/finding"

// palette paints words with ANSI colours, or leaves them alone when it is
// false. No other file knows escape sequences.
type palette bool

const (
	bold    = "1"
	boldRed = "1;31"
	red     = "31"
	green   = "32"
	yellow  = "33"
	magenta = "35"
	cyan    = "36"
)

func (p palette) paint(code, s string) string {
	if !p || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p palette) heading(s string) string { return p.paint(bold, s) }

// severity paints s, which names or counts the severity.
func (p palette) severity(severity finding.Severity, s string) string {
	switch severity {
	case finding.Critical:
		return p.paint(boldRed, s)
	case finding.High:
		return p.paint(red, s)
	case finding.Medium:
		return p.paint(yellow, s)
	case finding.Low:
		return p.paint(cyan, s)
	default:
		return s
	}
}

// status paints s, which names or counts the status.
func (p palette) status(status finding.Status, s string) string {
	switch status {
	case finding.Fail, finding.Error:
		return p.paint(boldRed, s)
	case finding.NotEvaluated:
		return p.paint(yellow, s)
	case finding.Waived:
		return p.paint(magenta, s)
	case finding.Pass:
		return p.paint(green, s)
	default:
		return s
	}
}
