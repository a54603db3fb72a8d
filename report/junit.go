package report

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// maxJUnitCases is how many cases a file holds: servers keep every case of every
// run, and a page with more is not read.
const maxJUnitCases = 500

type junitSuites struct {
	XMLName xml.Name `xml:"testsuites"`
	junitCounts
	Suites []*junitSuite `xml:"testsuite"`
}

type junitCounts struct {
	Name     string `xml:"name,attr"`
	Tests    int    `xml:"tests,attr"`
	Failures int    `xml:"failures,attr"`
	Errors   int    `xml:"errors,attr"`
	Skipped  int    `xml:"skipped,attr"`
	Time     string `xml:"time,attr"`
}

type junitSuite struct {
	junitCounts
	Timestamp  string          `xml:"timestamp,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	ClassName string        `xml:"classname,attr"`
	Name      string        `xml:"name,attr"`
	Time      string        `xml:"time,attr"`
	File      string        `xml:"file,attr,omitempty"`
	Line      int           `xml:"line,attr,omitempty"`
	Skipped   *junitOutcome `xml:"skipped"`
	Error     *junitOutcome `xml:"error"`
	Failure   *junitOutcome `xml:"failure"`
	SystemOut string        `xml:"system-out,omitempty"`

	// rank is lower for what is kept first.
	rank int
}

type junitOutcome struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// The ranks of cases; failures have those below, by severity.
const (
	junitError = iota + 10
	junitUnknown
	junitResolved
	junitWaived
	junitPass
	junitNotApplicable
)

// writeJUnit writes a suite for each pool with a case for each check, and a suite
// of the scan itself. Servers tell cases apart by class name and name, so these
// hold the pool, the rule and the target, and nothing that changes from run to
// run.
func writeJUnit(w *bufio.Writer, r *finding.Report, _ Options) error {
	suites := junitSuitesOf(r)
	if left := limitJUnit(suites); left > 0 {
		suites[0].property("cases_left_out", fmt.Sprintf("%d, the worst ones are kept", left))
	}
	all := junitSuites{junitCounts: junitCounts{Name: "cognilint", Time: junitTime(r)}, Suites: suites}
	for _, suite := range suites {
		suite.count()
		all.Tests += suite.Tests
		all.Failures += suite.Failures
		all.Errors += suite.Errors
		all.Skipped += suite.Skipped
	}
	w.WriteString(xml.Header)
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(all); err != nil {
		return err
	}
	return w.WriteByte('\n')
}

// junitSuitesOf returns the suite of the scan and one for each pool.
func junitSuitesOf(r *finding.Report) []*junitSuite {
	titles := map[string]string{}
	for _, rule := range r.Rules {
		titles[rule.ID] = rule.Title
	}
	suite := func(name string) *junitSuite {
		s := &junitSuite{junitCounts: junitCounts{Name: name, Time: "0"}, Timestamp: r.StartedAt.UTC().Format("2006-01-02T15:04:05")}
		s.property("cognilint.version", r.Tool.Version)
		s.property("baseline", r.Baseline)
		return s
	}
	scan := suite("cognilint")
	times := map[string]int{}
	for _, p := range r.Problems {
		name := clean(p.Operation)
		if at := place(p.Account, p.Region, p.Pool); at != "" {
			name += " " + at
		}
		if times[name]++; times[name] > 1 {
			name += fmt.Sprintf(" (%d)", times[name])
		}
		scan.Cases = append(scan.Cases, junitCase{ClassName: scan.Name, Name: name, Time: "0", rank: junitError, Error: &junitOutcome{Message: clean(p.Error), Type: "problem", Text: problemText(p)}})
	}
	if c := r.Comparison; c != nil {
		scan.property("compared_with", against(c))
		scan.property("changes", differences(c))
		for _, pool := range gone(c) {
			scan.property("pool_gone", pool)
		}
	}
	suites := []*junitSuite{scan}
	at := map[poolKey]*junitSuite{}
	bearers := map[string]int{}
	for _, pool := range r.Pools {
		bearers[pool.ID]++
	}
	for _, g := range groups(r) {
		key := poolKey{id: g.pool.ID}
		name := place(g.pool.Account, g.pool.Region, g.pool.ID)
		if bearers[g.pool.ID] > 1 {
			key.source = g.pool.Source
			name += " " + clean(g.pool.Source)
		}
		s := suite(name)
		s.property("pool.name", g.pool.Name)
		s.property("pool.source", g.pool.Source)
		for _, c := range g.checks {
			s.Cases = append(s.Cases, junitCaseOf(c, g.pool, name, titles[c.Rule]))
		}
		at[key] = s
		suites = append(suites, s)
	}
	for _, c := range silentlyResolved(r) {
		if s := at[poolKey{c.Pool, c.Source}]; s != nil {
			passed := c
			passed.Status, passed.Violations, passed.Change = finding.Pass, nil, finding.ChangeResolved
			resolved := junitCaseOf(passed, finding.Pool{}, s.Name, titles[c.Rule])
			resolved.SystemOut = "resolved: " + resolvedText(c)
			s.Cases = append(s.Cases, resolved)
		}
	}
	return suites
}

func (s *junitSuite) property(name, text string) {
	if text != "" {
		s.Properties = append(s.Properties, junitProperty{name, clean(text)})
	}
}

func junitCaseOf(c finding.Check, pool finding.Pool, class, title string) junitCase {
	out := junitCase{ClassName: class, Name: clean(c.Rule), Time: "0"}
	if c.Target.Kind != finding.TargetPool {
		out.Name += " [" + targetTitle(c.Target) + "]"
	}
	if title != "" {
		out.Name += ": " + clean(title)
	}
	if len(c.Violations) > 0 && inFile(c.Violations[0].Position) {
		out.File, out.Line = clean(slashed(c.Violations[0].Position.File)), c.Violations[0].Position.Line
	}
	if c.Change != "" {
		out.SystemOut = changeWord(c.Change)
	}
	switch c.Status {
	case finding.Fail:
		out.rank = int(finding.Critical - c.Severity)
		out.Failure = junitFailure(c, pool)
	case finding.Waived:
		out.rank = junitWaived
		out.Skipped = &junitOutcome{Message: clean(waiver(c.Waiver))}
	case finding.Error:
		out.rank = junitError
		out.Error = &junitOutcome{Message: clean(c.Reason), Type: c.Status.String(), Text: junitReason(c)}
	case finding.NotEvaluated:
		out.rank = junitUnknown
		out.Error = &junitOutcome{Message: clean(c.Reason), Type: c.Status.String(), Text: junitReason(c)}
	case finding.NotApplicable:
		out.rank = junitNotApplicable
		out.Skipped = &junitOutcome{Message: "not applicable: " + clean(c.Reason)}
	default:
		out.rank = junitPass
	}
	if c.Change == finding.ChangeResolved {
		out.rank = min(out.rank, junitResolved)
	}
	return out
}

// junitFailure has everything in its text: some servers show no message.
func junitFailure(c finding.Check, pool finding.Pool) *junitOutcome {
	all := violatedBy(c, pool)
	var lines []string
	for _, v := range all {
		lines = append(lines, where(pool, v.violation.Position)+": "+v.text(),
			"  setting:  "+setting(v.violation.Path, ""),
			"  actual:   "+wholeValue(v.violation.Actual),
			"  expected: "+wholeValue(v.violation.Expected),
			"  fix:      "+cmp.Or(clean(string(c.Fix)), "-"))
	}
	message := all[0].text()
	if len(all) > 1 {
		message += fmt.Sprintf(" (and %d more)", len(all)-1)
	}
	return &junitOutcome{Message: message, Type: c.Severity.String(), Text: strings.Join(lines, "\n")}
}

func junitReason(c finding.Check) string {
	text := clean(c.Reason)
	if c.Hint != "" {
		text += "\nhint: " + clean(c.Hint)
	}
	return text
}

// limitJUnit drops the least important cases and returns how many.
func limitJUnit(suites []*junitSuite) int {
	var ranks []int
	for _, suite := range suites {
		for _, c := range suite.Cases {
			ranks = append(ranks, c.rank)
		}
	}
	left := len(ranks) - maxJUnitCases
	if left <= 0 {
		return 0
	}
	slices.Sort(ranks)
	// All cases below the last rank that is kept stay, and as many of it as fit.
	last := ranks[maxJUnitCases-1]
	room := maxJUnitCases - slices.Index(ranks, last)
	for _, suite := range suites {
		suite.Cases = slices.DeleteFunc(suite.Cases, func(c junitCase) bool {
			if c.rank == last {
				room--
			}
			return c.rank > last || c.rank == last && room < 0
		})
	}
	return left
}

func (s *junitSuite) count() {
	s.Tests = len(s.Cases)
	for _, c := range s.Cases {
		switch {
		case c.Failure != nil:
			s.Failures++
		case c.Error != nil:
			s.Errors++
		case c.Skipped != nil:
			s.Skipped++
		}
	}
}

// junitTime is how long the scan took, in seconds.
func junitTime(r *finding.Report) string {
	return fmt.Sprintf("%.3f", max(0, r.FinishedAt.Sub(r.StartedAt).Seconds()))
}
