package report

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// writeCompact writes one line per finding, for grep and the error parsers of
// editors: "place: WORD rule pool: message". The word is a severity for a
// failure, else a status; an empty field is "-", so that fields can be counted.
func writeCompact(w *bufio.Writer, r *finding.Report, _ Options) error {
	pools, _ := poolsByKey(r)
	titles := map[string]string{}
	for _, rule := range r.Rules {
		titles[rule.ID] = rule.Title
	}
	line := func(place, word, rule, pool, message string) {
		fmt.Fprintf(w, "%s: %s %s %s: %s\n", place, strings.ToUpper(word), orDash(clean(rule)), orDash(clean(pool)), clean(message))
	}

	// Failures first: a reader who stops early has seen what matters most.
	order := []finding.Status{finding.Fail, finding.Error, finding.NotEvaluated, finding.Waived, finding.NotApplicable, finding.Pass}
	for _, status := range order {
		for _, c := range r.Checks {
			if c.Status != status {
				continue
			}
			pool := poolOf(pools, c)
			switch status {
			case finding.Fail:
				for _, v := range c.Violations {
					line(where(pool, v.Position), c.Severity.String(), c.Rule, c.Pool, v.Message+remark(c.Note)+remark(marker(c)))
				}
			case finding.Waived:
				for _, v := range c.Violations {
					line(where(pool, v.Position), status.String(), c.Rule, c.Pool, v.Message+" ("+waiver(c.Waiver)+")")
				}
			case finding.Pass:
				line(where(pool, nil), status.String(), c.Rule, c.Pool, about(c.Target, titles[c.Rule]))
			default:
				line(where(pool, nil), status.String(), c.Rule, c.Pool, about(c.Target, c.Reason))
			}
		}
	}
	for _, p := range r.Problems {
		line(orDash(place(p.Account, p.Region, p.Pool)), "problem", p.Operation, p.Pool, p.Error)
	}
	if compared := r.Comparison; compared != nil {
		for _, c := range compared.Resolved {
			line(where(poolOf(pools, c), nil), changeWord(finding.ChangeResolved), c.Rule, c.Pool, resolvedText(c))
		}
		for _, pool := range compared.PoolsGone {
			line(where(pool, nil), "gone", "", pool.ID, "the pool "+poolTitle(pool)+" is in the earlier report only")
		}
		line("-", "compared", "", "", "with "+against(compared)+": "+differences(compared))
	}
	return nil
}

// where is a position for editors, else the file, else the pool itself.
func where(p finding.Pool, at *finding.Position) string {
	switch {
	case at != nil:
		return fmt.Sprintf("%s:%d:%d", clean(at.File), at.Line, at.Column)
	case p.Source != "" && p.Source != live:
		return clean(p.Source)
	default:
		return orDash(place(p.Account, p.Region, p.ID))
	}
}

// about puts the target in front of a text that does not name it.
func about(t finding.Target, text string) string {
	name := t.Name
	if name == "" {
		name = t.ID
	}
	if t.Kind == finding.TargetPool || name == "" {
		return text
	}
	return strings.ReplaceAll(string(t.Kind), "_", " ") + " " + name + ": " + text
}

// remark puts a note behind a text.
func remark(note string) string {
	if note == "" {
		return ""
	}
	return " (" + note + ")"
}

// waiver tells until when, by whom and why a finding is accepted.
func waiver(w *finding.Waiver) string {
	s := "waived until " + w.Expires + " by " + w.Owner + ": " + w.Reason
	if w.Ticket != "" {
		s += ", " + w.Ticket
	}
	return s
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
