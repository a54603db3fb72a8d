package report

import (
	"strconv"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// summary counts, lists the reads that failed, and closes with the verdict.
func (p printer) summary(r *finding.Report) {
	s, c := r.Summary, r.Summary.Checks
	if s.Pools > 0 {
		p.line("pools", strconv.Itoa(s.Pools))
		var counts []string
		for _, n := range []struct {
			status finding.Status
			count  int
			word   string
		}{
			{finding.Fail, c.Fail, "failed"},
			{finding.Error, c.Error, "in error"},
			{finding.Waived, c.Waived, "waived"},
			{finding.NotEvaluated, c.NotEvaluated, "not evaluated"},
			{finding.NotApplicable, c.NotApplicable, "not applicable"},
			{finding.Pass, c.Pass, "passed"},
		} {
			if n.count > 0 {
				text := p.status(n.status, strconv.Itoa(n.count)+" "+n.word)
				if unread := s.Incomplete - c.Error; n.status == finding.NotEvaluated && unread > 0 {
					text += " (" + strconv.Itoa(unread) + " could not be read)"
				}
				counts = append(counts, text)
			}
		}
		p.line("checks", counts...)
		var failures []string
		for _, severity := range finding.Severities() {
			if n := s.FailedBySeverity[severity]; n > 0 {
				failures = append(failures, p.severity(severity, strconv.Itoa(n)+" "+severity.String()))
			}
		}
		p.line("failures", failures...)
	}
	p.comparison(r)
	if len(r.Fixes) > 0 {
		p.line("repairs", fixCounts(r.Fixes))
	}
	label := "problems"
	for _, problem := range r.Problems {
		text := clean(problem.Operation)
		if at := place(problem.Account, problem.Region, problem.Pool); at != "" {
			text += ", " + at
		}
		p.fill(p.label(label), strings.Repeat(" ", labelWidth), text+": "+clean(problem.Error))
		label = ""
	}
	p.fill("", gap, p.verdict(r))
}

// maxResolved is how many resolved checks the summary names.
const maxResolved = 20

// comparison tells what is different from the earlier report.
func (p printer) comparison(r *finding.Report) {
	c := r.Comparison
	if c == nil {
		return
	}
	text := differences(c) + "; compared with " + against(c)
	if c.OnlyNew {
		text += "; only new and worse failures count for the exit code"
	}
	p.line("changes", text)
	pools, _ := poolsByKey(r)
	label := "resolved"
	item := func(text string) {
		p.fill(p.label(label), strings.Repeat(" ", labelWidth), text)
		label = ""
	}
	for i, check := range c.Resolved {
		if i == maxResolved {
			item("and " + strconv.Itoa(len(c.Resolved)-i) + " more")
			break
		}
		text := clean(check.Rule)
		if check.Target.Kind != finding.TargetPool {
			text += ", " + targetTitle(check.Target)
		}
		item(text + ", " + poolTitle(poolOf(pools, check)))
	}
	label = "gone"
	for i, pool := range gone(c) {
		if i == maxResolved {
			item("and " + strconv.Itoa(len(c.PoolsGone)-i) + " more")
			break
		}
		item(pool + ": only the earlier report has this pool")
	}
}

// labelWidth is the column in which the texts of the summary start.
const labelWidth = len("problems") + len(gap)

func (p printer) label(s string) string {
	return p.heading(s) + strings.Repeat(" ", labelWidth-len(s))
}

func (p printer) line(label string, parts ...string) {
	if len(parts) > 0 {
		p.fill(p.label(label), strings.Repeat(" ", labelWidth), strings.Join(parts, ", "))
	}
}

// verdict says in one line what may be concluded. It never calls passed what
// nobody looked at.
func (p printer) verdict(r *finding.Report) string {
	c := r.Summary.Checks
	total := c.Pass + c.Fail + c.NotEvaluated + c.NotApplicable + c.Waived + c.Error
	var gaps []string
	gap := func(n int, noun, what string) {
		if n > 0 {
			gaps = append(gaps, count(n, noun)+" "+what)
		}
	}
	if c.NotEvaluated == 1 {
		gap(1, "check", "was not evaluated")
	} else {
		gap(c.NotEvaluated, "check", "were not evaluated")
	}
	gap(c.Error, "check", "ended in an error")
	gap(len(r.Problems), "read", "failed")
	open := strings.Join(gaps, ", ")

	switch {
	case r.Summary.Pools == 0 && open == "":
		return p.status(finding.NotEvaluated, "nothing to scan") + ": there is no user pool"
	case r.Summary.Pools == 0:
		return p.status(finding.NotEvaluated, "nothing was scanned") + ": " + open
	case c.Fail > 0:
		verdict := p.status(finding.Fail, strconv.Itoa(c.Fail)+" of "+count(total, "check")+" failed")
		if open != "" {
			verdict += "; " + open
		}
		return verdict
	case open != "":
		return p.status(finding.NotEvaluated, "nothing failed") + ", but " + open
	case c.Pass+c.Waived == 0:
		return p.status(finding.NotEvaluated, "nothing was checked") + ": no rule applies"
	case c.Waived > 0:
		return p.status(finding.Pass, "nothing failed") + ": " + count(c.Pass, "check") + " passed, " + strconv.Itoa(c.Waived) + " waived"
	default:
		return p.status(finding.Pass, "nothing failed") + ": " + count(c.Pass, "check") + " passed"
	}
}
